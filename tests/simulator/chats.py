"""Chat platforms as a model: messages that stand in chats, edited in place, seen by people.

What is shown can fail before or after it stands there.
"""

from dataclasses import dataclass, replace
from functools import partial

from dialogs.errors import ChatClosed, ChatDenied, ChatRefused, ChatUnavailable
from dialogs.shows import Say
from tests.simulator.replica import CARRIED

CHANNELS = ("slack", "telegram")


@dataclass(slots=True)
class Message:
    """What stands in a chat."""

    ref: str
    say: Say
    buttons: bool = True
    """False once a newer message took its buttons."""
    stood: dict | None = None
    """Where the cases stood when it was made, if it has buttons that move one."""


class Chats:
    """All chats of all channels."""

    def __init__(self, world):
        self._world = world
        self.messages = {}
        self.refusing, self.closed = set(), set()
        """Chats that take no message of ours, and chats that blocked us."""
        self.deaf = set()
        """Chats that did either at any time."""

    def copy(self):
        return {chat: [replace(one) for one in told] for chat, told in self.messages.items()}

    def become(self, copy):
        self.messages = {chat: [replace(one) for one in told] for chat, told in copy.items()}

    def of(self, address):
        """The messages in that chat, oldest first."""
        return self.messages.get((address.channel, address.chat), [])

    def doors(self, replica):
        """The channels as one replica has them."""
        return {name: Door(name, partial(self._show, replica)) for name in CHANNELS}

    def mend(self):
        self.refusing.clear()
        self.closed.clear()

    async def _show(self, replica, say, previous):
        world, claimed = self._world, CARRIED.get()
        await replica.breath(world.dice.uniform(0.01, 0.4))
        self._may_fail(say)
        if world.faults.strikes("killed before something is shown"):
            replica.kill()
            await replica.breath(0)
        ref = self._stands(say, previous, world.watch.stood.get(claimed.key))
        world.watch.shown(replica, claimed)
        world.note("chat", say.address.account, say.slot, say.show.type, claimed.seq)
        if world.faults.strikes("killed between show and settlement"):
            replica.kill()
        if world.faults.strikes("chat shows it, the answer is lost"):
            await replica.breath(world.dice.uniform(1, 60))
            raise ChatUnavailable("the answer was lost")
        await replica.breath(world.dice.uniform(0.01, 0.2))
        return ref

    def _may_fail(self, say):
        strikes, chat = self._world.faults.strikes, (say.address.channel, say.address.chat)
        if strikes("chat refuses for good"):
            self.refusing.add(chat)
        if strikes("chat is closed to us"):
            self.closed.add(chat)
        self.deaf |= self.refusing | self.closed
        if chat in self.closed:
            raise ChatClosed("blocked by the user")
        if chat in self.refusing:
            raise ChatRefused("no message of this kind")
        if strikes("chat does not accept our token"):
            raise ChatDenied("the token was revoked")
        if strikes("chat is unavailable"):
            raise ChatUnavailable("no answer")
        if strikes("chat asks to wait"):
            raise ChatUnavailable("slow down", self._world.dice.uniform(1, 60))

    def _stands(self, say, previous, stood):
        chat = self.messages.setdefault((say.address.channel, say.address.chat), [])
        old = next((one for one in chat if one.ref == previous), None) if previous else None
        if old is not None and say.edit:
            old.say, old.stood = say, stood
            return old.ref
        if old is not None and say.above:
            old.buttons = False
        chat.append(Message(f"m{len(chat)}", say, stood=stood))
        return chat[-1].ref


@dataclass(frozen=True, slots=True)
class Door:
    """See `Channel`, as far as deliveries use it."""

    name: str
    show: object
