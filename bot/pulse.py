"""Whether the event loop turns: how long it stood still, when, and where in the program.

A loop that stands still answers nobody, and no timeout on it fires. The task here measures it from
inside; a thread looks at it from outside and says where it stands, while it does.
"""

import asyncio
import logging
import sys
import threading
import time
import traceback
from collections import deque

log = logging.getLogger(__name__)

TICK_S, LOOK_S = 0.1, 0.25
STILL_S = 2.0
"""Longer than any work of ours, shorter than a platform's patience."""
REMEMBERED_S = 30.0


class Pulse:
    """Measures the loop that it runs on."""

    def __init__(self) -> None:
        """Nothing runs before `run`."""
        self._at = time.monotonic()
        self._late: deque[tuple[float, float]] = deque()
        """When the loop was late by more than a tick, and by how many seconds."""

    @property
    def lag(self) -> float:
        """The longest that the loop stood still in the last half minute, in seconds."""
        while self._late and self._late[0][0] < time.monotonic() - REMEMBERED_S:
            self._late.popleft()
        return max((late for _, late in self._late), default=0.0)

    @property
    def trouble(self) -> str:
        """Why this program should be given nothing new; empty when all is well."""
        lag = self.lag
        return f"the program stood still for {lag:.1f} s" if lag >= STILL_S else ""

    async def run(self) -> None:
        """Measure until cancelled."""
        ended = threading.Event()
        here = threading.get_ident()
        self._at = time.monotonic()
        watch = threading.Thread(
            target=self._watch, args=(here, ended), name="dealdesk-pulse", daemon=True
        )
        watch.start()
        try:
            while True:
                await asyncio.sleep(TICK_S)
                self._tick()
        finally:
            ended.set()

    def _tick(self) -> None:
        now = time.monotonic()
        late = now - self._at - TICK_S
        self._at = now
        if late > TICK_S:
            self._late.append((now, late))

    def _watch(self, loop: int, ended: threading.Event) -> None:
        told = 0.0
        while not ended.wait(LOOK_S):
            at = self._at
            if at != told and time.monotonic() - at > STILL_S:
                told = at
                log.error("the event loop stands still here:\n%s", _where(loop))


def _where(thread: int) -> str:
    """Only files, lines and names of functions: nothing that somebody said."""
    frame = sys._current_frames().get(thread)  # noqa: SLF001 - the documented way to another stack
    return "".join(traceback.format_stack(frame)) if frame else "it has ended"
