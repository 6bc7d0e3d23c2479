"""Users of the ledger: a name, a login, and the groups they are in."""

import sqlite3
from collections.abc import Collection

from dialogs.crm import Staff, Standing


def find(books: sqlite3.Connection, login: str) -> Staff | None:
    row = books.execute("SELECT * FROM staff WHERE login = ?", (login,)).fetchone()
    return Staff(row["name"], row["login"], row["id"]) if row else None


def standing(books: sqlite3.Connection, colleague: Staff, groups: Collection[str]) -> Standing:
    column, handle = ("id", colleague.user) if colleague.user else ("login", colleague.login)
    question = f"SELECT id FROM staff WHERE {column} = ?"  # noqa: S608 - one of two words of ours
    row = books.execute(question, (handle,)).fetchone()
    if row is None:
        return Standing(active=False)
    asked = books.execute('SELECT "group" FROM membership WHERE staff = ?', (row["id"],))
    return Standing(active=True, groups=frozenset(name for (name,) in asked) & frozenset(groups))


def add(books: sqlite3.Connection, name: str, login: str, groups: Collection[str]) -> Staff:
    """Add somebody, or change the name and the groups of the one with that login."""
    books.execute(
        "INSERT INTO staff (name, login) VALUES (?, ?) "
        "ON CONFLICT (login) DO UPDATE SET name = excluded.name",
        (name, login),
    )
    found = find(books, login)
    assert found is not None
    books.execute("DELETE FROM membership WHERE staff = ?", (found.user,))
    rows = [(found.user, group) for group in groups]
    books.executemany('INSERT INTO membership (staff, "group") VALUES (?, ?)', rows)
    return found
