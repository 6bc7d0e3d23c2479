"""Waiting on a condition instead of a length of time: whoever waits is woken by each change.

Knows that something changed, never what.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Counts the changes of the stand-in and wakes everybody who waits for one."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        self.count += 1
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def after(self, count: int) -> int:
        """Wait until there was a change after number `count`; the newest number is answered."""
        while self.count <= count:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.add(waiter)
            try:
                await waiter
            finally:
                self._waiting.discard(waiter)
        return self.count

    async def until(self, probe: Callable[[], Found | None], timeout: float) -> Found:  # noqa: ASYNC109 - the reader of a test looks for this word
        """The first true result of `probe`, asked anew after each change.

        Raises:
            TimeoutError: after `timeout` seconds without one.
        """
        async with asyncio.timeout(timeout):
            seen = self.count
            while not (found := probe()):
                seen = await self.after(seen)
        return found
