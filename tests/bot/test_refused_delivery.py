"""What the CRM refuses for good, and what an administrator does about it beside the program."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.wiring import LEDGER
from dialogs.people import Person
from tests.transcripts.crm_text import LedgerReader, Opportunity
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine, EnginePerson

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


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = SystemClock()
    engine = Engine("chat", clock)
    sam = engine.somebody("Sam", "en")
    person = Person("sam", "Sam", "sales", addresses=(sam.address,))
    house = Installation(tmp_path, clock, people=[person], channels=engine.channels)
    async with house:
        await engine.connect(house.url)
        yield Office(house, sam)


async def test_it_is_told_listed_shown_mended_and_sent_again(office: Office) -> None:
    office.delete_stage()
    await office.records("Airbus")
    told = await office.sam.hears("The CRM did not take “Airbus”")
    assert "Run `dealdesk odoo setup`, then retry." in told
    (number,) = office.numbers()
    assert "-record-1" in office.types("deliveries", "list")
    shown = office.types("deliveries", "show", number)
    assert "dead" in shown.splitlines()[0]
    assert "no stage 'new'" in shown
    assert '"name": "Airbus"' in shown
    assert office.opportunities() == []

    assert "stage New" in office.types("odoo", "setup")
    assert office.types("deliveries", "retry", number) == f"Delivery {number} goes out again.\n"
    await office.sam.hears("Appointment record · Airbus: in the CRM.", PATIENCE)
    (made,) = office.opportunities()
    assert (made.title, made.stage, len(made.notes)) == ("Airbus", "New", 1)
    assert office.types("deliveries", "list") == "Nothing waits and nothing was refused.\n"
    assert f"{number} " in office.types("deliveries", "list", "--all")


async def test_what_is_given_up_lets_the_later_ones_of_its_case_go(office: Office) -> None:
    office.delete_stage()
    await office.records("Kellner")
    await office.sam.hears("The CRM did not take “Kellner”")
    await office.assesses()
    await office.house.rest()
    _, refused = office.numbers()
    assert office.opportunities() == []

    assert office.types("deliveries", "drop", refused) == f"Delivery {refused} is given up.\n"
    await office.sam.hears("Opportunity and risk assessment · Kellner: in the CRM.", PATIENCE)
    (made,) = office.opportunities()
    assert [title for title, _, _ in made.notes] == ["Opportunity and risk assessment"]
    assert office.numbers() == []


async def test_only_a_refused_one_can_be_sent_again_or_given_up(office: Office) -> None:
    await office.records("Meyer")
    await office.sam.hears("Appointment record · Meyer: in the CRM.")
    number = office.types("deliveries", "list", "--all").splitlines()[1].split()[0]
    for verb in ("retry", "drop"):
        told = office.is_told("deliveries", verb, number)
        assert told == f"delivery {number} is not a refused one: see `dealdesk deliveries list`\n"
    assert "there is no delivery 999" in office.is_told("deliveries", "show", "999")
