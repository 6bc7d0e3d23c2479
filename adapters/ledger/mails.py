"""E-mails in the ledger: kept for the page and to be copied; the ledger sends none."""

import sqlite3

from dialogs.crm import Mail
from dialogs.mail_lookups import MailFate, MailState, Recipient, RecipientList, Recipients


def keep(books: sqlite3.Connection, opportunity: int, key: str, mail: Mail) -> None:
    facts = (key, opportunity, mail.name, mail.to, mail.subject, mail.body)
    books.execute("INSERT INTO email VALUES (?, ?, ?, ?, ?, ?)", facts)


def fate(books: sqlite3.Connection, asked: MailState) -> MailFate:
    row = books.execute("SELECT 1 FROM email WHERE key = ?", (asked.key,)).fetchone()
    return MailFate(asked.key, "unsent" if row else "gone")


def recipients(books: sqlite3.Connection, asked: Recipients) -> RecipientList:
    """The contacts of the customer, then its own address."""
    customer = _customer(books, asked)
    rows = books.execute(
        "SELECT id, name, email FROM contact WHERE customer = ? AND email != '' ORDER BY name, id",
        (customer,),
    ).fetchall()
    rows += books.execute(
        "SELECT id, name, email FROM customer WHERE id = ? AND email != ''", (customer,)
    ).fetchall()
    told = (Recipient(row["id"], row["name"], row["email"]) for row in rows[: asked.limit])
    return RecipientList(tuple(told))


def _customer(books: sqlite3.Connection, asked: Recipients) -> int | None:
    found = books.execute(
        "SELECT customer FROM opportunity WHERE casekey = ?", (asked.case,)
    ).fetchone()
    if found is not None and found["customer"] is not None:
        return int(found["customer"])
    return asked.customer.id if asked.customer else None


def add_contact(books: sqlite3.Connection, customer: int, name: str, email: str) -> int:
    """Add somebody at a customer, as a person would, and return the id."""
    added = "INSERT INTO contact (customer, name, email) VALUES (?, ?, ?)"
    done = books.execute(added, (customer, name, email))
    assert done.lastrowid is not None
    return done.lastrowid
