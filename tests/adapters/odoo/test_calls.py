"""How many requests a delivery is, counted on the wire."""

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import Activity, Customer, Meeting, Staff
from tests.adapters.odoo.conftest import Connect
from tests.adapters.odoo.relay import Relay
from tests.contracts.crm.wishes import assess, deliver, new_case, plain, record
from tests.rig.odoo import OdooServer


def warm(crm: OdooCrm) -> None:
    """Log in and read once what is read once."""
    deliver(crm, record(new_case(), stage="qualification"))


def test_a21_a_recorded_and_an_assessed_appointment_are_five_calls_one_write_each(
    crm: OdooCrm, relay: Relay
) -> None:
    warm(crm)
    relay.asked.clear()
    case = new_case()
    deliver(crm, record(case, stage="qualification"))
    assert relay.calls == ["res.partner.search_read", "res.partner.load", "crm.lead.search_read"]
    deliver(crm, assess(case, stage="proposition"))
    assert relay.calls[3:] == ["crm.lead.load", "crm.lead.search_read"]


def test_with_a_chosen_company_they_are_four(crm: OdooCrm, relay: Relay) -> None:
    warm(crm)
    chosen = Customer("Chosen", deliver(crm, plain(new_case())).customer)
    relay.asked.clear()
    case = new_case()
    deliver(crm, record(case, customer=chosen))
    deliver(crm, assess(case, customer=chosen))
    assert relay.calls == ["crm.lead.load", "crm.lead.search_read"] * 2


def test_who_said_yes_in_the_chat_has_in_the_calendar(crm: OdooCrm, odoo: OdooServer) -> None:
    case, met = new_case(), Meeting("Cabin parts", "2027-01-12T14:00:00+01:00", 60)
    first = plain(case, meeting=met)
    deliver(crm, first)
    colleagues = [Staff(one.name, one.login, one.user_id) for one in (odoo.sales, odoo.manager)]
    for number, (one, agreed) in enumerate(zip(colleagues, (True, False), strict=True), start=2):
        came = plain(case, number=number, attendees=(one,), joins=first.key, agreed=agreed)
        deliver(crm, came)
    told = [("event_id.opportunity_id.name", "=", came.title)]
    names = ["common_name", "state"]
    rows = odoo.call("calendar.attendee", "search_read", told, names)
    states = {row["common_name"]: row["state"] for row in rows}
    assert states[odoo.sales.name] == "accepted"
    assert states[odoo.manager.name] == "needsAction"


def test_a_repeated_delivery_is_one_call(crm: OdooCrm, relay: Relay) -> None:
    case = new_case()
    deliver(crm, record(case))
    deliver(crm, assess(case))
    relay.asked.clear()
    crm.deliver(record(case), fresh=False)
    crm.deliver(assess(case), fresh=False)
    assert relay.calls == ["crm.lead.search_read"] * 2


def test_the_tenth_delivery_of_a_case_is_as_cheap_as_the_second(crm: OdooCrm, relay: Relay) -> None:
    case = new_case()
    deliver(crm, record(case))
    earlier = [f"{case}-record-1"]
    for number in range(1, 9):
        deliver(crm, assess(case, number, finishes=tuple(earlier)))
        earlier.append(f"{case}-assess-{number}")
    relay.asked.clear()
    last = Activity("Last", "2027-01-04")
    deliver(crm, assess(case, 9, finishes=tuple(earlier), activity=last))
    assert relay.calls == ["crm.lead.load", "crm.lead.search_read"]


def test_after_a_restart_the_open_activities_are_asked_for_once(
    crm: OdooCrm, through: Connect, relay: Relay
) -> None:
    case = new_case()
    deliver(crm, record(case))
    again = through()
    warm(again)
    relay.asked.clear()
    deliver(again, assess(case))
    assert relay.calls == [
        "ir.model.data.check_object_reference",
        "crm.lead.search_read",
        "mail.activity.get_external_id",
        "crm.lead.load",
        "crm.lead.search_read",
    ]
    relay.asked.clear()
    deliver(again, assess(case, 2, finishes=(f"{case}-record-1", f"{case}-assess-1")))
    assert relay.calls == ["crm.lead.load", "crm.lead.search_read"]


def test_the_first_use_logs_in_once_and_asks_the_version_once(
    crm: OdooCrm, relay: Relay, driver: DriverName
) -> None:
    assert relay.calls == []
    crm.staff("sam@example.com")
    crm.staff("sofia@example.com")
    login = ["login", "res.users.context_get"] if driver == "odoorpc" else []
    questions = ["res.users.search_read"] * 2
    assert relay.calls == ["/web/webclient/version_info", *login, *questions]


def test_a_search_that_finds_enough_is_one_call(crm: OdooCrm, relay: Relay) -> None:
    end = new_case()
    for number in range(3):
        deliver(crm, plain(new_case(), customer=Customer(f"Werft {end} {number}")))
    relay.asked.clear()
    assert len(crm.search_customers(f"werft {end}", 3)) == 3
    assert relay.calls == ["res.partner.search_read"]
    crm.search_customers(f"werft {end}", 4)
    assert relay.calls == ["res.partner.search_read"] * 3
