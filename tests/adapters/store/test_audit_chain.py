"""The audit trail as it stands in the database: it refuses to be changed, and shows if it was."""

import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from adapters.store.errors import StoreFault
from adapters.store.guards import BY_DIALECT, REFUSED
from adapters.store.store import SqlStore
from bot.commands.audit import inspected
from dialogs.books import Books
from dialogs.errors import StoreUnavailable
from dialogs.rows import AuditLine
from dialogs.trail import Anchor, AuditRow, facts, link
from tests.adapters.store.conftest import Opener

Databases = Callable[[], str]
ROWS = 60
LONG = os.environ.get("DEALDESK_TORTURE") == "long"
TAMPERINGS = {"sqlite": 10_000 if LONG else 1_000, "postgresql": 1_000 if LONG else 100}
NOW = 1_700_000_000_000
COLUMNS = ("seq", "at", "actor", "action", "subject", "channel", "programme", "hash")


UNGUARDED = {
    "sqlite": [f"DROP TRIGGER {guard.split()[2]}" for guard in BY_DIALECT["sqlite"]],
    "postgresql": [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in ("audit", "audit_head")],
}


class Undone(Exception):  # noqa: N818 - it is none: it takes a tampering back
    """Rolls a transaction back."""


@pytest.fixture
def store(empty_database: Databases, opened: Opener) -> SqlStore:
    store = opened(empty_database())
    store.prepare()
    for first in range(0, ROWS, 7):
        lines = [
            AuditLine(f"person{n % 3}", f"finish:{n % 5}", f"case{n}", "telegram")
            for n in range(first, min(first + 7, ROWS))
        ]
        with store.transaction() as books:
            books.note(lines[:2], NOW + first)
            books.note(lines[2:], NOW + first)
    return store


def test_the_trail_is_numbered_without_a_gap_and_every_row_linked(store: SqlStore) -> None:
    with store.transaction() as books:
        rows, head = books.trail(0, ROWS + 9), books.trail_head()
        assert inspected(books, []).rows == ROWS
    assert [row.seq for row in rows] == list(range(1, ROWS + 1))
    assert head == Anchor(ROWS, rows[-1].hash)
    assert rows[8].subject == "case8"


def test_what_was_not_committed_leaves_no_row(store: SqlStore) -> None:
    with suppress(Undone), store.transaction() as books:
        books.note([AuditLine("sam", "approved", "case")], NOW)
        raise Undone
    with store.transaction() as books:
        books.note([AuditLine("sam", "rejected", "case")], NOW)
    with store.transaction() as books:
        assert [row.action for row in books.trail(ROWS, 9)] == ["rejected"]
        assert inspected(books, []).fault == ""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET actor = 'nobody' WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "UPDATE audit_head SET seq = seq - 1",
        "DELETE FROM audit_head",
    ],
)
def test_i3_the_database_itself_refuses_to_change_the_trail(store: SqlStore, sql: str) -> None:
    with pytest.raises((StoreFault, StoreUnavailable), match=REFUSED), store.transaction():
        execute(store, sql)
    with store.transaction() as books:
        assert inspected(books, []).fault == ""


def test_i3_every_tampering_is_found_and_the_first_broken_row_named(store: SqlStore) -> None:
    chance = random.Random(7)
    with store.transaction() as books:
        rows = books.trail(0, ROWS)
    for number in range(TAMPERINGS[dialect(store)]):
        tampering = KINDS[number % len(KINDS)](rows, chance)
        found = what_is_found(store, tampering, rows[-1])
        assert f"row {tampering.row} " in found, (number, tampering, found)


def test_i3_a_whole_end_written_anew_is_found_by_its_anchor_alone(store: SqlStore) -> None:
    with store.transaction() as books:
        rows = books.trail(0, ROWS)
    tampering = rehashed(rows, random.Random(3))
    kept = Anchor(rows[-1].seq, rows[-1].hash)
    with suppress(Undone), store.transaction() as books:
        tampered(store, tampering)
        assert inspected(books, []).fault == ""
        assert "is not as anchored" in inspected(books, [kept]).fault
        raise Undone


def test_a_walk_can_begin_in_the_middle(store: SqlStore) -> None:
    with store.transaction() as books:
        assert inspected(books, [], 41).rows == ROWS - 40


def test_programs_that_write_at_once_make_one_chain(
    empty_database: Databases, opened: Opener
) -> None:
    url = empty_database()
    stores = [opened(url, shared=True) for _ in range(3)]
    stores[0].prepare()

    def write(store: SqlStore) -> None:
        for n in range(20):
            with store.transaction() as books:
                books.note([AuditLine("sam", "act", str(n))] * 2, NOW)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, stores))
    with stores[0].transaction() as books:
        assert (inspected(books, []).rows, inspected(books, []).fault) == (120, "")


