"""The open activities of a colleague in the ledger, with the opportunity each is about."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from dialogs.lookups import Duties, Duty, DutyList

_OPEN = """
SELECT a.rowid AS number, a.*, o.title, o.fields, c.name AS customer
FROM activity a JOIN opportunity o ON o.id = a.opportunity LEFT JOIN customer c ON c.id = o.customer
WHERE a.done = 0 AND a.owner = ? AND (a.due <= ? OR a.rowid = ?) ORDER BY a.due, a.rowid
"""


def duties(books: sqlite3.Connection, asked: Duties, url: Callable[[int], str]) -> DutyList:
    """What is due first comes first; the ledger knows colleagues by their names."""
    facts = (asked.colleague.name, asked.until, asked.only or 0)
    rows = books.execute(_OPEN, facts).fetchall()
    if asked.only:
        rows = [row for row in rows if row["number"] == asked.only]
    told = rows[asked.skip :][: asked.limit]
    left = max(0, len(rows) - asked.skip - len(told))
    return DutyList(tuple(_duty(row, url) for row in told), left, min(asked.skip, len(rows)))


def _duty(row: Any, url: Callable[[int], str]) -> Duty:
    return Duty(
        id=row["number"],
        summary=row["summary"],
        due=row["due"],
        note=row["note"],
        opportunity=row["opportunity"],
        title=row["title"],
        customer=row["customer"] or "",
        stars=int(json.loads(row["fields"]).get("priority", {}).get("cell") or 0),
        url=url(row["opportunity"]),
    )
