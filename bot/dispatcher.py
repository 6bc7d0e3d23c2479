"""The in-process waker: a loop that does what is due and what was left over.

The process that accepted an event runs its turn itself; this loop is for timers, for retries, and
for what another process or an earlier life of this one did not finish.
"""

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress

from bot.core import Core
from bot.replicas import Replicas
from bot.upkeep import Upkeep
from dialogs.books import Books
from dialogs.errors import StoreUnavailable
from dialogs.ports import Clock

log = logging.getLogger(__name__)

IDLE_S = 1.0


class LocalWaker:
    """Wakes the dispatcher of this process; nothing is written for it."""

    def __init__(self) -> None:
        """Bound to a loop when the dispatcher starts."""
        self.event = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self) -> None:
        self._loop = asyncio.get_running_loop()

    def enqueue(self, books: Books, conversations: Collection[str]) -> None:  # noqa: ARG002 - the port's; here the sweep finds them
        self.flush()

    def flush(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.event.set)


class Dispatcher:
    """Sweeps when woken, when something is due, and every second."""

    def __init__(
        self, core: Core, waker: LocalWaker, clock: Clock, upkeep: Upkeep, replicas: Replicas
    ) -> None:
        """Nothing runs before `run`."""
        self._core, self._waker, self._clock = core, waker, clock
        self._upkeep, self._replicas = upkeep, replicas

    async def run(self) -> None:
        """Sweep until cancelled; a store that is away is tried again."""
        self._waker.bind()
        while True:
            self._waker.event.clear()
            try:
                if self._replicas.due:
                    await self._core.do(self._replicas.beat)
                due = await self._core.sweep()
                await self._upkeep.see_to()
                pause = self._pause(due)
            except StoreUnavailable as error:
                log.warning("the store is away: %s", error)
                pause = IDLE_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._waker.event.wait(), pause)

    def _pause(self, due: int | None) -> float:
        """Seconds until it is worth looking again."""
        if due is None:
            return IDLE_S
        return min(IDLE_S, max(0.01, (due - self._clock.now()) / 1000))
