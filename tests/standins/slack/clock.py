"""The two clocks a stand-in can live by: the machine's, and one that a test turns by hand.

Knows time in seconds since the epoch and how to sleep until an instant; knows nothing of Slack.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Clock(Protocol):
    """Time as the stand-in sees it, in seconds since the epoch."""

    def now(self) -> float: ...

    async def sleep_until(self, instant: float) -> None: ...


class WallClock:
    """The machine's own time."""

    def now(self) -> float:
        return time.time()

    async def sleep_until(self, instant: float) -> None:
        await asyncio.sleep(max(0.0, instant - self.now()))


class HandClock:
    """Stands still until `advance` is called; whoever sleeps is woken in order."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> float:
        return self._now

    async def sleep_until(self, instant: float) -> None:
        if instant <= self._now:
            return
        alarm = asyncio.get_running_loop().create_future()
        heapq.heappush(self._alarms, (instant, next(self._order), alarm))
        await alarm

    def advance(self, seconds: float) -> None:
        self._now += seconds
        while self._alarms and self._alarms[0][0] <= self._now:
            _, _, alarm = heapq.heappop(self._alarms)
            if not alarm.done():
                alarm.set_result(None)


async def before(clock: Clock, instant: float, work: Awaitable[Result]) -> Result:
    """The result of `work`, or TimeoutError when `clock` has come to `instant`.

    `work` is cancelled then; shield it where it must go on.
    """
    task = asyncio.ensure_future(work)
    alarm = asyncio.ensure_future(clock.sleep_until(instant))
    try:
        await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise TimeoutError(f"not finished at {instant}")
        return task.result()
    finally:
        alarm.cancel()
        task.cancel()
