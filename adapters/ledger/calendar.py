"""The ledger's calendar: the meetings that people planned, and those that entries brought.

The ledger knows colleagues by their names, and holds customer meetings only.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.ledger.leads import OF_PEOPLE
from dialogs.agenda import Agenda, Engagement, MeetingList
from dialogs.crm import Customer, Staff

_PLANNED: Final = """
SELECT e.*, o.title, o.casekey, coalesce(e.customer, o.customer) AS whose, c.name AS named
FROM calendar e LEFT JOIN opportunity o ON o.id = e.opportunity
LEFT JOIN customer c ON c.id = coalesce(e.customer, o.customer)
WHERE e.stop >= ? AND e.start < ? AND coalesce(e.customer, e.opportunity) IS NOT NULL
"""
_ENTERED: Final = """
SELECT m.rowid AS id, m.key, m.subject, m.start, m.minutes, m.location, o.id AS opportunity,
o.title, o.casekey, o.owner, o.customer AS whose, c.name AS named
FROM meeting m JOIN opportunity o ON o.id = m.opportunity LEFT JOIN customer c ON c.id = o.customer
WHERE m.key NOT IN (SELECT meeting FROM calendar WHERE meeting IS NOT NULL)
AND m.start >= ? AND m.start < ?
"""
_APART: Final = 1 << 40
"""Added to the number of a meeting that an entry brought: no planned one has such a number."""
_LONGEST: Final = timedelta(days=2)
"""Of a meeting that an entry brought; their times are kept as text, to be sifted by day."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting that somebody planned, under the opportunity it was recorded for."""

    key: str
    opportunity: int
    subject: str
    start: int
    stop: int
    location: str

    def row(self, zone: ZoneInfo) -> tuple[object, ...]:
        """As the table of meetings has it."""
        start = datetime.fromtimestamp(self.start / 1000, zone).isoformat()
        minutes = max(1, (self.stop - self.start) // 60_000)
        return (self.key, self.opportunity, self.subject, start, minutes, self.location)


def plan(books: sqlite3.Connection, **facts: object) -> int:
    """Put a meeting into the calendar as a person would, and return its number."""
    names = ", ".join(facts)
    marks = ", ".join("?" for _ in facts)
    done = books.execute(
        f"INSERT INTO calendar ({names}) VALUES ({marks})",  # noqa: S608 - names of ours
        tuple(facts.values()),
    )
    assert done.lastrowid is not None
    return done.lastrowid


def answered(books: sqlite3.Connection, meeting: int, name: str, answer: str) -> None:
    """Note what somebody answered to the invitation."""
    noted = "UPDATE calendar SET people = json_patch(people, ?) WHERE id = ?"
    books.execute(noted, (json.dumps({name: answer}), meeting))


def taken_up(
    books: sqlite3.Connection, event: int | None, opportunity: int, key: str
) -> Planned | None:
    """Put a planned meeting under the opportunity; None where it is no longer in the calendar."""
    row = books.execute("SELECT * FROM calendar WHERE id = ?", (event,)).fetchone()
    if row is None:
        return None
    books.execute(
        "UPDATE calendar SET opportunity = ?, meeting = ? WHERE id = ?", (opportunity, key, event)
    )
    return Planned(key, opportunity, row["subject"], row["start"], row["stop"], row["location"])


def agenda(books: sqlite3.Connection, asked: Agenda) -> MeetingList:
    """See `Agenda`."""
    hosts = {one.name: one for one in asked.colleagues}
    found = [*_planned(books, asked, hosts), *_entered(books, asked, hosts)]
    return MeetingList(tuple(sorted(found, key=lambda one: (one.stop, one.id))))


def _planned(
    books: sqlite3.Connection, asked: Agenda, hosts: Mapping[str, Staff]
) -> Iterator[Engagement]:
    for row in books.execute(_PLANNED, (asked.since, asked.until)).fetchall():
        people: Mapping[str, str] = json.loads(row["people"])
        if row["owner"] in hosts and not _declined(people, row["owner"]):
            yield _engagement(
                row, hosts[row["owner"]], row["id"], row["start"], row["stop"],
                guests=tuple(one for one, answer in people.items() if answer == "guest"),
                colleagues=tuple(one for one, answer in people.items() if answer == "colleague"),
            )  # fmt: skip


def _declined(people: Mapping[str, str], owner: str) -> bool:
    """The host will not come, or none of the guests."""
    answers = set(people.values())
    if people.get(owner) == "host declined":
        return True
    return "guest declined" in answers and "guest" not in answers


def _entered(
    books: sqlite3.Connection, asked: Agenda, hosts: Mapping[str, Staff]
) -> Iterator[Engagement]:
    since, until = (datetime.fromtimestamp(at / 1000, UTC) for at in (asked.since, asked.until))
    days = ((since - _LONGEST).date().isoformat(), (until + timedelta(days=2)).date().isoformat())
    for row in books.execute(_ENTERED, days).fetchall():
        start = int(datetime.fromisoformat(row["start"]).timestamp() * 1000)
        stop = start + row["minutes"] * 60_000
        if row["owner"] in hosts and stop >= asked.since and start < asked.until:
            host, number = hosts[row["owner"]], _APART + row["id"]
            guests, colleagues = _attending(books, row["key"], row["whose"])
            yield _engagement(row, host, number, start, stop, guests, colleagues, row["key"])


def _attending(
    books: sqlite3.Connection, key: str, customer: int | None
) -> tuple[list[str], list[str]]:
    """Who comes to a meeting that an entry brought: the customer's people, and colleagues."""
    asked = "SELECT name FROM attendance WHERE meeting = ? ORDER BY name"
    names = [row["name"] for row in books.execute(asked, (key,))]
    theirs = "SELECT name FROM contact WHERE customer = ?"
    guests = {row["name"] for row in books.execute(theirs, (customer,))}
    return [one for one in names if one in guests], [one for one in names if one not in guests]


def _engagement(  # noqa: PLR0917 - the facts of a meeting
    row: Any,
    host: Staff,
    number: int,
    start: int,
    stop: int,
    guests: Collection[str] = (),
    colleagues: Collection[str] = (),
    made_by: str = "",
) -> Engagement:
    casekey = row["casekey"] or ""
    return Engagement(
        id=number,
        subject=row["subject"],
        start=start,
        stop=stop,
        host=host,
        customer=Customer(row["named"], row["whose"]) if row["named"] else None,
        guests=tuple(guests),
        colleagues=tuple(colleagues),
        place=row["location"],
        opportunity=row["opportunity"] or 0,
        title=row["title"] or "",
        case="" if casekey.startswith(OF_PEOPLE) else casekey,
        made_by=made_by,
    )
