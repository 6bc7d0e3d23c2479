"""What the ledger knows of a customer: open opportunities, the history for a briefing."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from adapters.crm_rules.names import contains
from adapters.crm_rules.telling import SCORES, WISHES, one_of, part, quoted
from adapters.ledger import customers, orders, pieces
from dialogs.crm import Customer
from dialogs.customer_lookups import (
    Choice,
    Choices,
    Colleagues,
    CustomerHistory,
    History,
    Opening,
    Openings,
    Past,
    Unknown,
)

Row = Any
"""A row of SQLite, by column."""


def openings(books: sqlite3.Connection, asked: Openings) -> Choices:
    """The newest first; those in a won stage are not open."""
    rows = [row for row in _opportunities(books, asked.customer) if _open(books, row)]
    told = rows[: asked.limit]
    return Choices(
        tuple(
            Choice(row["id"], row["title"], _stage(books, row), row["casekey"], row["owner"])
            for row in told
        )
    )


def colleagues(books: sqlite3.Connection, asked: Colleagues) -> Choices:
    """By name; their logins tell them apart."""
    rows = books.execute("SELECT * FROM staff ORDER BY name, id").fetchall()
    fitting = [row for row in rows if contains(row["name"], asked.words)][: asked.limit]
    return Choices(tuple(Choice(row["id"], row["name"], row["login"]) for row in fitting))


def history(books: sqlite3.Connection, asked: History) -> CustomerHistory | Choices | Unknown:
    """Everything about the customer's opportunities."""
    found = _named(books, asked.customer)
    if not isinstance(found, Customer):
        return found
    rows = _opportunities(books, found.id or 0)
    still = [row for row in rows if _open(books, row)]
    below = [row["id"] for row in rows]
    meetings, coming = _meetings(books, below, datetime.fromisoformat(asked.at))
    fields = [json.loads(row["fields"]) for row in rows]
    return CustomerHistory(
        customer=found,
        openings=tuple(_opening(books, row) for row in still[: asked.most]),
        more_openings=max(0, len(still) - asked.most),
        wishes=tuple(one[WISHES]["text"] for one in fields if one.get(WISHES, {}).get("text")),
        next=coming[0] if coming else None,
        meetings=part(meetings, asked.most),
        tasks=part(_tasks(books, below), asked.most),
        quotations=part(_quotations(books, below), asked.most),
        messages=part(_messages(books, below), asked.most),
    )


def _named(books: sqlite3.Connection, customer: Customer) -> Customer | Choices | Unknown:
    """The customer; several to choose from where the name fits them all."""
    if customer.id is not None:
        row = books.execute("SELECT * FROM customer WHERE id = ?", (customer.id,)).fetchone()
        return Customer(row["name"], row["id"]) if row else Unknown()
    return one_of(customers.search(books, customer.name, 8), customer.name)


def _opportunities(books: sqlite3.Connection, customer: int) -> list[sqlite3.Row]:
    question = "SELECT * FROM opportunity WHERE customer = ? ORDER BY id DESC"
    return books.execute(question, (customer,)).fetchall()


def _open(books: sqlite3.Connection, row: Row) -> bool:
    return not pieces.facts(books, "stage").get(row["stage"] or "", {}).get("won")


def _stage(books: sqlite3.Connection, row: Row) -> str:
    known = pieces.facts(books, "stage").get(row["stage"] or "")
    return str(known["names"][0]) if known else ""


def _opening(books: sqlite3.Connection, row: Row) -> Opening:
    cells = {name: told["cell"] for name, told in json.loads(row["fields"]).items()}
    chances, risks = (int(cells.get(name) or 0) for name in SCORES)
    revenue = float(cells.get("expected_revenue") or 0)
    return Opening(row["title"], _stage(books, row), revenue, chances, risks)


def _below(books: sqlite3.Connection, question: str, below: Sequence[int]) -> list[sqlite3.Row]:
    marks = ", ".join("?" * len(below))
    return books.execute(question.format(marks), tuple(below)).fetchall()


def _meetings(
    books: sqlite3.Connection, below: Sequence[int], now: datetime
) -> tuple[list[Past], list[Past]]:
    """Those that have been, the latest first; those to come, the next first."""
    rows = _below(books, "SELECT * FROM meeting WHERE opportunity IN ({})", below)
    rows.sort(key=lambda row: datetime.fromisoformat(row["start"]))
    been = [row for row in rows if datetime.fromisoformat(row["start"]) <= now]
    coming = rows[len(been) :]
    return [_met(row) for row in reversed(been)], [_met(row) for row in coming]


def _met(row: Row) -> Past:
    return Past(row["start"][:10], row["subject"])


def _tasks(books: sqlite3.Connection, below: Sequence[int]) -> list[Past]:
    question = "SELECT * FROM activity WHERE done = 0 AND opportunity IN ({}) ORDER BY due, rowid"
    rows = _below(books, question, below)
    return [Past(row["due"], row["summary"], row["owner"]) for row in rows]


def _quotations(books: sqlite3.Connection, below: Sequence[int]) -> list[Past]:
    question = (
        "SELECT q.*, n.at FROM quotation q JOIN note n ON n.key = q.key "
        "WHERE q.opportunity IN ({}) ORDER BY q.id DESC"
    )
    rows = _below(books, question, below)
    return [
        Past(row["at"][:10], quoted(orders.number(row["id"]), orders.total(row))) for row in rows
    ]


def _messages(books: sqlite3.Connection, below: Sequence[int]) -> list[Past]:
    """Title and first line of what was noted."""
    rows = _below(books, "SELECT * FROM note WHERE opportunity IN ({}) ORDER BY rowid DESC", below)
    return [Past(row["at"][:10], _noted(row), row["author"]) for row in rows]


def _noted(row: Row) -> str:
    return " ".join(
        [row["title"], *(f"{label}: {text}" for label, text in json.loads(row["rows"]))]
    )
