"""Each lookup of the port with the function that answers it from the ledger."""

import sqlite3
from collections.abc import Callable
from typing import assert_never

from adapters.ledger import mails, orders
from adapters.ledger.duties import duties
from dialogs.lookups import Answer, Duties, Lookup
from dialogs.mail_lookups import MailState, Recipients
from dialogs.order_lookups import Products, Quotations


def answer(books: sqlite3.Connection, lookup: Lookup, url: Callable[[int], str]) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id."""
    match lookup:
        case Duties():
            return duties(books, lookup, url)
        case Recipients():
            return mails.recipients(books, lookup)
        case MailState():
            return mails.fate(books, lookup)
        case Quotations():
            return orders.quotations(books, lookup, url)
        case Products():
            return orders.products(books, lookup)
        case _:
            assert_never(lookup)
