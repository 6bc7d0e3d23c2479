"""A running program with a salesperson in its chat, and the administrator beside it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.wiring import LEDGER
from tests.transcripts.crm_text import LedgerReader, Opportunity
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import EnginePerson

PATIENCE = 60.0


@dataclass
class Office:
    """A running program, the salesperson in its chat, and the administrator at a terminal."""

    house: Installation
    sam: EnginePerson

    async def records(self, customer: str) -> None:
        """Sam records an appointment that did not take place."""
        await self.sam.types("record")
        await self.sam.types(customer)
        await self.sam.hears("Create it")
        await self.sam.presses(f"New customer “{customer}”")
        for answer in ("no", "Fog", "skip", "skip", "save"):
            await self.sam.types(answer)

    async def assesses(self) -> None:
        await self.sam.types("assess")
        await self.sam.types("Strategic customer")
        for answer in ("5", "5", "none", "1000", "50", "Pursue", "skip", "save"):
            await self.sam.types(answer)
        await self.sam.hears("Opportunity and risk assessment")

    def types(self, *words: str) -> str:
        """A command of the administrator's on the files of the running program."""
        done = _run(words, self.house.variables)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def is_told(self, *words: str) -> str:
        """A command that is refused, with what it says."""
        done = _run(words, self.house.variables)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def numbers(self) -> list[str]:
        """Those of the listed deliveries, the newest first."""
        return [line.split()[0] for line in self.types("deliveries", "list").splitlines()[1:]]

    def opportunities(self) -> list[Opportunity]:
        return LedgerReader(self.ledger).opportunities(self.house.crm.crm)

    @property
    def ledger(self) -> Path:
        return self.house.settings.data / LEDGER

    def delete_stage(self) -> None:
        """As an administrator who tidies up the CRM."""
        with closing(sqlite3.connect(self.ledger, isolation_level=None)) as books:
            books.execute("DELETE FROM piece WHERE kind = 'stage' AND id = 'new'")


def _run(words: tuple[str, ...], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
