"""Each lookup of the port with the function that answers it from the ledger."""

import sqlite3
from collections.abc import Callable
from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.ledger import figures
from adapters.ledger.duties import duties
from dialogs.lookups import Answer, Duties, Lookup
from dialogs.lookups_figures import Figures, Pipeline


def answer(
    books: sqlite3.Connection, lookup: Lookup, url: Callable[[int], str], zone: ZoneInfo
) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id; `zone` is the company's."""
    match lookup:
        case Duties():
            return duties(books, lookup, url)
        case Pipeline():
            return figures.pipeline(books, lookup)
        case Figures():
            return figures.figures(books, lookup, zone)
        case _:
            assert_never(lookup)
