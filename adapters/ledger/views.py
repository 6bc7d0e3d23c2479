"""What a page shows of the ledger: frozen values; all that a person wrote is plain text."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.ledger import orders, pieces


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is called, and the value as a person reads it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    subject: str
    start: str
    """ISO 8601 with offset."""
    minutes: int
    location: str
    attendees: tuple[str, ...] = ()
    held: str = ""
    """That it took place, in the company's words; empty for one to come."""


@dataclass(frozen=True, slots=True)
class ShownActivity:
    key: str
    """Key of the delivery that brought it."""
    summary: str
    due: str
    """ISO date."""
    note: str
    owner: str
    done: bool


@dataclass(frozen=True, slots=True)
class ShownNote:
    title: str
    author: str
    at: str
    """ISO 8601 with offset."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ShownFile:
    key: str
    """Key of the delivery that brought it."""
    number: int
    name: str
    type: str
    """Media type, by its content."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class ShownMail:
    recipient: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    text: str
    quantity: str
    price: str
    """Of one, text of a decimal."""


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    number: str
    terms: str
    due: str
    """ISO date, or empty."""
    lines: tuple[ShownLine, ...]
    total: str
    """Untaxed, text of a decimal."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """All about one; meetings and activities by time, notes newest first."""

    id: int
    title: str
    customer: str
    customer_id: int | None
    owner: str
    stage: str
    """The stage's name."""
    tags: tuple[str, ...]
    fields: tuple[Row, ...]
    meetings: tuple[ShownMeeting, ...]
    activities: tuple[ShownActivity, ...]
    notes: tuple[ShownNote, ...]
    lost: str | None = None
    """Why it is lost; None for one that is not."""
    team: str = ""
    files: tuple[ShownFile, ...] = ()
    mails: tuple[ShownMail, ...] = ()
    quotations: tuple[ShownQuotation, ...] = ()


def all_of(books: sqlite3.Connection, language: str) -> tuple[Opportunity, ...]:
    """Every opportunity, the newest first."""
    rows = books.execute("SELECT * FROM opportunity ORDER BY id DESC").fetchall()
    return tuple(_opportunity(books, row, language) for row in rows)


def one_of(books: sqlite3.Connection, opportunity: int, language: str) -> Opportunity | None:
    row = _only(books, "SELECT * FROM opportunity WHERE id = ?", opportunity)
    return _opportunity(books, row, language) if row else None


def _opportunity(books: sqlite3.Connection, row: sqlite3.Row, language: str) -> Opportunity:
    customer = _only(books, "SELECT name FROM customer WHERE id = ?", row["customer"])
    below = (row["id"],)
    return Opportunity(
        row["id"],
        row["title"],
        customer["name"] if customer else "",
        row["customer"],
        row["owner"],
        _stage(books, row["stage"]),
        tuple(json.loads(row["tags"])),
        tuple(_fields(books, json.loads(row["fields"]), language)),
        tuple(_meeting(books, one) for one in books.execute(_MEETINGS, below).fetchall()),
        tuple(map(_activity, books.execute(_ACTIVITIES, below))),
        tuple(map(_note, books.execute(_NOTES, below))),
        row["lost"],
        row["team"],
        tuple(map(_file, books.execute(_FILES, below))),
        tuple(map(_mail, books.execute(_MAILS, below))),
        tuple(map(_quotation, books.execute(_QUOTATIONS, below))),
    )


_MEETINGS = "SELECT * FROM meeting WHERE opportunity = ? ORDER BY start, key"
_ACTIVITIES = "SELECT * FROM activity WHERE opportunity = ? ORDER BY due, key"
_MAILS = "SELECT * FROM email WHERE opportunity = ? ORDER BY rowid"
_QUOTATIONS = "SELECT * FROM quotation WHERE opportunity = ? ORDER BY id"
_NOTES = "SELECT * FROM note WHERE opportunity = ? ORDER BY rowid DESC"
_FILES = (
    "SELECT key, number, name, type, length(content) AS size FROM file WHERE opportunity = ? "
    "ORDER BY rowid"
)


def _only(books: sqlite3.Connection, question: str, value: int | None) -> sqlite3.Row | None:
    row: sqlite3.Row | None = books.execute(question, (value,)).fetchone()
    return row


def _stage(books: sqlite3.Connection, stage: str | None) -> str:
    known = pieces.facts(books, "stage").get(stage or "")
    return str(known["names"][0]) if known else stage or ""


def _fields(
    books: sqlite3.Connection, values: Mapping[str, Mapping[str, str]], language: str
) -> Iterable[Row]:
    for name, told in pieces.facts(books, "field").items():
        if values.get(name, {}).get("cell"):
            yield Row(pieces.text(told["label"], language), values[name]["text"])


def _meeting(books: sqlite3.Connection, row: Any) -> ShownMeeting:
    names = tuple(sorted({*_attending(books, row["key"]), *_planned(books, row["key"])}))
    told = (row["subject"], row["start"], row["minutes"], row["location"])
    return ShownMeeting(*told, names, row["held"])


def _attending(books: sqlite3.Connection, meeting: str) -> Iterable[str]:
    asked = "SELECT name FROM attendance WHERE meeting = ?"
    return (name for (name,) in books.execute(asked, (meeting,)))


def _planned(books: sqlite3.Connection, meeting: str) -> Iterable[str]:
    """Who the calendar says comes to a meeting that people planned."""
    asked = "SELECT people FROM calendar WHERE meeting = ?"
    for (people,) in books.execute(asked, (meeting,)):
        answers = json.loads(people).items()
        yield from (name for name, answer in answers if answer in {"guest", "colleague"})


def _activity(row: Any) -> ShownActivity:
    told = (row["key"], row["summary"], row["due"], row["note"], row["owner"])
    return ShownActivity(*told, done=bool(row["done"]))


def _file(row: Any) -> ShownFile:
    return ShownFile(row["key"], row["number"], row["name"], row["type"], row["size"])


def _note(row: Any) -> ShownNote:
    rows = tuple(Row(label, text) for label, text in json.loads(row["rows"]))
    return ShownNote(row["title"], row["author"], row["at"], rows)


def content(books: sqlite3.Connection, key: str, number: int) -> tuple[str, bytes] | None:
    """Media type and content of a file."""
    asked = "SELECT type, content FROM file WHERE key = ? AND number = ?"
    row = books.execute(asked, (key, number)).fetchone()
    return (row["type"], row["content"]) if row else None


def _mail(row: Any) -> ShownMail:
    return ShownMail(row["recipient"], row["address"], row["subject"], row["body"])


def _quotation(row: Any) -> ShownQuotation:
    lines = tuple(ShownLine(**line) for line in json.loads(row["lines"]))
    number = orders.number(row["id"])
    return ShownQuotation(number, row["terms"], row["due"], lines, str(orders.total(row)))
