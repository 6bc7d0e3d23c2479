"""Long polling: at most one getUpdates waits; a second one sends the first away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.standins.telegram.refusals import OTHER_POLL, POLL_WITH_WEBHOOK, Refusal, conflict
from tests.standins.telegram.waiting import Bell, first

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.telegram.calls import Gone
    from tests.standins.telegram.clock import Clock
    from tests.standins.telegram.updates import Update, Updates
    from tests.standins.telegram.violations import Kind

LONGEST = 50  # seconds that a poll may wait
REPLACED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class Polling:
    """Hands the updates to whoever polls."""

    def __init__(self, clock: Clock, updates: Updates, webhook_is_set: Callable[[], bool]) -> None:
        self._webhook_is_set = webhook_is_set
        self._clock = clock
        self._updates = updates
        self._waiting: asyncio.Future[str] | None = None
        self.begun = Bell()  # rings when a poll begins to wait

    async def poll(self, offset: int, limit: int, seconds: int, gone: Gone) -> list[Update]:
        """The next updates, waiting up to so many `seconds` for the first.

        Raises:
            Refusal: 409, because of another poll or of a webhook
        """
        if self._webhook_is_set():
            raise conflict(POLL_WITH_WEBHOOK, "two_consumers")
        updates = self._updates.take(offset, limit)
        if updates or seconds <= 0:
            return updates
        self.end(OTHER_POLL)
        self._waiting = mine = asyncio.get_running_loop().create_future()
        self.begun.notify()
        try:
            return await self._wait(mine, offset, limit, seconds, gone)
        finally:
            if self._waiting is mine:
                self._waiting = None

    def end(self, why: str) -> None:
        """Send away whoever waits."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(why)

    async def _wait(
        self,
        mine: asyncio.Future[str],
        offset: int,
        limit: int,
        seconds: int,
        gone: Gone,
    ) -> list[Update]:
        hung_up = asyncio.ensure_future(gone())
        late = asyncio.ensure_future(self._clock.sleep(min(seconds, LONGEST)))
        try:
            while not (hung_up.done() or late.done()):
                if updates := self._updates.take(offset, limit):
                    return updates
                await first(self._updates.changed(), mine, hung_up, late)
                if mine.done():
                    raise await _sent_away(mine.result(), hung_up)
            return []
        finally:
            hung_up.cancel()
            late.cancel()


async def _sent_away(why: str, hung_up: asyncio.Future[None]) -> Refusal:
    """A poll whose client is gone (it was killed, or it restarts) is no second consumer."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    violation: Kind | None = "two_consumers" if why == OTHER_POLL and not hung_up.done() else None
    return conflict(why, violation)
