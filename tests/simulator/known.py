"""What the CRM knows when it is asked to read: the same to everybody, at every time.

What is read is no question of exactly-once; the answers are such that dialogues go on with them.
"""

from dialogs.agenda import Engagement, MeetingList
from dialogs.crm import Customer
from dialogs.entries import staff
from dialogs.lead_lookups import Duplicate, DuplicateList, Duplicates, NewLead, NewLeadList
from dialogs.lookups import Duty, DutyList
from dialogs.mail_lookups import MailFate, MailState
from tests.dialogs.company import ANSWERS

LEAD = 9
DUTY = Duty(7, "Call them", "2026-11-20", "Ask Ann", LEAD, "Spare parts", "Airbus", 2, "/crm/9")
LIKE = Duplicate(11, "Fog over the Elbe", "Ann", "Airbus", "", "", ("name",), "/crm/11")
MEETING = 5
HOUR_MS = 3_600_000


def answer(lookup, crm):
    """What the CRM says; `crm.leads` and `crm.meetings` are what came in by itself."""
    match lookup:
        case MailState(key=key):
            return MailFate(key, "sent")
        case Duplicates(title=title):
            return DuplicateList((LIKE,) if title == LIKE.title else ())
    answers = {
        "duties": DutyList((DUTY,)),
        "new_leads": NewLeadList(tuple(crm.leads)),
        "agenda": MeetingList(tuple(crm.meetings)),
    }
    return (ANSWERS | answers)[lookup.type]


def lead(number=LEAD):
    """One that came in by itself; the CRM has given it to nobody."""
    return NewLead(number, "Spare parts", "Ann Lee", "Airbus", "ann@example.com", customer=1)


def meeting(host, now, case="", opportunity=0):
    """One of that person's that has ended a moment ago, about that case if there is one."""
    about = {"case": case, "opportunity": opportunity, "title": "Airbus" if opportunity else ""}
    stop = now - 60_000
    airbus = Customer("Airbus", 1)
    return Engagement(MEETING, "Visit", stop - HOUR_MS, stop, staff(host), airbus, **about)
