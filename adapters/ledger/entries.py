"""One delivery into the ledger: everything in the caller's transaction, once for each key."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.crm_rules.attachments import attachments
from adapters.crm_rules.names import title
from adapters.crm_rules.values import cells
from adapters.ledger import customers, mails, meetings, orders, pieces
from dialogs.crm import Activity, Delivery
from dialogs.errors import CrmRefused

GONE: Final = (
    "The opportunity of this case is no longer in the ledger: somebody deleted it. It is not made "
    "again behind their back: drop the delivery and begin a new case."
)

Values = Mapping[str, Mapping[str, str]]
"""By field: `cell`, plain for programs, and `text`, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Stands:
    opportunity: int
    customer: int | None


def stands(books: sqlite3.Connection, key: str) -> Stands | None:
    """Return where the delivery of that key stands, or None."""
    row = books.execute(
        "SELECT o.id, o.customer FROM delivery d JOIN opportunity o ON o.id = d.opportunity "
        "WHERE d.key = ?",
        (key,),
    ).fetchone()
    return Stands(row["id"], row["customer"]) if row else None


def enter(books: sqlite3.Connection, delivery: Delivery, at: datetime, zone: ZoneInfo) -> None:
    """Write the delivery.

    Raises:
        CrmRefused: the stage is unknown, a value does not fit, the opportunity was deleted.
    """
    _refuse_unknown_stage(books, delivery.stage)
    values = {
        name: {"cell": cell, "text": delivery.opportunity[name].text if cell else ""}
        for name, cell in cells(delivery.opportunity, pieces.fields(books), zone).items()
    }
    opportunity = _opportunity(books, delivery, values, at)
    books.execute(
        "INSERT INTO delivery (key, casekey, opportunity) VALUES (?, ?, ?)",
        (delivery.key, delivery.case, opportunity),
    )
    if delivery.meeting is not None:
        meetings.meet(books, opportunity, delivery, delivery.meeting, zone)
    meetings.attend(books, opportunity, delivery)
    _finish(books, delivery.finishes)
    if delivery.activity is not None:
        _plan(books, opportunity, delivery, delivery.activity)
    if delivery.mail is not None:
        mails.keep(books, opportunity, delivery.key, delivery.mail)
    if delivery.order is not None:
        orders.make(books, opportunity, delivery.key, delivery.order)
    _close(books, opportunity, at)
    _note(books, opportunity, delivery, at)
    _hang(books, opportunity, delivery)


def _close(books: sqlite3.Connection, opportunity: int, at: datetime) -> None:
    """Note when it was won."""
    won = [stage for stage, told in pieces.facts(books, "stage").items() if told["won"]]
    places = ", ".join("?" * len(won))
    books.execute(
        f"UPDATE opportunity SET closed = ? WHERE id = ? AND closed = '' AND stage IN ({places})",  # noqa: S608 - question marks
        (at.isoformat(), opportunity, *won),
    )


def _opportunity(
    books: sqlite3.Connection, delivery: Delivery, values: Values, at: datetime
) -> int:
    row = _row(books, delivery)
    if row is None and delivery.existing is not None:
        raise CrmRefused(GONE)
    if row is not None:
        _change(books, row, delivery, values)
        return int(row["id"])
    if _seen(books, delivery):
        raise CrmRefused(GONE)
    return _make(books, delivery, values, at)


def _row(books: sqlite3.Connection, delivery: Delivery) -> sqlite3.Row | None:
    """The case's own opportunity, or the one that was there before it."""
    column, key = "casekey", delivery.case
    if delivery.existing is not None:
        column, key = "id", str(delivery.existing)
    question = f"SELECT * FROM opportunity WHERE {column} = ?"  # noqa: S608 - one of two words of ours
    row: sqlite3.Row | None = books.execute(question, (key,)).fetchone()
    return row


def _seen(books: sqlite3.Connection, delivery: Delivery) -> bool:
    earlier = "SELECT 1 FROM delivery WHERE casekey = ?"
    return books.execute(earlier, (delivery.case,)).fetchone() is not None


def _make(books: sqlite3.Connection, delivery: Delivery, values: Values, at: datetime) -> int:
    customer = customers.settled(books, delivery.customer) if delivery.customer else None
    tags = [delivery.tag] if delivery.tag else []
    done = books.execute(
        "INSERT INTO opportunity (casekey, title, customer, owner, stage, fields, tags, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            delivery.case,
            title(delivery.title),
            customer,
            delivery.owner.name,
            delivery.stage or next(iter(pieces.facts(books, "stage")), None),
            json.dumps(values),
            json.dumps(tags),
            at.isoformat(),
        ),
    )
    assert done.lastrowid is not None
    return done.lastrowid


def _change(
    books: sqlite3.Connection, row: sqlite3.Row, delivery: Delivery, values: Values
) -> None:
    """Owner, title and a customer that is set belong to the people; the rest is written."""
    customer = row["customer"]
    if customer is None and delivery.customer is not None:
        customer = customers.settled(books, delivery.customer)
    tags = [*json.loads(row["tags"]), *([delivery.tag] if delivery.tag else [])]
    books.execute(
        "UPDATE opportunity SET customer = ?, stage = ?, fields = ?, tags = ? WHERE id = ?",
        (
            customer,
            delivery.stage or row["stage"],
            json.dumps(json.loads(row["fields"]) | dict(values)),
            json.dumps(list(dict.fromkeys(tags))),
            row["id"],
        ),
    )


def _refuse_unknown_stage(books: sqlite3.Connection, stage: str | None) -> None:
    if stage is not None and stage not in pieces.facts(books, "stage"):
        raise CrmRefused(
            f"The ledger has no stage '{stage}'. Run `dealdesk odoo setup`, then retry."
        )


def _plan(
    books: sqlite3.Connection, opportunity: int, delivery: Delivery, activity: Activity
) -> None:
    facts: tuple[Any, ...] = (delivery.key, opportunity, activity.summary, _day(activity.due))
    books.execute(
        "INSERT INTO activity (key, opportunity, summary, due, note, owner) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (*facts, activity.note, delivery.owner.name),
    )


def _finish(books: sqlite3.Connection, keys: tuple[str, ...]) -> None:
    books.executemany("UPDATE activity SET done = 1 WHERE key = ?", [(key,) for key in keys])


def _note(books: sqlite3.Connection, opportunity: int, delivery: Delivery, at: datetime) -> None:
    note = delivery.note
    facts = (delivery.key, opportunity, delivery.author.name, note.title, json.dumps(note.rows))
    books.execute("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?)", (*facts, at.isoformat()))


def _hang(books: sqlite3.Connection, opportunity: int, delivery: Delivery) -> None:
    books.executemany(
        "INSERT INTO file (key, number, opportunity, name, type, content) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (delivery.key, one.number, opportunity, one.name, one.type, one.content)
            for one in attachments(delivery)
        ],
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CrmRefused(
            f"'{text[:40]}' is no date as ISO 8601 writes them. This is a fault of the program or "
            "of the playbook: report it, then drop the delivery."
        ) from None
