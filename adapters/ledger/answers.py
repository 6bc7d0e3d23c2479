"""Each lookup of the port with the function that answers it from the ledger."""

import sqlite3
from collections.abc import Callable
from typing import assert_never

from adapters.ledger import history
from adapters.ledger.duties import duties
from dialogs.customer_lookups import Colleagues, Contacts, History, Openings
from dialogs.lookups import Answer, Duties, Lookup


def answer(books: sqlite3.Connection, lookup: Lookup, url: Callable[[int], str]) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id."""
    match lookup:
        case Duties():
            return duties(books, lookup, url)
        case Contacts():
            return history.contacts(books, lookup)
        case Openings():
            return history.openings(books, lookup)
        case Colleagues():
            return history.colleagues(books, lookup)
        case History():
            return history.history(books, lookup)
        case _:
            assert_never(lookup)
