"""Appointments that are to come: contacts, colleagues, the opportunity that was there before."""

from datetime import UTC, datetime

import pytest

from dialogs.crm import Contact, Customer, Meeting, Value
from dialogs.customer_lookups import (
    Choice,
    Choices,
    ContactList,
    Contacts,
    KnownContact,
    Openings,
)
from dialogs.errors import CrmRefused
from tests.contracts.crm.wishes import deliver, new_case, plain, record
from tests.contracts.crm.world import SOFIA, SeenMeeting, World

HELD = ("Took place", "Yes")
COMING = Meeting("Cabin parts", "2027-01-12T14:00:00+01:00", 60, "Hamburg")
PETRA = Contact("Petra Peters", email="petra@example.com", phone="+49 40 1234567")


class Appointments:
    def test_a_new_contact_is_made_below_a_new_company_and_takes_part(self, world: World) -> None:
        made = deliver(world.crm, plain(new_case(), meeting=COMING, contact=PETRA))
        (meeting,) = world.see(made.opportunity).meetings
        assert meeting.present == ("Petra Peters",)
        (contact,) = _contacts(world, made.customer)
        assert (contact.name, contact.email) == ("Petra Peters", "petra@example.com")

    def test_a_new_contact_is_made_below_a_company_that_is_there(self, world: World) -> None:
        name = f"Werft {new_case()}"
        there = world.add_company(name)
        wanted = {"customer": Customer(name, there), "meeting": COMING, "contact": PETRA}
        made = deliver(world.crm, plain(new_case(), **wanted))
        assert (made.customer, world.companies(name)) == (there, 1)
        assert [one.name for one in _contacts(world, there)] == ["Petra Peters"]

    def test_the_contact_of_that_name_is_not_made_twice(self, world: World) -> None:
        name = f"Werft {new_case()}"
        customer = Customer(name, world.add_company(name))
        for typed in ("Petra Peters", " petra  PETERS"):
            one = plain(new_case(), customer=customer, meeting=COMING, contact=Contact(typed))
            deliver(world.crm, one)
        (contact,) = _contacts(world, customer.id)
        chosen = Contact(contact.name, contact.id)
        made = deliver(
            world.crm, plain(new_case(), customer=customer, meeting=COMING, contact=chosen)
        )
        assert world.see(made.opportunity).meetings[0].present == ("Petra Peters",)

    def test_a_repeated_appointment_changes_nothing(self, world: World) -> None:
        wanted = plain(new_case(), meeting=COMING, contact=PETRA)
        made = deliver(world.crm, wanted)
        before = world.see(made.opportunity)
        world.restarted().deliver(wanted, fresh=False)
        assert world.see(made.opportunity) == before
        assert len(_contacts(world, made.customer)) == 1

    def test_the_record_keeps_the_meeting_and_says_when_it_really_was(self, world: World) -> None:
        case = new_case()
        first = plain(case, meeting=COMING, contact=PETRA)
        made = deliver(world.crm, first)
        was = Meeting("Appointment", "2027-01-12T15:30:00+01:00", 45, key=first.key, held=HELD)
        held = record(case, number=2, meeting=was, after=(first.key,))
        deliver(world.crm, held)
        start = datetime(2027, 1, 12, 14, 30, tzinfo=UTC)
        seen = SeenMeeting("Cabin parts", start, 45, "Hamburg", ("Petra Peters",), ": ".join(HELD))
        assert world.see(made.opportunity).meetings == (seen,)
        world.crm.deliver(held, fresh=False)
        assert world.see(made.opportunity).meetings == (seen,)

    def test_a_colleague_joins_the_meeting_and_nobody_is_taken_off(self, world: World) -> None:
        case = new_case()
        first = plain(case, meeting=COMING, contact=PETRA)
        made = deliver(world.crm, first)
        joined = plain(
            case, number=2, kind="join", attendees=(SOFIA,), joins=first.key, after=(first.key,)
        )
        deliver(world.crm, joined)
        world.restarted().deliver(joined, fresh=False)
        (meeting,) = world.see(made.opportunity).meetings
        assert meeting.present == ("Petra Peters", "Sofia Sales")
        assert meeting.subject == "Cabin parts"

    def test_an_opportunity_that_was_there_before_is_taken(self, world: World) -> None:
        customer = Customer(f"Werft {new_case()}")
        there = deliver(world.crm, plain(new_case(), customer=customer))
        assert there.customer
        (opening,) = _openings(world, there.customer)
        assert opening.id == there.opportunity
        case = new_case()
        first = plain(case, customer=customer, lead=opening.id, meeting=COMING)
        made = deliver(world.crm, first)
        assert made.opportunity == there.opportunity
        note = {"x_dealdesk_t_char": Value("later", "later")}
        later = plain(case, number=2, lead=opening.id, opportunity=note, after=(first.key,))
        assert deliver(world.restarted(), later).opportunity == there.opportunity
        seen = world.see(there.opportunity)
        assert (len(seen.meetings), len(seen.notes)) == (1, 3)
        assert seen.fields == {"x_dealdesk_t_char": "later"}

    def test_an_opportunity_that_is_gone_is_not_made_again(self, world: World) -> None:
        case = new_case()
        with pytest.raises(CrmRefused, match="no longer"):
            deliver(world.crm, plain(case, lead=999_999_999, meeting=COMING))
        assert world.opportunities(f"Title {case}") == 0

    def test_our_own_case_is_known_among_the_openings(self, world: World) -> None:
        case = new_case()
        made = deliver(world.crm, plain(case))
        assert made.customer
        (opening,) = _openings(world, made.customer)
        assert (opening.key, opening.owner) == (case, "Sam Sales")


def _contacts(world: World, customer: int | None) -> tuple[KnownContact, ...]:
    assert customer
    answer = world.crm.look_up(Contacts(customer))
    assert isinstance(answer, ContactList)
    return answer.contacts


def _openings(world: World, customer: int) -> tuple[Choice, ...]:
    answer = world.crm.look_up(Openings(customer))
    assert isinstance(answer, Choices)
    return answer.choices
