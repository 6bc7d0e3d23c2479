"""Each lookup of the port with the function that answers it from Odoo."""

from collections.abc import Callable
from typing import assert_never

from adapters.odoo.calendar import agenda
from adapters.odoo.driver import Session
from adapters.odoo.duties import duties
from adapters.odoo.leads import duplicates, new_leads
from adapters.odoo.people import People
from dialogs.agenda import Agenda
from dialogs.lead_lookups import Duplicates, NewLeads
from dialogs.lookups import Answer, Duties, Lookup


def answer(odoo: Session, people: People, lookup: Lookup, url: Callable[[int], str]) -> Answer:
    """Read it. `url` makes the address of an opportunity from its id."""
    match lookup:
        case Duties():
            (user,) = people.find(odoo, lookup.colleague)
            return duties(odoo, user, lookup, url)
        case NewLeads():
            return new_leads(odoo, lookup, url)
        case Duplicates():
            return duplicates(odoo, lookup, url)
        case Agenda():
            return agenda(odoo, people, lookup)
        case _:
            assert_never(lookup)
