"""What a running program does by itself for what it keeps: clear it each hour, anchor it each day.

Knows when; the store knows how. Closed cases are told from open ones by their playbook.
"""

import logging
from functools import partial
from pathlib import Path

from bot import codec
from bot.anchors import keep_anchor
from bot.core import Core
from dialogs.books import Books
from dialogs.errors import BadConfiguration
from dialogs.library import Library
from dialogs.ports import Clock

log = logging.getLogger(__name__)

DAY_MS = 24 * 3_600_000
CLEARING_MS = 3_600_000
CASES = 500


class Upkeep:
    """Done by the dispatcher, between sweeps."""

    def __init__(
        self, core: Core, clock: Clock, library: Library, keep_days: int, folder: Path
    ) -> None:
        """`keep_days` is how long texts outlive what they were for."""
        self._core, self._clock, self._library = core, clock, library
        self._kept_ms, self._folder = keep_days * DAY_MS, folder
        self._cleared = self._anchored = 0

    async def see_to(self) -> None:
        """Do what is due; mostly nothing is."""
        now = self._clock.now()
        if now - self._cleared >= CLEARING_MS:
            self._cleared = now
            await self._clear(now - self._kept_ms)
        if now - self._anchored >= DAY_MS:
            self._anchored = now
            await self._anchor(now)

    async def _clear(self, before: int) -> None:
        await self._core.do(lambda books: books.forget(before))
        after: str | None = ""
        while after is not None:
            after = await self._core.do(partial(self._emptied, before, after))

    def _emptied(self, before: int, after: str, books: Books) -> str | None:
        """Empty the closed ones of the next cases; the id to go on after, None at the end."""
        rows = books.old_cases(before, after, CASES)
        closed = [key for key, state in rows if self._closed(state)]
        if closed:
            books.empty_cases(closed)
        return rows[-1][0] if len(rows) == CASES else None

    def _closed(self, state: str) -> bool:
        """It is over: won, lost or handed over."""
        try:
            case = codec.case.read(state)
        except ValueError:  # set aside by whoever stumbles over it, not here
            return False
        step = self._library.of(case.playbook).playbook.steps.get(case.step)
        return step is not None and step.over

    async def _anchor(self, now: int) -> None:
        head = await self._core.do(lambda books: books.trail_head())
        if head is None or not head.seq:
            return
        try:
            keep_anchor(self._folder, head, now)
        except (BadConfiguration, OSError) as error:
            log.error("the audit trail could not be anchored: %s", error)  # noqa: TRY400 - expected
