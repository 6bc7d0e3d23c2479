"""The lives of the program under torture: it is started, killed, and started again at once."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.rig.places import REPOSITORY
from tests.rig.processes import Workshop
from tests.torture.fail_points import POINTS, STOPPING
from tests.torture.figures import Amounts
from tests.torture.history import History
from tests.torture.program import READY

PATIENCE_S = 3.0
"""How long a trap may wait for somebody to pass."""
LONGEST_LIFE_S = 1.0
GROWN = 0.7
"""Lives that are let to finish their start; the others may die during it."""
PAUSE_S = 0.1
"""Nobody is there for at most so long."""
DRIVERS = ("odoorpc", "json2")


@dataclass
class Ends:
    """How lives ended."""

    kills: int = 0
    stops: int = 0
    """Ended by themselves after SIGTERM."""
    deaths: Counter[str] = field(default_factory=Counter)
    """By fail-point."""


@dataclass
class Lives:
    """Starts lives in one process that has loaded the code, one at a time."""

    folder: Path
    environments: Mapping[str, Mapping[str, str]]
    """By the driver that speaks to Odoo."""
    history: History
    dice: Random
    process: asyncio.subprocess.Process
    workshop: Workshop
    ends: Ends = field(default_factory=Ends)
    life: int = 0
    _struck: int = 0
    """Deaths told before this life."""
    _logged: int = 0
    """Size of the log before this life."""

    @classmethod
    @asynccontextmanager
    async def of(
        cls,
        folder: Path,
        environments: Mapping[str, Mapping[str, str]],
        history: History,
        dice: Random,
    ) -> AsyncIterator["Lives"]:
        with Workshop() as workshop:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.torture.program"),
                cwd=REPOSITORY,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            workshop.watch(process.pid)
            lives = cls(folder, environments, history, dice, process, workshop)
            try:
                yield lives
            finally:
                await lives.close()

    @property
    def log(self) -> Path:
        return self.folder / "log"

    async def torture(self, amounts: Amounts) -> None:
        """Until there were enough kills, and enough deaths at each fail-point."""
        while point := self._next(amounts):
            await self._live_and_die("" if point == "any" else point)

    def _next(self, amounts: Amounts) -> str:
        missing = [one for one in POINTS if self.ends.deaths[one] < amounts.hits]
        left = amounts.kills - self.ends.kills
        open_hits = sum(amounts.hits - self.ends.deaths[one] for one in missing)
        if missing and (left <= open_hits or self.dice.random() < open_hits / left):
            return self.dice.choice(missing)
        return "any" if left > 0 else ""

    async def _live_and_die(self, point: str) -> None:
        ended = await self.begins(point, self._passages(point))
        if point in STOPPING or (not point and self.dice.random() < 0.1):
            await self.ready(ended)
            await asyncio.sleep(self.dice.uniform(0.0, LONGEST_LIFE_S / 2))
            self._signals(signal.SIGTERM)
        elif not point:
            if self.dice.random() < GROWN:
                await self.ready(ended)
            await self._within(ended, self.dice.uniform(0.02, LONGEST_LIFE_S))
            self._signals(signal.SIGKILL)
        else:
            await self.ready(ended)
        await self._within(ended, PATIENCE_S)
        await self.killed(ended, point)
        await asyncio.sleep(self.dice.uniform(0.0, PAUSE_S))

    def _passages(self, point: str) -> int:
        return 1 if not point or "leases" in point or point in STOPPING else self.dice.randint(1, 3)

    async def begins(self, point: str = "", passages: int = 1) -> "asyncio.Future[int]":
        """Start a life; the result is how it ended, as of `waitstatus_to_exitcode`."""
        self._struck = len(self._told())
        self.log.touch()
        self._logged = self.log.stat().st_size
        order = {
            "environment": dict(self.environments[self.dice.choice(DRIVERS)]),
            "trap": {"point": point, "passages": passages, "deaths": str(self.folder / "deaths")},
            "log": str(self.log),
        }
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.life = await self._says()
        self.workshop.watch(self.life)
        self.history.note("bot", f"lives ({point or 'no trap'})")
        return asyncio.ensure_future(self._says())

    async def killed(self, ended: "asyncio.Future[int]", point: str) -> None:
        """End this life at once if it lives, and count how it ended."""
        if not ended.done():
            self._signals(signal.SIGKILL)
        self._counts(point, await ended)

    async def dies(self, ended: "asyncio.Future[int]") -> None:
        """End this life at once; it is no part of the count."""
        self._signals(signal.SIGKILL)
        await ended
        self.life = 0

    def stop(self) -> None:
        self._signals(signal.SIGTERM)

    async def close(self) -> None:
        self._signals(signal.SIGKILL)
        assert self.process.stdin
        self.process.stdin.close()
        await self.process.wait()

    async def ready(self, ended: "asyncio.Future[int]") -> None:
        """Until it could be told to stop; before, SIGTERM is as good as SIGKILL."""
        while not await self._within(ended, 0.05):
            if READY.encode() in self._new_in_log():
                return

    def _new_in_log(self) -> bytes:
        with self.log.open("rb") as log:
            log.seek(self._logged)
            return log.read()

    def _signals(self, sign: signal.Signals) -> None:
        if self.life:
            with suppress(ProcessLookupError):
                os.kill(self.life, sign)

    async def _says(self) -> int:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        assert line, "the process that starts lives has died"
        return int(line)

    async def _within(self, ended: "asyncio.Future[int]", seconds: float) -> bool:
        await asyncio.wait([ended], timeout=seconds)
        return ended.done()

    def _counts(self, point: str, code: int) -> None:
        self.life = 0
        struck = self._told()[self._struck :]
        self.ends.deaths.update(struck)
        self.history.note("bot", f"ends with {code} {', '.join(struck) or '(by hand)'}")
        if code == -signal.SIGKILL:
            self.ends.kills += 1
        elif code in {0, -signal.SIGTERM}:  # the latter while it was still starting
            self.ends.stops += 1
        else:
            raise AssertionError(f"it ended by itself ({code}) at {point}:\n{self._tail()}")

    def _told(self) -> list[str]:
        path = self.folder / "deaths"
        return path.read_text().splitlines() if path.exists() else []

    def _tail(self) -> str:
        return "\n".join(_last(self.log.read_text(errors="replace").splitlines()))


def _last(lines: list[str]) -> Iterator[str]:
    yield from lines[-60:]
