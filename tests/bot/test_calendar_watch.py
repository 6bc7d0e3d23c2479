"""The watch over the calendar: who is asked about which meeting, and who is not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.ledger import LedgerCrm
from dialogs.people import Person
from tests.transcripts.clock import START, StillClock
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine, EnginePerson

ASKED = "your meeting ended at"


@dataclass
class Watched:
    """An office on Friday at four, its calendar in the tests' hands."""

    house: Installation
    clock: StillClock
    engine: Engine
    sam: EnginePerson
    customer: int

    @property
    def crm(self) -> LedgerCrm:
        ledger = self.house.crm.crm
        assert isinstance(ledger, LedgerCrm)
        return ledger

    def plans(self, start: datetime, minutes: int = 30, host: str = "Sam") -> int:
        times = (_ms(start), _ms(start + timedelta(minutes=minutes)))
        return self.crm.plan_meeting("Visit", *times, host, customer=self.customer)

    async def passes(self, **time: float) -> None:
        self.clock.turn(timedelta(**time).total_seconds())
        await self.house.program.calendar.look()
        await self.house.rest()
        await self.house.catch_up()

    def asked(self) -> int:
        return sum(ASKED in one.text for one in self.sam.chat())

    def told(self) -> str:
        return "\n".join(one.text for one in self.sam.chat())

    async def records(self, when: str) -> None:
        """Sam records a meeting by hand, without being asked."""
        for words in ("record", "Airbus", "yes", when, "Ada Byron", "All well", "skip", "skip"):
            await self.sam.types(words)
            await self.house.rest()
        for words in ("4", "skip", "skip", "skip", "save"):
            await self.sam.types(words)
        await self.house.rest()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Watched]:
    clock = StillClock()
    engine = Engine("chat", clock)
    sam = engine.somebody("Sam", "en")
    person = Person("sam", "Sam", "sales", addresses=(sam.address,))
    async with Installation(tmp_path, clock, people=[person], channels=engine.channels) as house:
        await engine.connect(house.url)
        ledger = house.crm.crm
        assert isinstance(ledger, LedgerCrm)
        yield Watched(house, clock, engine, sam, ledger.add_customer("Airbus"))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


async def test_a_meeting_is_asked_about_once_however_often_it_is_seen(office: Watched) -> None:
    office.plans(START)
    await office.passes(minutes=29)
    assert office.asked() == 0
    for _ in range(3):
        await office.passes(minutes=2)
    await office.house.restart()
    await office.engine.connect(office.house.url)
    await office.passes(minutes=1)
    assert office.asked() == 1


async def test_what_was_recorded_by_hand_is_not_asked_about(office: Watched) -> None:
    office.plans(START - timedelta(minutes=30))
    await office.records("today 15:30")
    assert "in the CRM" in office.told()
    await office.passes(minutes=1)
    assert office.asked() == 0, "neither the planned meeting nor the one that the record made"


async def test_another_customers_record_answers_for_nobody_else(office: Watched) -> None:
    other = office.crm.add_customer("Bosch")
    times = (_ms(START - timedelta(minutes=30)), _ms(START))
    office.crm.plan_meeting("Visit", *times, "Sam", customer=other)
    await office.records("today 15:30")
    await office.passes(minutes=1)
    assert office.asked() == 1


async def test_what_ended_while_the_crm_was_away_is_asked_about_when_it_is_back(
    office: Watched,
) -> None:
    office.plans(START)
    await office.passes(seconds=30)
    office.house.crm.turn(on=False)
    await office.passes(minutes=60)
    assert office.asked() == 0
    office.house.crm.turn(on=True)
    await office.passes(minutes=1)
    assert office.asked() == 1


async def test_of_what_ended_long_before_the_first_look_nobody_is_asked(office: Watched) -> None:
    office.plans(START - timedelta(hours=5))
    await office.passes(minutes=1)
    assert office.asked() == 0


async def test_a_meeting_put_off_to_another_day_is_asked_about_on_that_day(
    office: Watched,
) -> None:
    planned = office.plans(START)
    await office.passes(minutes=31)
    assert office.asked() == 1
    monday = START + timedelta(days=2, hours=18)
    office.crm.move_meeting(planned, _ms(monday), _ms(monday + timedelta(minutes=30)))
    await office.passes(days=2, hours=18, minutes=5)
    assert office.asked() == 2


async def test_somebody_elses_meeting_is_nobodys_here(office: Watched) -> None:
    office.plans(START, host="Kim")
    await office.passes(minutes=31)
    assert office.asked() == 0


async def test_a_second_meeting_about_a_case_is_recorded_in_that_case(office: Watched) -> None:
    await office.records("today 15:30")
    (case,) = office.crm.overview()
    times = (_ms(START), _ms(START + timedelta(minutes=30)))
    office.crm.plan_meeting("Visit", *times, "Sam", opportunity=case.id, guests=["Jan Meyer"])
    await office.passes(minutes=31)
    await office.sam.presses("Record now")
    for words in ("It goes on", "skip", "skip", "5", "skip", "skip", "skip", "save"):
        await office.sam.types(words)
    await office.house.rest()
    (still,) = office.crm.overview()
    assert [one.subject for one in still.meetings] == ["Appointment with Airbus", "Visit"]
    assert "Decision" not in office.told(), "management is not asked by a record"


async def test_a_stalled_case_and_a_task_are_in_the_digest(office: Watched) -> None:
    await office.records("today 15:30")
    await office.passes(days=2, hours=16, minutes=5)
    assert "Your day" not in office.told(), "nothing to tell is no message"
    await office.passes(days=14)
    assert "Nothing for 14 days: Airbus · Assess opportunities and risks" in office.told()
    await office.passes(minutes=5)
    assert office.told().count("Your day") == 1


async def test_who_is_quiet_for_a_week_hears_nothing_before_its_end(office: Watched) -> None:
    await office.sam.types("quiet this week")
    office.plans(START)
    await office.passes(minutes=31)
    assert office.asked() == 0
    await office.passes(days=2, hours=15, minutes=30)
    assert "Not recorded: Airbus" in office.told()
