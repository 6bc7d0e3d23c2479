"""Notes while channels work, and sees to what a channel may have lost while one did not.

Telegram drops a press that nobody fetched within 150 seconds, and either platform drops messages
after a day. Knows open questions and people; what is shown then is the desk's business.
"""

import asyncio
import logging
from collections.abc import Collection, Iterator
from functools import partial

from bot import codec
from bot.chats import Chats
from bot.core import Core
from bot.people import People
from dialogs.books import Books
from dialogs.errors import StoreUnavailable
from dialogs.events import Returned
from dialogs.ports import Clock
from dialogs.returning import KEPT_MS
from dialogs.rows import Arrived, StoredApproval

log = logging.getLogger(__name__)

LOOK_S = 15.0
GAP_MS = 120_000
"""Away for longer than that, a channel may have lost a press."""


class Vigil:
    """Looks after the channels that deliver through a platform of somebody else's."""

    def __init__(self, core: Core, chats: Chats, people: People, clock: Clock) -> None:
        """Nothing is looked at before `run` or `look`."""
        self._core, self._chats, self._people, self._clock = core, chats, people, clock

    async def run(self, watched: Collection[str]) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look(watched)
            except StoreUnavailable as error:
                log.warning("nobody can note that channels work: %s", error)
            await asyncio.sleep(LOOK_S)

    async def look(self, watched: Collection[str]) -> None:
        """Note which channels work now; of one that came back, show what waits anew."""
        for name, trouble in self._chats.troubles().items():
            if name in watched and not trouble:
                await self._core.do(partial(self._works, name))

    def _works(self, name: str, books: Books) -> None:
        now, before = self._clock.now(), books.last_worked(name)
        if before is not None and now - before > GAP_MS:
            log.warning("%s was away for %d s", name, (now - before) // 1000)
            books.accept(list(self._news(books, name, now - before, now)))
        books.worked(name, now)

    def _news(self, books: Books, name: str, away: int, now: int) -> Iterator[Arrived]:
        asked: dict[str, list[str]] = {}
        for row in books.open_approvals():
            if _shown_on(row, name):
                asked.setdefault(row.owner, []).append(row.id)
        told = asked.keys() | (self._reached(name) if away >= KEPT_MS else set())
        for person in sorted(told):
            event = Returned(name, away, tuple(asked.get(person, ())))
            payload = codec.happened.write(codec.Happened(event, None))
            key = f"returned:{name}:{now}:{person}"
            yield Arrived(key, person, self._clock.new_id(), now, payload)

    def _reached(self, name: str) -> set[str]:
        """The people who have an account on that channel."""
        people = self._people.directory.persons.values()
        return {one.id for one in people if any(at.channel == name for at in one.addresses)}


def _shown_on(row: StoredApproval, name: str) -> bool:
    return any(copy.address.channel == name for copy in codec.approval.read(row.subject).copies)
