"""The briefing of a customer with a long past: at most two reads, told right, on any version."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.crm_rules.telling import SCORES, WISHES
from adapters.odoo import OdooCrm, history
from adapters.odoo.driver import Session
from dialogs.crm import CrmNeeds, Customer, FieldNeed
from dialogs.customer_lookups import CustomerHistory, History
from tests.rig.odoo import OdooServer

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ASKED = History(Customer(""), NOW.isoformat())
NEEDS = CrmNeeds(
    (
        FieldNeed(WISHES, "text", {"en": "Soft requirements", "de": "Weiche Anforderungen"}),
        *(FieldNeed(name, "integer", {"en": name, "de": name}) for name in SCORES),
    ),
    (),
)
MEETINGS, MESSAGES, OPPORTUNITIES = 50, 200, 20


@pytest.fixture(scope="module")
def customer(odoo: OdooServer) -> Customer:
    """50 meetings, 200 messages, 20 opportunities, 30 tasks, 10 quotations."""
    set_up = _connected(odoo, "odoorpc", admin=True)
    set_up.prepare(NEEDS, dry_run=False)
    set_up.close()
    name = "Long-standing Werft"
    (company,) = odoo.call("res.partner", "create", [{"name": name, "is_company": True}])
    lead = {"partner_id": company, "type": "opportunity", "user_id": odoo.sales.user_id}
    facts = [{**lead, "name": f"Cabin {n}"} for n in range(OPPORTUNITIES)]
    leads = odoo.call("crm.lead", "create", facts)
    quiet = {"no_mail_to_attendees": True, "dont_notify": True}
    events = [_event(n, leads[n % OPPORTUNITIES]) for n in range(MEETINGS)]
    odoo.call("calendar.event", "create", events, context=quiet)
    odoo.call("mail.message", "create", [_message(n, leads) for n in range(MESSAGES)])
    (model,) = odoo.call("ir.model", "search", [("model", "=", "crm.lead")])
    tasks = [{**_task(n, leads), "res_model_id": model} for n in range(30)]
    odoo.call("mail.activity", "create", tasks, context={"mail_activity_quick_update": True})
    orders = [{"partner_id": company, "opportunity_id": leads[n]} for n in range(10)]
    odoo.call("sale.order", "create", orders)
    return Customer(name, company)


def _event(number: int, lead: int) -> dict[str, Any]:
    start = NOW + timedelta(days=1 - number, hours=1)
    stop = start + timedelta(hours=1)
    named = {"name": f"Visit {number}", "opportunity_id": lead}
    return named | {"start": f"{start:%Y-%m-%d %H:%M:%S}", "stop": f"{stop:%Y-%m-%d %H:%M:%S}"}


def _message(number: int, leads: list[int]) -> dict[str, Any]:
    at = NOW - timedelta(hours=number)
    where = {"model": "crm.lead", "res_id": leads[number % OPPORTUNITIES]}
    said = {"body": f"<p>Said {number}</p>", "message_type": "comment"}
    return where | said | {"date": f"{at:%Y-%m-%d %H:%M:%S}"}


def _task(number: int, leads: list[int]) -> dict[str, Any]:
    due = (NOW + timedelta(days=number)).date().isoformat()
    return {
        "res_id": leads[number % OPPORTUNITIES],
        "summary": f"Do {number}",
        "date_deadline": due,
    }


@pytest.mark.parametrize("driver", ["json2", "odoorpc"])
def test_it_takes_two_reads(
    driver: Any, odoo: OdooServer, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm, calls = _connected(odoo, driver), []
    call = Session.call

    def counted(session: Session, model: str, method: str, *rest: Any, **named: Any) -> Any:
        calls.append(f"{model}.{method}")
        return call(session, model, method, *rest, **named)

    monkeypatch.setattr(Session, "call", counted)
    told = crm.look_up(replace(ASKED, customer=customer))
    assert isinstance(told, CustomerHistory)
    assert calls == ["res.partner.web_read", "mail.message.web_search_read"]
    assert [one.what for one in told.meetings.told] == ["Visit 2", "Visit 3", "Visit 4"]
    assert told.meetings.more == MEETINGS - 2 - 3
    assert told.next is not None
    assert told.next.what == "Visit 1"
    assert (len(told.openings), told.more_openings) == (3, OPPORTUNITIES - 3)
    assert [one.what for one in told.tasks.told] == ["Do 0", "Do 1", "Do 2"]
    assert told.tasks.more == 27
    assert (len(told.quotations.told), told.quotations.more) == (3, 7)
    assert [one.what for one in told.messages.told] == ["Said 0", "Said 1", "Said 2"]
    assert told.messages.more == MESSAGES - 3
    crm.close()


def test_what_a_server_lacks_is_left_out(
    odoo: OdooServer, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = _connected(odoo, "json2")
    monkeypatch.setattr(history, "_WANTED", ("x_dealdesk_nowhere", "order_ids"))
    told = crm.look_up(replace(ASKED, customer=customer))
    assert isinstance(told, CustomerHistory)
    assert len(told.quotations.told) == 3
    crm.close()


def test_an_older_odoo_tells_the_same_in_more_reads(
    odoo: OdooServer, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = _connected(odoo, "odoorpc")
    asked = replace(ASKED, customer=customer)
    now = crm.look_up(asked)
    monkeypatch.setattr(history, "WEB_READ_SINCE", 99)
    assert crm.look_up(asked) == now
    crm.close()


def _connected(odoo: OdooServer, driver: Any, *, admin: bool = False) -> OdooCrm:
    who = odoo.admin if admin else odoo.service
    return OdooCrm.connect(
        odoo.url, odoo.database, who.login, who.api_key, driver, NEEDS, "Europe/Berlin", 60.0
    )
