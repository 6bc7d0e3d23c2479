"""A month of a sales team on a clock that jumps: meetings end, people answer, put off, or don't.

The program is a real one on files of its own, with the ledger as its CRM; a channel notes what is
told to whom and when.
"""

import random
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from adapters.ledger import calendar, customers
from bot.wiring import LEDGER
from dialogs.events import Arrival, Pressed
from dialogs.people import Address, Person
from dialogs.ports import Accept, Channel
from dialogs.shows import Notice, Say
from tests.transcripts.clock import BERLIN, StillClock
from tests.transcripts.installation import Installation

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=BERLIN)
QUESTION = re.compile(r"(Customer \d+): your meeting ended at")
CHANNEL = "note"


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting of somebody's with a customer of its own."""

    host: str
    customer: str
    start: datetime
    stop: datetime


@dataclass
class Notebook:
    """See `Channel`: what is told, when, and in which words."""

    clock: StillClock
    told: list[tuple[datetime, Say]] = field(default_factory=list)
    name: str = CHANNEL
    trouble: str = ""
    accept: Accept | None = None

    async def show(self, say: Say, previous: str | None) -> str:
        self.told.append((datetime.fromtimestamp(self.clock.now() / 1000, BERLIN), say))
        return previous or f"m{len(self.told)}"

    async def serve(self, accept: Accept) -> None:
        self.accept = accept

    def hooks(self, accept: Accept) -> Mapping[str, object]:
        return {}

    async def examine(self) -> tuple[object, ...]:
        return ()

    async def close(self) -> None: ...


@dataclass
class Month:
    """The team, what it plans, and what it was told."""

    house: Installation
    clock: StillClock
    notes: Notebook
    dice: random.Random
    visits: list[Visit]
    presses: int = 0
    put_off: set[str] = field(default_factory=set)
    """Customers about whom somebody asked to be asked again."""

    @property
    def asked(self) -> dict[str, list[datetime]]:
        """When each customer's meeting was asked about."""
        found: dict[str, list[datetime]] = {}
        for at, say in self._said():
            if named := QUESTION.match(say.text):
                found.setdefault(named[1], []).append(at)
        return found

    @property
    def digested(self) -> dict[str, list[datetime]]:
        """When each customer's meeting stood in a digest."""
        found: dict[str, list[datetime]] = {}
        for at, say in self._said():
            for row in say.rows:
                if row.label == "Not recorded":
                    found.setdefault(row.value.partition(" · ")[0], []).append(at)
        return found

    @property
    def digests(self) -> list[tuple[str, datetime]]:
        """Who had a digest when."""
        return [
            (say.address.account, at)
            for at, say in self.notes.told
            if isinstance(say.show, Notice) and say.show.text.startswith("Your day")
        ]

    def _said(self) -> list[tuple[datetime, Notice]]:
        return [(at, say.show) for at, say in self.notes.told if isinstance(say.show, Notice)]

    async def passes(self, days: int) -> None:
        """Turn the clock from one thing to the next: ends, reminders, mornings."""
        end = MONDAY + timedelta(days=days)
        for moment in self._moments(end):
            left = moment.timestamp() - self.clock.now() / 1000
            if left > 0:
                self.clock.turn(left)
            await self.house.program.calendar.look()
            await self.house.rest()
            await self.house.catch_up()
            await self._answer()

    def _moments(self, end: datetime) -> list[datetime]:
        shift = timedelta(seconds=30)
        found = {visit.stop + shift for visit in self.visits}
        found |= {visit.stop + timedelta(hours=1, minutes=2) for visit in self.visits}
        found |= {visit.start - timedelta(hours=1) + shift for visit in self.visits}
        for day in range((end - MONDAY).days):
            found |= {MONDAY + timedelta(days=day, hours=hours) for hours in (1.01, 11.1, 16)}
        return sorted(found)

    async def _answer(self) -> None:
        """Now and then somebody wants to be asked again."""
        new, self.presses = self.notes.told[self.presses :], len(self.notes.told)
        for _, say in new:
            named = QUESTION.match(say.show.text) if isinstance(say.show, Notice) else None
            if named is None or self.dice.random() > 0.1 or named[1] in self.put_off:
                continue
            later = [one for one in say.show.buttons if one.text == "In 1 h"]
            if later:
                self.put_off.add(named[1])
                await self._press(say.address, later[0].token)

    async def _press(self, address: Address, token: str) -> None:
        assert self.notes.accept is not None
        key = f"press:{token}:{self.clock.now()}"
        await self.notes.accept(Arrival(key, address, self.clock.now(), Pressed(token)))
        await self.house.rest()


@asynccontextmanager
async def month(
    folder: Path, *, managers: int, meetings: int, days: int, seed: int = 1
) -> AsyncIterator[Month]:
    """Run a program for that team; its meetings are planned, its time stands."""
    dice, clock = random.Random(seed), StillClock(MONDAY)
    notes = Notebook(clock)
    people = [_manager(number) for number in range(managers)]
    channels: Mapping[str, Channel] = {CHANNEL: notes}  # type: ignore[dict-item] # as much of one as is used
    async with Installation(folder, clock, people=people, channels=lambda: channels) as house:
        visits = [_visit(dice, people, number, days) for number in range(meetings)]
        _plan(house.settings.data / LEDGER, visits)
        yield Month(house, clock, notes, dice, visits)


def _manager(number: int) -> Person:
    name = f"m{number}"
    return Person(name, f"Manager {number}", "sales", addresses=(Address(CHANNEL, name, name),))


def _visit(dice: random.Random, people: list[Person], number: int, days: int) -> Visit:
    """At any time of day, on any day: some end in the evening, some on a Sunday."""
    hour = dice.choice([8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 20, 22])
    start = MONDAY.replace(hour=hour, minute=dice.choice([0, 15, 30]))
    start += timedelta(days=dice.randrange(days - 2))
    stop = start + timedelta(minutes=dice.choice([30, 45, 60, 90]))
    return Visit(dice.choice(people).name, f"Customer {number}", start, stop)


def _plan(ledger: Path, visits: list[Visit]) -> None:
    """All of them in one transaction: people plan while nobody measures."""
    with closing(sqlite3.connect(ledger)) as books, books:
        books.row_factory = sqlite3.Row
        for visit in visits:
            start, stop = (int(at.timestamp() * 1000) for at in (visit.start, visit.stop))
            calendar.plan(
                books, subject="Visit", start=start, stop=stop, owner=visit.host, location="",
                customer=customers.add(books, visit.customer), people="{}",
            )  # fmt: skip
