"""Each lookup of the port with the function that answers it from Odoo."""

from collections.abc import Callable
from typing import assert_never

from adapters.odoo import choices
from adapters.odoo.driver import Session
from adapters.odoo.duties import duties
from adapters.odoo.history import history
from adapters.odoo.people import People
from dialogs.customer_lookups import Colleagues, Contacts, History, Openings
from dialogs.lookups import Answer, Duties, Lookup


def answer(odoo: Session, people: People, lookup: Lookup, url: Callable[[int], str]) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id."""
    match lookup:
        case Duties():
            (user,) = people.find(odoo, lookup.colleague)
            return duties(odoo, user, lookup, url)
        case Contacts():
            return choices.contacts(odoo, lookup)
        case Openings():
            return choices.openings(odoo, lookup)
        case Colleagues():
            return choices.colleagues(odoo, lookup)
        case History():
            return history(odoo, lookup)
        case _:
            assert_never(lookup)
