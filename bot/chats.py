"""The channels as intents see them: one that does not accept us is left alone, all others go on.

Knows which channel is in trouble and whose chat was closed to us; shows nothing itself.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot import codec
from bot.people import People
from dialogs.errors import ChatDenied
from dialogs.events import Unreached
from dialogs.people import Address, Person
from dialogs.ports import Channel, Clock
from dialogs.rows import Arrived, Claimed
from dialogs.shows import Card, Say

log = logging.getLogger(__name__)

PROBE_MS = 60_000
"""How long a channel that does not accept our token is left alone before the next try."""


@dataclass(frozen=True, slots=True)
class _Denial:
    why: str
    until: int


class Chats:
    """The channels of one installation."""

    def __init__(self, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._channels, self._clock = channels, clock
        self._denials: dict[str, _Denial] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._channels

    async def show(self, say: Say, previous: str | None) -> str:
        """See `Channel.show`.

        Raises:
            ChatDenied: the channel does not accept us; while that is known, it is not asked.
        """
        name = say.address.channel
        denial, now = self._denials.get(name), self._clock.now()
        if denial is not None and denial.until > now:
            raise ChatDenied(denial.why, (denial.until - now) / 1000)
        try:
            shown = await self._channels[name].show(say, previous)
        except ChatDenied as denied:
            self._deny(name, str(denied))
            raise ChatDenied(str(denied), PROBE_MS / 1000) from None
        if self._denials.pop(name, None):
            log.info("%s accepts us again", name)
        return shown

    def _deny(self, name: str, why: str) -> None:
        """Say it once, however often it is tried."""
        if name not in self._denials:
            log.error("%s does not accept us; nothing is sent and all is kept: %s", name, why)
        self._denials[name] = _Denial(why, self._clock.now() + PROBE_MS)

    def troubles(self) -> dict[str, str]:
        """What is the matter with each channel; empty for those that work."""
        return {
            name: self._denials[name].why if name in self._denials else channel.trouble
            for name, channel in self._channels.items()
        }


def unreached(people: People, claimed: Claimed, say: Say, now: int) -> Iterator[Arrived]:
    """Tell those whom it was for, as inbox rows; a card of a room goes to each who may decide."""
    for person in _meant(people, say.address, say):
        payload = codec.happened.write(codec.Happened(Unreached(say), None))
        event_id = f"{claimed.key}:{person.id}"
        yield Arrived(f"unreached:{event_id}", person.id, event_id, now, payload)


def _meant(people: People, address: Address, say: Say) -> Sequence[Person]:
    if not address.shared:
        behind = people.behind(address)
        return [behind] if behind else []
    return list(people.directory.managers()) if isinstance(say.show, Card) else []
