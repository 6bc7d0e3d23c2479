"""Each lookup of the port with the function that answers it from the ledger."""

import sqlite3
from collections.abc import Callable
from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.ledger import contacts, figures, history, mails, orders
from adapters.ledger.calendar import agenda
from adapters.ledger.duties import duties
from adapters.ledger.leads import duplicates, new_leads
from dialogs.agenda import Agenda
from dialogs.customer_lookups import Colleagues, Contacts, History, Openings
from dialogs.lead_lookups import Duplicates, NewLeads
from dialogs.lookups import Answer, Duties, Lookup
from dialogs.lookups_figures import Figures, Pipeline
from dialogs.mail_lookups import MailState
from dialogs.order_lookups import Products, Quotations


def answer(  # noqa: C901, PLR0911, PLR0912 - one return for each lookup
    books: sqlite3.Connection, lookup: Lookup, url: Callable[[int], str], zone: ZoneInfo
) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id; `zone` is the company's."""
    match lookup:
        case Duties():
            return duties(books, lookup, url)
        case NewLeads():
            return new_leads(books, lookup, url)
        case Duplicates():
            return duplicates(books, lookup, url)
        case Agenda():
            return agenda(books, lookup)
        case Pipeline():
            return figures.pipeline(books, lookup)
        case Figures():
            return figures.figures(books, lookup, zone)
        case MailState():
            return mails.fate(books, lookup)
        case Quotations():
            return orders.quotations(books, lookup, url)
        case Products():
            return orders.products(books, lookup)
        case Contacts():
            return contacts.listed(books, lookup)
        case Openings():
            return history.openings(books, lookup)
        case Colleagues():
            return history.colleagues(books, lookup)
        case History():
            return history.history(books, lookup)
        case _:
            assert_never(lookup)
