"""The people at a customer's: those whom one meets and those whom one writes to are the same."""

import sqlite3
from typing import Any

from adapters.crm_rules.names import normal, tidy
from dialogs.crm import Contact
from dialogs.customer_lookups import ContactList, Contacts, KnownContact, Subject


def listed(books: sqlite3.Connection, asked: Contacts) -> ContactList:
    """By name, then the company with its own address."""
    customer = _customer(books, asked)
    question = "SELECT * FROM contact WHERE customer = ? ORDER BY name, id LIMIT ?"
    rows = books.execute(question, (customer, asked.limit)).fetchall()
    told = (KnownContact(row["id"], row["name"], "", row["email"]) for row in rows)
    own = books.execute("SELECT * FROM customer WHERE id = ?", (customer,)).fetchone()
    company = KnownContact(own["id"], own["name"], "", own["email"]) if own else None
    return ContactList(tuple(told), company)


def _customer(books: sqlite3.Connection, asked: Contacts) -> int | None:
    """Whose the opportunity is now; the one that was named, where there is none yet."""
    number = opportunity(books, asked.case) if asked.case else None
    return (customer_of(books, number) if number else None) or asked.customer


def opportunity(books: sqlite3.Connection, case: Subject) -> int | None:
    """Id of the opportunity that a case is about."""
    if case.lead is not None:
        return case.lead
    row = books.execute("SELECT id FROM opportunity WHERE casekey = ?", (case.case,)).fetchone()
    return int(row["id"]) if row else None


def customer_of(books: sqlite3.Connection, opportunity: int) -> int | None:
    question = "SELECT customer FROM opportunity WHERE id = ?"
    row = books.execute(question, (opportunity,)).fetchone()
    return int(row["customer"]) if row and row["customer"] is not None else None


def named(books: sqlite3.Connection, customer: int | None, contact: Contact) -> str:
    """The name of the contact; one who is not there yet is added to the customer's.

    Whoever stands there under that name without an address has this one from now on.
    """
    found = books.execute("SELECT name FROM contact WHERE id = ?", (contact.id,)).fetchone()
    if found:
        return str(found["name"])
    if customer is None:
        return tidy(contact.name)
    same = _namesakes(books, customer, contact)
    if not same:
        add(books, customer, contact)
    elif contact.email and not same[0]["email"]:
        _address(books, same[0], contact)
    return tidy(contact.name)


def _namesakes(books: sqlite3.Connection, customer: int, contact: Contact) -> list[Any]:
    rows = books.execute("SELECT * FROM contact WHERE customer = ? ORDER BY id", (customer,))
    return [row for row in rows if normal(row["name"]) == normal(contact.name)]


def _address(books: sqlite3.Connection, row: Any, contact: Contact) -> None:
    books.execute("UPDATE contact SET email = ? WHERE id = ?", (contact.email, row["id"]))


def addressed(books: sqlite3.Connection, customer: int | None, contact: Contact) -> None:
    """See that one of the customer's has this address: a namesake without one, or somebody new."""
    if customer is None:
        return
    asked = "SELECT 1 FROM {} WHERE {} = ? AND lower(email) = ?"
    facts = (customer, contact.email.lower())
    tables = (("contact", "customer"), ("customer", "id"))
    if any(books.execute(asked.format(*one), facts).fetchone() for one in tables):
        return
    bare = [row for row in _namesakes(books, customer, contact) if not row["email"]]
    if bare:
        _address(books, bare[0], contact)
    else:
        add(books, customer, contact)


def add(books: sqlite3.Connection, customer: int, contact: Contact) -> int:
    """Add somebody at a customer, and return the id."""
    added = "INSERT INTO contact (customer, name, email, phone) VALUES (?, ?, ?, ?)"
    facts = (customer, tidy(contact.name), contact.email, contact.phone)
    done = books.execute(added, facts)
    assert done.lastrowid is not None
    return done.lastrowid
