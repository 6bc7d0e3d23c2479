"""Where people sit: their chat in Telegram or Slack, read and answered alike.

Only what stands last is read, as people do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from dialogs.people import Address
from tests.standins.slack import SlackStandin
from tests.standins.slack.blocks import placed_elements
from tests.standins.slack.delivery import Delivery
from tests.standins.slack.person import Person as SlackPerson
from tests.standins.slack.seen import seen_message
from tests.standins.slack.workspace import Message as SlackMessage
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram.messages import Message as TelegramMessage
from tests.standins.telegram.people import Person as TelegramPerson

Json = dict[str, Any]
LOOK = 8
"""Messages that somebody still has before their eyes."""


@dataclass(frozen=True, slots=True)
class Key:
    """Something to press, or one entry of a list to pick from."""

    shown: str
    token: str
    picked_in: str = ""
    """The list that it is an entry of, as its field is called."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot's as it now stands."""

    ref: str
    text: str
    keys: tuple[Key, ...]
    place: Any
    """What the platform's person presses on."""


class Seat(Protocol):
    """A person's place at a platform."""

    address: Address

    def reads(self) -> list[Message]:
        """The bot's last messages, the newest last."""
        ...

    async def types(self, text: str) -> None: ...

    async def presses(self, message: Message, key: Key) -> bool:
        """False when the platform said at once that the press reached nobody."""
        ...


class TelegramSeat:
    """See `Seat`."""

    def __init__(self, standin: TelegramStandin, number: int, name: str) -> None:
        self._standin = standin
        self._person: TelegramPerson = standin.person(number, name, started=True)
        self._known: dict[int, Message] = {}
        self.address = Address("telegram", str(number), str(number))

    def reads(self) -> list[Message]:
        chat = self._standin.chats.all[self._person.id].messages
        last = [one for one in islice(reversed(chat.values()), 2 * LOOK) if _is_told(one)]
        return [self._seen(one) for one in reversed(last[:LOOK])]

    def _seen(self, one: TelegramMessage) -> Message:
        known = self._known.get(one.id)
        if known is None or known.place is not one:
            keys = tuple(Key(each.text, each.data) for each in one.buttons if each.data)
            known = Message(str(one.id), one.text, keys, one)
            self._known[one.id] = known
        return known

    async def types(self, text: str) -> None:
        await self._person.says(text)

    async def presses(self, message: Message, key: Key) -> bool:
        try:
            await self._person.presses(key.token, message=message.place)
        except AssertionError:
            return False  # it has just changed
        return True


class SlackSeat:
    """See `Seat`."""

    def __init__(self, standin: SlackStandin, account: str, name: str) -> None:
        self._standin = standin
        self._person: SlackPerson = standin.person(account, name)
        self._dm = self._person.dm
        self._known: dict[tuple[str, int], Message] = {}
        self.address = Address("slack", f"{standin.app.team}:{account}", account)

    def reads(self) -> list[Message]:
        chat = self._standin.workspace.messages[self._dm]
        last = [one for one in islice(reversed(chat.values()), 2 * LOOK) if one.by_app]
        return [self._seen(one) for one in reversed(last[:LOOK])]

    def _seen(self, one: SlackMessage) -> Message:
        at = (one.ts, one.changed)
        if at not in self._known:
            seen = seen_message(one, self._person.id, self._standin.workspace)
            self._known[at] = Message(one.ts, seen.text, tuple(_keys(one.blocks)), seen)
        return self._known[at]

    async def types(self, text: str) -> None:
        await self._person.says(text)

    async def presses(self, message: Message, key: Key) -> bool:
        try:
            taken = await self._press(message, key)
        except (AssertionError, KeyError):
            return False  # it has just changed
        return taken is None or taken.accepted

    async def _press(self, message: Message, key: Key) -> Delivery | None:
        if key.picked_in:
            return await self._person.selects(key.picked_in, key.shown, message=message.place)
        return await self._person.presses(key.shown, message=message.place)


def _keys(blocks: Sequence[Json]) -> Iterator[Key]:
    """Buttons by their value; a list's entries likewise."""
    for _, element in placed_elements(blocks):
        match element["type"]:
            case "button" if element.get("value"):
                yield Key(element["text"]["text"], element["value"])
            case "static_select":
                for one in element["options"]:
                    yield Key(one["text"]["text"], one["value"], element["action_id"])


def _is_told(message: TelegramMessage) -> bool:
    return message.from_bot and not message.deleted
