"""Activities and leads that people made in the ledger, seen to unless somebody was faster there."""

import sqlite3
from typing import Any

from dialogs.crm import Claim, Delivery, Errand, Overtaken
from dialogs.lookups import STARTED


def overtaken(books: sqlite3.Connection, delivery: Delivery, opportunity: Any) -> Overtaken | None:
    """What somebody did that the delivery would undo; None when it can be made.

    `opportunity` is its row, or None.
    """
    if delivery.errand is None and delivery.claim is None:
        return None
    if opportunity is None:
        return Overtaken("gone")
    if delivery.errand is not None:
        return _errand(books, delivery.errand, delivery)
    assert delivery.claim is not None
    return _claim(delivery.claim, delivery, opportunity)


def _errand(books: sqlite3.Connection, errand: Errand, delivery: Delivery) -> Overtaken | None:
    asked = "SELECT * FROM activity WHERE rowid = ? AND opportunity = ?"
    row = books.execute(asked, (errand.activity, delivery.lead)).fetchone()
    if row is None:
        return Overtaken("gone")
    if row["done"]:
        return Overtaken("done")
    if row["owner"] != delivery.owner.name:
        return Overtaken("given", row["owner"])
    return Overtaken("moved", row["due"]) if row["due"] != errand.due else None


def _claim(claim: Claim, delivery: Delivery, row: Any) -> Overtaken | None:
    if row["owner"] not in {"", claim.was, delivery.owner.name}:
        return Overtaken("taken", row["owner"])
    return None if row["lost"] is None else Overtaken("closed")


def see_to(books: sqlite3.Connection, errand: Errand) -> None:
    """Change the activity."""
    changes = {
        "complete": ("done = 1, feedback = ?, finished = ?", (errand.result, errand.day)),
        "reschedule": ("due = ?", (errand.day,)),
        "hand_on": ("owner = ?", (errand.to.name if errand.to else "",)),
        "start": ("summary = ?", (f"{STARTED}{errand.summary}",)),
    }
    change, values = changes[errand.what]
    question = f"UPDATE activity SET {change} WHERE rowid = ?"  # noqa: S608 - words of ours
    books.execute(question, (*values, errand.activity))
