"""Each lookup of the port with the function that answers it from the ledger."""

import sqlite3
from collections.abc import Callable
from typing import assert_never

from adapters.ledger.calendar import agenda
from adapters.ledger.duties import duties
from adapters.ledger.leads import duplicates, new_leads
from dialogs.agenda import Agenda
from dialogs.lead_lookups import Duplicates, NewLeads
from dialogs.lookups import Answer, Duties, Lookup


def answer(books: sqlite3.Connection, lookup: Lookup, url: Callable[[int], str]) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id."""
    match lookup:
        case Duties():
            return duties(books, lookup, url)
        case NewLeads():
            return new_leads(books, lookup, url)
        case Duplicates():
            return duplicates(books, lookup, url)
        case Agenda():
            return agenda(books, lookup)
        case _:
            assert_never(lookup)
