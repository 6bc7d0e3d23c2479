"""Waiting: for a change instead of a length of time, and for whichever of several comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Bell:
    """Rings when something changes and wakes whoever waits; `count` tells how often it rang."""

    def __init__(self) -> None:
        self.count = 0
        self._next = asyncio.Event()

    def notify(self) -> None:
        self.count += 1
        now, self._next = self._next, asyncio.Event()
        now.set()

    async def after(self, count: int) -> int:
        """Wait until it has rung more than `count` times; answers how often it has."""
        while self.count <= count:
            await self._next.wait()
        return self.count


async def first(*waits: Coroutine[Any, Any, Any] | asyncio.Future[Any]) -> None:
    """Wait until one of them is there. Coroutines end with the wait; futures are left alone."""
    own = [asyncio.ensure_future(each) for each in waits if not isinstance(each, asyncio.Future)]
    others = [each for each in waits if isinstance(each, asyncio.Future)]
    try:
        await asyncio.wait([*own, *others], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in own:
            each.cancel()
