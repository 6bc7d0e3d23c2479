"""Each lookup of the port with the function that answers it from Odoo."""

from collections.abc import Callable
from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.odoo import figures
from adapters.odoo.driver import Session
from adapters.odoo.duties import duties
from adapters.odoo.people import People
from dialogs.lookups import Answer, Duties, Lookup
from dialogs.lookups_figures import Figures, Pipeline


def answer(
    odoo: Session, people: People, lookup: Lookup, url: Callable[[int], str], zone: ZoneInfo
) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id; `zone` is the company's."""
    match lookup:
        case Duties():
            (user,) = people.find(odoo, lookup.colleague)
            return duties(odoo, user, lookup, url)
        case Pipeline():
            (user,) = people.find(odoo, lookup.colleague)
            return figures.pipeline(odoo, user, lookup)
        case Figures():
            (user,) = people.find(odoo, lookup.colleague)
            return figures.figures(odoo, user, lookup, zone)
        case _:
            assert_never(lookup)
