"""The open activities of a colleague in the ledger, with the opportunity each is about."""

import sqlite3
from collections.abc import Callable
from typing import Any

from dialogs.lookups import Duties, Duty, DutyList

_OPEN = """
SELECT a.rowid AS number, a.*, o.title, c.name AS customer
FROM activity a JOIN opportunity o ON o.id = a.opportunity LEFT JOIN customer c ON c.id = o.customer
WHERE a.done = 0 AND a.owner = ? AND a.due <= ? ORDER BY a.due, a.rowid
"""


def duties(books: sqlite3.Connection, asked: Duties, url: Callable[[int], str]) -> DutyList:
    """What is due first comes first; the ledger knows colleagues by their names."""
    rows = books.execute(_OPEN, (asked.colleague.name, asked.until)).fetchall()
    told = rows[: asked.limit]
    return DutyList(tuple(_duty(row, url) for row in told), len(rows) - len(told))


def _duty(row: Any, url: Callable[[int], str]) -> Duty:
    return Duty(
        id=row["number"],
        summary=row["summary"],
        due=row["due"],
        note=row["note"],
        opportunity=row["opportunity"],
        title=row["title"],
        customer=row["customer"] or "",
        stars=0,
        url=url(row["opportunity"]),
    )