@dataclass(frozen=True)
class Tampering:
    """Statements, and the row that has to be named."""

    row: int
    sql: Sequence[str]


Rows = Sequence[AuditRow]


def edited(rows: Rows, chance: random.Random) -> Tampering:
    row, column = chance.choice(rows), chance.choice(COLUMNS[1:])
    new = row.at + 1 if column == "at" else f"'{chance.randrange(10**9)}'"
    return Tampering(row.seq, [f"UPDATE audit SET {column} = {new} WHERE seq = {row.seq}"])


def renumbered(rows: Rows, chance: random.Random) -> Tampering:
    row = chance.choice(rows)
    there = chance.choice([-5, 0, ROWS + 1, ROWS + 50])
    first = there if there < 1 else row.seq
    named = 1 if first < 1 else row.seq
    return Tampering(named, [f"UPDATE audit SET seq = {there} WHERE seq = {row.seq}"])


def deleted(rows: Rows, chance: random.Random) -> Tampering:
    row = chance.choice(rows)
    return Tampering(row.seq, [f"DELETE FROM audit WHERE seq = {row.seq}"])


def inserted(rows: Rows, chance: random.Random) -> Tampering:
    at = chance.randrange(1, ROWS + 1)
    like = chance.choice([row for row in rows if row.seq != at])
    moved = [
        f"UPDATE audit SET seq = seq + 1000 WHERE seq >= {at}",
        "UPDATE audit SET seq = seq - 999 WHERE seq > 1000",
    ]
    return Tampering(at, [*moved, insertion(replace(like, seq=at))])


def added(rows: Rows, chance: random.Random) -> Tampering:
    like = replace(chance.choice(rows), seq=ROWS + 1)
    honest = replace(like, hash=link(rows[-1].hash, facts(like)))
    return Tampering(ROWS + 1, [insertion(honest)])


def swapped(rows: Rows, chance: random.Random) -> Tampering:
    one, two = sorted(chance.sample(range(len(rows)), 2))
    a, b = rows[one], rows[two]
    sql = [f"DELETE FROM audit WHERE seq IN ({a.seq}, {b.seq})"]
    sql += [insertion(replace(a, seq=b.seq)), insertion(replace(b, seq=a.seq))]
    return Tampering(a.seq, sql)


def truncated(rows: Rows, chance: random.Random) -> Tampering:
    """From the end, with the head or without it."""
    last = chance.randrange(1, ROWS)
    sql = [f"DELETE FROM audit WHERE seq > {last}"]
    head = [f"UPDATE audit_head SET seq = {last}, hash = '{rows[last - 1].hash}'"]
    return Tampering(last + 1, sql + head * chance.randrange(2))


def rehashed(rows: Rows, chance: random.Random) -> Tampering:
    """A row is changed, and all after it linked anew: only the anchor at the end knows."""
    at = chance.randrange(1, ROWS + 1)
    previous, sql = rows[at - 2].hash if at > 1 else "0" * 64, []
    for row in rows[at - 1 :]:
        new = replace(row, actor="somebody") if row.seq == at else row
        previous = link(previous, facts(new))
        sql.append(
            f"UPDATE audit SET actor = '{new.actor}', hash = '{previous}' WHERE seq = {row.seq}"
        )
    return Tampering(ROWS, [*sql, f"UPDATE audit_head SET hash = '{previous}'"])


KINDS = (edited, edited, renumbered, deleted, inserted, added, swapped, truncated, rehashed)


def insertion(row: AuditRow) -> str:
    values = ", ".join(str(v) if isinstance(v, int) else f"'{v}'" for v in (*facts(row), row.hash))
    return f"INSERT INTO audit ({', '.join(COLUMNS)}) VALUES ({values})"


def what_is_found(store: SqlStore, tampering: Tampering, last: AuditRow) -> str:
    found = ""
    with suppress(Undone), store.transaction() as books:
        tampered(store, tampering)
        found = told(books, Anchor(last.seq, last.hash))
        raise Undone
    return f"{found} "


def told(books: Books, kept: Anchor) -> str:
    return inspected(books, [kept]).fault


def tampered(store: SqlStore, tampering: Tampering) -> None:
    """By somebody who owns the database: the guards go first."""
    for sql in UNGUARDED[dialect(store)]:
        execute(store, sql)
    for sql in tampering.sql:
        execute(store, sql)


def execute(store: SqlStore, sql: str) -> None:
    cursor: Any = store._engine._cursor  # type: ignore[attr-defined] # both engines have one
    cursor.execute(sql)


def dialect(store: SqlStore) -> str:
    return "postgresql" if store._engine.name.startswith("postgresql") else "sqlite"
