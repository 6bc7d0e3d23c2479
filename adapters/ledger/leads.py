"""Leads in the ledger: those that came in by themselves, and those a new one may be again."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final

from adapters.crm_rules.likeness import alike, rank
from dialogs.lead_lookups import (
    Duplicate,
    DuplicateList,
    Duplicates,
    NewLead,
    NewLeadList,
    NewLeads,
)

_ALL: Final = """
SELECT o.*, c.name AS company FROM opportunity o LEFT JOIN customer c ON c.id = o.customer
"""
OF_PEOPLE: Final = "came-"
"""Begins the key of an opportunity that no case of ours made."""
Url = Callable[[int], str]


def new_leads(books: sqlite3.Connection, asked: NewLeads, url: Url) -> NewLeadList:
    """Those that nobody recorded here, the oldest first."""
    question = f"{_ALL} WHERE o.came >= ? AND o.lost IS NULL ORDER BY o.id LIMIT ?"
    rows = books.execute(question, (asked.since, asked.limit)).fetchall()
    logins = {row["name"]: row["login"] for row in books.execute("SELECT * FROM staff")}
    return NewLeadList(tuple(_new(row, logins, url) for row in rows))


def _new(row: Any, logins: Mapping[str, str], url: Url) -> NewLead:
    told = _told(row)
    came = (told.get(name, "") for name in ("medium_id", "source_id", "campaign_id"))
    return NewLead(
        id=row["id"],
        title=row["title"],
        contact=told.get("contact_name", ""),
        company=row["company"] or told.get("partner_name", ""),
        email=told.get("email_from", ""),
        phone=told.get("phone", ""),
        source=" · ".join(filter(None, came)),
        text=told.get("description", ""),
        stars=int(told.get("priority") or 0),
        owner=logins.get(row["owner"], ""),
        owner_name=row["owner"],
        leader=row["leader"],
        customer=row["customer"],
        url=url(row["id"]),
    )


def _told(row: Any) -> dict[str, str]:
    return {name: value["cell"] for name, value in json.loads(row["fields"]).items()}


def duplicates(books: sqlite3.Connection, asked: Duplicates, url: Url) -> DuplicateList:
    """Open ones and lost ones; the likest first, then the latest."""
    rows = books.execute(f"{_ALL} ORDER BY o.id DESC").fetchall()
    found = [_duplicate(asked, row, url) for row in rows]
    like = sorted((one for one in found if one.like), key=lambda one: -rank(one.like))[
        : asked.limit
    ]
    return DuplicateList(tuple(like))


def _duplicate(asked: Duplicates, row: Any, url: Url) -> Duplicate:
    told = _told(row)
    contact, company = told.get("contact_name", ""), row["company"] or ""
    like = alike(
        asked,
        email=told.get("email_from", ""),
        phone=told.get("phone", ""),
        contact=contact,
        company=company,
        title=row["title"],
    )
    number, open_ = row["id"], row["lost"] is None
    return Duplicate(
        number, row["title"], contact, company, row["owner"], "", like, url(number), open_
    )


def come_in(
    books: sqlite3.Connection, title: str, fields: Mapping[str, str], at: int, leader: str
) -> int:
    """Add a lead as a website does: nobody's, under no case."""
    told = {name: {"cell": text, "text": text} for name, text in fields.items()}
    stage = books.execute("SELECT id FROM piece WHERE kind = 'stage' ORDER BY rowid").fetchone()
    (number,) = books.execute("SELECT coalesce(max(id), 0) + 1 FROM opportunity").fetchone()
    done = books.execute(
        "INSERT INTO opportunity (casekey, title, owner, stage, fields, tags, came, leader) "
        "VALUES (?, ?, '', ?, ?, '[]', ?, ?)",
        (
            f"{OF_PEOPLE}{at}-{number}",
            title,
            stage["id"] if stage else None,
            json.dumps(told),
            at,
            leader,
        ),
    )
    assert done.lastrowid is not None
    return done.lastrowid


def plan(  # noqa: PLR0917 - the columns, in their order
    books: sqlite3.Connection, opportunity: int, owner: str, summary: str, due: str, note: str
) -> None:
    """Add an activity that no delivery brought."""
    (number,) = books.execute("SELECT coalesce(max(rowid), 0) + 1 FROM activity").fetchone()
    books.execute(
        "INSERT INTO activity (key, opportunity, summary, due, note, owner) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (f"by-hand-{number}", opportunity, summary, due, note, owner),
    )
