"""What the CRM knows when it is asked to read: the same to everybody, whatever was entered.

What is read is no question of exactly-once; the answers are such that dialogues go on with them.
"""

from zlib import crc32

from dialogs.agenda import Engagement, MeetingList
from dialogs.crm import Customer
from dialogs.customer_lookups import Choice, Choices, Openings
from dialogs.entries import staff
from dialogs.lead_lookups import Duplicate, DuplicateList, Duplicates, NewLead, NewLeadList
from dialogs.lookups import Duty, DutyList
from dialogs.mail_lookups import MailFate, MailState
from tests.dialogs.company import ANSWERS


def customer_number(name):
    """Of the customer of that name, whoever entered it."""
    return 1 + crc32(name.encode()) % 10_000


AIRBUS = customer_number("Airbus")
LEAD = 9
OURS = 1000
"""So far the numbers of what our cases made are from those of what people made."""
DUTY = Duty(7, "Call them", "2026-11-20", "Ask Ann", LEAD, "Spare parts", "Airbus", 2, "/crm/9")
LIKE = Duplicate(11, "Fog over the Elbe", "Ann", "Airbus", "", "", ("name",), "/crm/11")
MEETING = 5
HOUR_MS = 3_600_000


def answer(lookup, crm):
    """What the CRM says; `crm.leads` and `crm.meetings` are what came in by itself."""
    match lookup:
        case MailState(key=key):
            return MailFate(key, "sent")
        case Openings(customer=whose):
            return Choices((*_openings(crm, whose), *ANSWERS["openings"].choices))
        case Duplicates(title=title):
            return DuplicateList((LIKE,) if title == LIKE.title else ())
    answers = {
        "duties": DutyList((DUTY,)),
        "new_leads": NewLeadList(tuple(crm.leads)),
        "agenda": MeetingList(tuple(crm.meetings)),
    }
    return (ANSWERS | answers)[lookup.type]


def _openings(crm, customer):
    """Those that cases of ours made for that customer, the newest first, and whose each is."""
    made = [one for (one, *_) in crm.entries.values()]
    for case, opportunity in reversed(crm.opportunities.items()):
        about = [one for one in made if one.case == case]
        named = {customer_number(one.customer.name) for one in about if one.customer}
        owners = [one.owner.name for one in about if one.passed_on] or [about[0].owner.name]
        if customer in named:
            yield Choice(opportunity + OURS, about[0].title, "New", case, owners[-1])


def lead(number=LEAD):
    """One that came in by itself; the CRM has given it to nobody."""
    return NewLead(number, "Spare parts", "Ann Lee", "Airbus", "ann@example.com", customer=AIRBUS)


def meeting(host, now, case="", opportunity=0):
    """One of that person's that has ended a moment ago, about that case if there is one."""
    about = {"case": case, "opportunity": opportunity, "title": "Airbus" if opportunity else ""}
    stop = now - 60_000
    airbus = Customer("Airbus", AIRBUS)
    return Engagement(MEETING, "Visit", stop - HOUR_MS, stop, staff(host), airbus, **about)
