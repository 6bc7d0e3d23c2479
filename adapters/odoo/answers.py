"""Each lookup of the port with the function that answers it from Odoo."""

from collections.abc import Callable
from functools import partial
from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.odoo import choices, contacts, figures, mails
from adapters.odoo.calendar import agenda
from adapters.odoo.driver import Session
from adapters.odoo.duties import duties
from adapters.odoo.history import history
from adapters.odoo.leads import duplicates, new_leads
from adapters.odoo.people import People
from adapters.odoo.products import products
from adapters.odoo.quotations import quotations
from dialogs.agenda import Agenda
from dialogs.customer_lookups import Colleagues, Contacts, History, Openings
from dialogs.lead_lookups import Duplicates, NewLeads
from dialogs.lookups import Answer, Duties, Lookup
from dialogs.lookups_figures import Figures, Pipeline
from dialogs.mail_lookups import MailState
from dialogs.order_lookups import Products, Quotations

Url = Callable[[str, int], str]


def answer(  # noqa: C901, PLR0911, PLR0912 - one return for each lookup
    odoo: Session, people: People, lookup: Lookup, url: Url, zone: ZoneInfo
) -> Answer:
    """Read it. `url` makes the address of a record from its model and id; `zone` is ours."""
    match lookup:
        case Duties():
            (user,) = people.find(odoo, lookup.colleague)
            return duties(odoo, user, lookup, partial(url, "crm.lead"))
        case NewLeads():
            return new_leads(odoo, lookup, partial(url, "crm.lead"))
        case Duplicates():
            return duplicates(odoo, lookup, partial(url, "crm.lead"))
        case Agenda():
            return agenda(odoo, people, lookup)
        case Pipeline():
            (user,) = people.find(odoo, lookup.colleague)
            return figures.pipeline(odoo, user, lookup)
        case Figures():
            (user,) = people.find(odoo, lookup.colleague)
            return figures.figures(odoo, user, lookup, zone)
        case MailState():
            return mails.fate(odoo, lookup)
        case Quotations():
            return quotations(odoo, lookup, url)
        case Products():
            return products(odoo, lookup)
        case Contacts():
            return contacts.listed(odoo, lookup)
        case Openings():
            return choices.openings(odoo, lookup)
        case Colleagues():
            return choices.colleagues(odoo, lookup)
        case History():
            return history(odoo, lookup)
        case _:
            assert_never(lookup)
