"""The ledger's companies: added, looked for, found again by their exact name."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Final

from adapters.crm_rules.names import contains, likeness, normal, searchable, tidy
from dialogs.crm import Customer, Value
from dialogs.errors import CrmRefused
from dialogs.events import Hit

TAGS: Final = "category_id"
EXAMPLES: Final = (
    ("Airbus Operations GmbH", "Hamburg", ""),
    ("Airbus Helicopters Deutschland GmbH", "Donauwörth", ""),
    ("Deutsche Aircraft GmbH", "Weßling", ""),
    ("Elbe Flugzeugwerke GmbH", "Dresden", ""),
    ("Meyer Werft GmbH & Co. KG", "Papenburg", ""),
    ("Müller AG", "Leipzig", ""),
    ("Müller GmbH", "Dresden", ""),
    ("Premium Aerotec GmbH", "Augsburg", ""),
    ("Société Aéronautique Exemple", "Toulouse", ""),
)
"""Something to find in a demo: name, city, e-mail."""


def add(books: sqlite3.Connection, name: str, city: str = "", email: str = "") -> int:
    """Add a company, whether or not there is one of that name, and return its id."""
    done = books.execute(
        "INSERT INTO customer (name, normal, city, email) VALUES (?, ?, ?, ?)",
        (tidy(name), normal(name), city, email),
    )
    assert done.lastrowid is not None
    return done.lastrowid


def add_examples(books: sqlite3.Connection) -> None:
    """Add the examples to a ledger that has no company yet."""
    (count,) = books.execute("SELECT count(*) FROM customer").fetchone()
    if not count:
        for name, city, email in EXAMPLES:
            add(books, name, city, email)


def search(books: sqlite3.Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Companies that have all the words in their name, the best first."""
    if not searchable(words):
        return ()
    rows = books.execute("SELECT id, name, city, email FROM customer")
    fitting = [row for row in rows if contains(row["name"], words)]
    best = sorted(fitting, key=lambda row: (-likeness(row["name"], words), row["name"], row["id"]))
    return tuple(Hit(row["id"], row["name"], row["city"] or row["email"]) for row in best[:limit])


def settled(books: sqlite3.Connection, customer: Customer) -> int:
    """Return the id of the company: the chosen one, the one of that very name, or a new one.

    Raises:
        CrmRefused: the chosen one is gone.
    """
    if customer.id is not None:
        return _chosen(books, customer.id)
    same = "SELECT id FROM customer WHERE normal = ? ORDER BY id"
    found = books.execute(same, (normal(customer.name),)).fetchone()
    return int(found["id"]) if found else add(books, customer.name)


def _chosen(books: sqlite3.Connection, customer: int) -> int:
    if books.execute("SELECT 1 FROM customer WHERE id = ?", (customer,)).fetchone() is None:
        raise CrmRefused(
            f"The ledger has no customer {customer} any more. Record the entry anew with another "
            "one, then drop this delivery."
        )
    return customer


def known(books: sqlite3.Connection, opportunity: int, facts: Mapping[str, Value]) -> None:
    """Keep what was learnt of the opportunity's company; a tag is added to those it has."""
    row = books.execute(
        "SELECT c.id, c.facts FROM customer c JOIN opportunity o ON o.customer = c.id "
        "WHERE o.id = ?",
        (opportunity,),
    ).fetchone()
    if row is None or not facts:
        return
    there = json.loads(row["facts"])
    told = {name: one.text for name, one in facts.items()}
    if TAGS in told:
        tags = [*filter(None, there.get(TAGS, "").split(", ")), told[TAGS]]
        told[TAGS] = ", ".join(dict.fromkeys(tags))
    kept = json.dumps(there | told)
    books.execute("UPDATE customer SET facts = ? WHERE id = ?", (kept, row["id"]))
