"""One delivery into the ledger: everything in the caller's transaction, once for each key."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.crm_rules.attachments import attachments
from adapters.crm_rules.names import normal, title
from adapters.crm_rules.values import cells
from adapters.ledger import customers, mails, meetings, orders, pieces
from adapters.ledger.errands import see_to
from dialogs.crm import Activity, Closing, Delivery, Hands
from dialogs.errors import CrmRefused

GONE: Final = (
    "The opportunity of this case is no longer in the ledger: somebody deleted it. It is not made "
    "again behind their back: drop the delivery and begin a new case."
)

WON: Final = (
    "The opportunity is won in the ledger, and what is won can't be lost: move it to another stage "
    "first, then retry the delivery."
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
    _refuse_unknown_team(books, delivery.team)
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
    customers.known(books, opportunity, delivery.partner)
    _close(books, opportunity, delivery)
    _finish(books, delivery.finishes)
    if delivery.hands is not None:
        _hand(books, delivery.hands, delivery.owner.name)
    if delivery.errand is not None:
        see_to(books, delivery.errand)
    if delivery.activity is not None:
        _plan(books, opportunity, delivery, delivery.activity)
    if delivery.mail is not None:
        mails.keep(books, opportunity, delivery.key, delivery.mail)
    if delivery.order is not None:
        orders.make(books, opportunity, delivery.key, delivery.order)
    _won(books, opportunity, at)
    _note(books, opportunity, delivery, at)
    _hang(books, opportunity, delivery)


def _won(books: sqlite3.Connection, opportunity: int, at: datetime) -> None:
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
    row = found(books, delivery)
    if row is not None:
        _change(books, row, delivery, values)
        return int(row["id"])
    if delivery.lead is not None or _seen(books, delivery):
        raise CrmRefused(GONE)
    return _make(books, delivery, values, at)


def found(books: sqlite3.Connection, delivery: Delivery) -> Any:
    """The opportunity's row: by the case, or by its number where it stood there before."""
    if delivery.lead is not None:
        asked, handle = "SELECT * FROM opportunity WHERE id = ?", str(delivery.lead)
    else:
        asked, handle = "SELECT * FROM opportunity WHERE casekey = ?", delivery.case
    return books.execute(asked, (handle,)).fetchone()


def _seen(books: sqlite3.Connection, delivery: Delivery) -> bool:
    earlier = "SELECT 1 FROM delivery WHERE casekey = ?"
    return books.execute(earlier, (delivery.case,)).fetchone() is not None


def _make(books: sqlite3.Connection, delivery: Delivery, values: Values, at: datetime) -> int:
    customer = customers.settled(books, delivery.customer) if delivery.customer else None
    tags = [delivery.tag] if delivery.tag else []
    done = books.execute(
        "INSERT INTO opportunity (casekey, title, customer, owner, team, stage, fields, tags, "
        "created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            delivery.case,
            title(delivery.title),
            customer,
            delivery.owner.name,
            delivery.team or "",
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
    """Owner, title and a customer that is set belong to the people; the rest is written.

    Passed on, the opportunity has a new owner and a new team.
    """
    customer = row["customer"]
    if customer is None and delivery.customer is not None:
        customer = customers.settled(books, delivery.customer)
    takes = delivery.claim is not None and delivery.closing is None
    tags = [*json.loads(row["tags"]), *([delivery.tag] if delivery.tag else [])]
    tags = [one for one in tags if one != delivery.untag]
    passed = delivery.passed_on
    books.execute(
        "UPDATE opportunity SET customer = ?, owner = ?, team = ?, stage = ?, "
        "fields = ?, tags = ? WHERE id = ?",
        (
            customer,
            delivery.owner.name if takes or passed else row["owner"],
            (passed and delivery.team) or row["team"],
            delivery.stage or row["stage"],
            json.dumps(json.loads(row["fields"]) | dict(values)),
            json.dumps(list(dict.fromkeys(tags))),
            row["id"],
        ),
    )


def _close(books: sqlite3.Connection, opportunity: int, delivery: Delivery) -> None:
    """Lost, taken up again or won; the probability follows, unless the entry says one."""
    closing = delivery.closing
    if closing is not None:
        lost = _lost_reason(books, opportunity, closing)
        books.execute("UPDATE opportunity SET lost = ? WHERE id = ?", (lost, opportunity))
    won = pieces.facts(books, "stage").get(delivery.stage or "", {}).get("won")
    if won or (closing is not None and closing.state == "lost"):
        _expect(books, opportunity, "100" if won else "0")


def _lost_reason(books: sqlite3.Connection, opportunity: int, closing: Closing) -> str | None:
    """The reason's name as the ledger knows it; empty for none; None for one not lost."""
    if closing.state == "restored":
        return None
    row = books.execute("SELECT stage FROM opportunity WHERE id = ?", (opportunity,)).fetchone()
    if pieces.facts(books, "stage").get(row["stage"] or "", {}).get("won"):
        raise CrmRefused(WON)
    known = pieces.facts(books, "lost reason").values()
    names = {normal(name) for name in closing.reason.values()}
    fitting = (one for one in known if names & {normal(name) for name in one.values()})
    found = next(fitting, None)
    if found is None and closing.reason:
        raise CrmRefused(
            f"The ledger has no lost reason '{next(iter(closing.reason.values()))}'. Run "
            "`dealdesk odoo setup`, then retry."
        )
    return pieces.text(found, "en") if found else ""


def _expect(books: sqlite3.Connection, opportunity: int, percent: str) -> None:
    row = books.execute("SELECT fields FROM opportunity WHERE id = ?", (opportunity,)).fetchone()
    told = {"cell": percent, "text": f"{percent}%"}
    kept = json.dumps(json.loads(row["fields"]) | {"probability": told})
    books.execute("UPDATE opportunity SET fields = ? WHERE id = ?", (kept, opportunity))


def _refuse_unknown_stage(books: sqlite3.Connection, stage: str | None) -> None:
    if stage is not None and stage not in pieces.facts(books, "stage"):
        raise CrmRefused(
            f"The ledger has no stage '{stage}'. Run `dealdesk odoo setup`, then retry."
        )


def _refuse_unknown_team(books: sqlite3.Connection, team: str | None) -> None:
    if team is not None and normal(team) not in pieces.facts(books, "team"):
        raise CrmRefused(
            f"The ledger has no sales team '{team[:80]}'. Run `dealdesk odoo setup`, then retry."
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


def _hand(books: sqlite3.Connection, hands: Hands, to: str) -> None:
    """What is open and still with whoever had it."""
    books.executemany(
        "UPDATE activity SET owner = ? WHERE key = ? AND done = 0 AND owner = ?",
        [(to, key, hands.was.name) for key in hands.keys],
    )


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
