"""The watch over leads: one that nobody can be told of waits until somebody can, and comes once."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from adapters.ledger import LedgerCrm
from bot.lead_watch import LeadWatch
from bot.wiring import LEDGER, open_crm
from dialogs.lead_lookups import NewLeads
from dialogs.people import Person
from tests.transcripts.clock import StillClock
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine, EnginePerson

CAME = "A new lead: "
AT_ONCE = NewLeads(0).limit
AGAIN = """
WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?)
INSERT INTO opportunity (casekey, title, owner, fields, tags, came, leader)
SELECT casekey || '-' || n, title, owner, fields, tags, came, leader FROM opportunity, more
"""
MONTH_MS = 31 * 24 * 3_600_000


@dataclass
class Reception:
    """An office in which nobody takes leads yet; Mia of management is about to be linked."""

    house: Installation
    clock: StillClock
    engine: Engine
    mia: EnginePerson
    manager: Person

    def comes(self, title: str, leader: str = "") -> None:
        ledger = self.house.crm.crm
        assert isinstance(ledger, LedgerCrm)
        ledger.add_lead(title, leader, contact_name="Ann Lee")

    def come_again(self, times: int) -> None:
        """That often, what came in."""
        ledger = self.house.settings.data / LEDGER
        with closing(sqlite3.connect(ledger, isolation_level=None)) as books:
            books.execute(AGAIN, (times,))

    def seller(self) -> Person:
        """Sam, who leads a sales team, at the same chat."""
        return Person("sam", "Sam", "sales", addresses=(self.mia.address,), login="sam")

    async def passes(self, **time: float) -> None:
        self.clock.turn(timedelta(**time).total_seconds())
        await self.house.was_never_away()
        await self.looks(self.house.program.leads)

    async def looks(self, watch: LeadWatch) -> None:
        await watch.look()
        await self.house.rest()
        await self.house.catch_up()

    async def links(self, person: Person) -> None:
        await self.house.program.core.do(lambda books: books.keep_person(person))
        await self.house.program.core.do(self.house.program.people.refresh)

    async def restarts(self) -> None:
        await self.house.restart()
        await self.engine.connect(self.house.url)

    def another(self) -> LeadWatch:
        """That of a second program on the same database."""
        program = self.house.program
        return LeadWatch(program.core, self.house.crm, self.house.library, self.clock)

    def announced(self) -> list[str]:
        told = (one.text.splitlines()[0] for one in self.mia.chat() if CAME in one.text)
        return [line.partition(CAME)[2] for line in told]


@pytest.fixture
async def reception(tmp_path: Path) -> AsyncIterator[Reception]:
    clock = StillClock()
    engine = Engine("chat", clock)
    mia = engine.somebody("Mia", "en")
    manager = Person("mia", "Mia", "management", addresses=(mia.address,))
    group = Person("gus", "Gus", "group", addresses=(engine.somebody("Gus", "en").address,))
    house = Installation(
        tmp_path,
        clock,
        people=[group],
        channels=engine.channels,
        crm=partial(open_crm, clock=clock),
    )
    async with house:
        await engine.connect(house.url)
        yield Reception(house, clock, engine, mia, manager)


async def test_a_lead_that_nobody_could_be_told_of_is_announced_once_somebody_is_linked(
    reception: Reception,
) -> None:
    await reception.passes(minutes=1)
    reception.comes("Fair stand")
    await reception.passes(minutes=1)
    await reception.passes(minutes=30)
    await reception.restarts()
    await reception.passes(minutes=30)
    await reception.links(reception.manager)
    assert reception.announced() == []
    await reception.passes(seconds=20)
    assert reception.announced() == ["Fair stand"]


async def test_it_is_announced_once_by_two_programs_and_after_a_restart(
    reception: Reception,
) -> None:
    reception.comes("Fair stand")
    other = reception.another()
    for watch in (reception.house.program.leads, other):
        await reception.looks(watch)
    await reception.passes(minutes=20)
    await reception.links(reception.manager)
    for watch in (other, reception.house.program.leads, other):
        await reception.looks(watch)
    await reception.restarts()
    await reception.passes(seconds=20)
    reception.comes("Cabin refit")
    await reception.passes(seconds=20)
    assert reception.announced() == ["Fair stand", "Cabin refit"]


async def test_somebody_without_a_chat_is_nobody_who_can_be_told(reception: Reception) -> None:
    unlinked = Person("mia", "Mia", "management")
    await reception.links(unlinked)
    reception.comes("Fair stand")
    await reception.passes(minutes=1)
    await reception.passes(minutes=20)
    await reception.links(reception.manager)
    await reception.passes(seconds=20)
    assert reception.announced() == ["Fair stand"]


async def test_what_was_told_is_not_told_again_while_another_lead_still_waits(
    reception: Reception,
) -> None:
    """Not even when the inbox has forgotten it, a week after its text."""
    await reception.links(reception.seller())
    await reception.passes(minutes=1)
    reception.comes("Nobody's")
    reception.comes("Sam's team's", leader="sam")
    await reception.passes(seconds=20)
    assert reception.announced() == ["Sam's team's"]
    later = reception.clock.now() + MONTH_MS
    await reception.house.program.core.do(lambda books: books.forget(later))
    await reception.passes(minutes=20)
    assert reception.announced() == ["Sam's team's"]


async def test_the_log_names_it_once(
    reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot.lead_watch")
    reception.comes("Fair stand")
    for _ in range(5):
        await reception.passes(seconds=20)
    reception.comes("Cabin refit")
    await reception.passes(seconds=20)
    told = [one.getMessage() for one in caplog.records if one.name == "bot.lead_watch"]
    assert [line.partition(": ")[2] for line in told] == ["1, the last is 1", "2, the last is 2"]


async def test_those_that_wait_hide_no_later_one(reception: Reception) -> None:
    await reception.links(reception.seller())
    reception.comes("Nobody's")
    reception.come_again(AT_ONCE)
    reception.comes("Sam's team's", leader="sam")
    await reception.looks(reception.house.program.leads)
    assert reception.announced() == ["Sam's team's"]
