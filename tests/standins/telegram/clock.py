"""The two clocks a stand-in can live by: the machine's, and one that a test turns by hand.

Knows seconds since the epoch and how to sleep; knows nothing of Telegram.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from typing import Protocol

MONDAY_MORNING = 1_767_603_600.0  # 2026-01-05 09:00 UTC


class Clock(Protocol):
    """Time as the stand-in sees it, in seconds since the epoch."""

    def now(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class WallClock:
    """The machine's own time."""

    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class HandClock:
    """Stands still until it is turned; whoever sleeps is woken in order."""

    def __init__(self, start: float = MONDAY_MORNING) -> None:
        self._now = start
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._set = asyncio.Event()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._alarms, (self._now + seconds, next(self._order), alarm))
        self._set.set()
        await alarm

    def advance(self, seconds: float) -> None:
        """Let so much time pass; everybody who waited for less is woken."""
        self._now += seconds
        while self._alarms and self._alarms[0][0] <= self._now:
            _, _, alarm = heapq.heappop(self._alarms)
            if not alarm.done():
                alarm.set_result(None)

    async def awaited(self) -> float:
        """Wait until somebody waits for a moment to come; how many seconds off it is."""
        self._forget_the_dead()
        while not self._alarms:
            self._set.clear()
            await self._set.wait()
            self._forget_the_dead()
        return self._alarms[0][0] - self._now

    async def wind(self) -> float:
        """Go to the next moment that somebody waits for; how many seconds were passed over."""
        skipped = await self.awaited()
        self.advance(skipped)
        return skipped

    def _forget_the_dead(self) -> None:
        while self._alarms and self._alarms[0][2].cancelled():
            heapq.heappop(self._alarms)
