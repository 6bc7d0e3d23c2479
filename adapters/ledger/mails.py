"""E-mails in the ledger: kept for the page and to be copied; the ledger sends none."""

import sqlite3

from adapters.ledger import contacts
from dialogs.crm import Contact, Mail
from dialogs.mail_lookups import MailFate, MailState


def keep(books: sqlite3.Connection, opportunity: int, key: str, mail: Mail) -> None:
    facts = (key, opportunity, mail.name, mail.to, mail.subject, mail.body)
    books.execute("INSERT INTO email VALUES (?, ?, ?, ?, ?, ?)", facts)
    written_to = Contact(mail.name or mail.to, mail.contact, mail.to)
    contacts.addressed(books, contacts.customer_of(books, opportunity), written_to)


def fate(books: sqlite3.Connection, asked: MailState) -> MailFate:
    row = books.execute("SELECT 1 FROM email WHERE key = ?", (asked.key,)).fetchone()
    return MailFate(asked.key, "unsent" if row else "gone")
