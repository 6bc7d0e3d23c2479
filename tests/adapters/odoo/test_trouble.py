"""What the adapter makes of an Odoo that is away, slow, stopping, or not Odoo at all."""

import time

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import Customer, Delivery
from dialogs.errors import CrmRefused, CrmUnavailable
from tests.adapters.odoo.conftest import Connect
from tests.adapters.odoo.relay import Cut, Dribbles, Fault, Lost, Relay, Says
from tests.contracts.crm.odoo_world import OdooWorld, connect
from tests.contracts.crm.wishes import assess, deliver, new_case, plain, record, until_it_stands
from tests.contracts.crm.world import NEEDS, ZONE
from tests.rig.odoo import OdooServer
from tests.rig.processes import free_port

HTML = "text/html"
PAGE = "<html><body><h1>Maintenance</h1></body></html>"
BAD_ANSWERS = {
    "502": Says(502, PAGE, HTML),
    "503 as JSON": Says(503, '{"error": "busy"}'),
    "504": Says(504, PAGE, HTML),
    "429": Says(429, "slow down", "text/plain"),
    "page with 200": Says(200, PAGE, HTML),
    "404 page": Says(404, PAGE, HTML),
    "500 page": Says(500, PAGE, HTML),
    "empty": Says(200, ""),
    "moved for now": Says(302, "", HTML, {"Location": "http://127.0.0.1:9/"}),
    "cut": Cut(),
    "lost": Lost(),
}


def load_of(wish: Delivery) -> str:
    return "res.partner.load" if wish.customer else "crm.lead.load"


@pytest.mark.parametrize("fault", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a2_a3_a7_an_unclear_answer_to_the_write_is_tried_again_and_stands_once(
    crm: OdooCrm, relay: Relay, odoo: OdooServer, fault: Fault
) -> None:
    case = new_case()
    wish = record(case)
    deliver(crm, plain(new_case()))  # logs in
    relay.plan = lambda asked: fault if asked.what in {load_of(wish), LOOK} else None
    with pytest.raises(CrmUnavailable) as told:
        deliver(crm, wish)
    assert "Traceback" not in str(told.value)
    relay.plan = lambda _asked: None
    receipt = until_it_stands(crm, wish)
    assert crm.deliver(wish, fresh=False) == receipt
    assert odoo.call("crm.lead", "search_count", [("name", "=", wish.title)]) == 1
    assert odoo.call("res.partner", "search_count", [("name", "=", f"Company {case}")]) == 1


LOOK = "crm.lead.search_read"


def test_a3_a_write_whose_answer_is_lost_is_found_at_once(crm: OdooCrm, relay: Relay) -> None:
    deliver(crm, plain(new_case()))
    wish = record(new_case())
    relay.once(load_of(wish), Lost())
    receipt = deliver(crm, wish)
    assert crm.deliver(wish, fresh=False) == receipt


def test_a_stopping_odoo_that_says_yes_and_keeps_nothing_is_not_believed(
    crm: OdooCrm, relay: Relay, odoo: OdooServer, driver: DriverName
) -> None:
    deliver(crm, plain(new_case()))
    wish = plain(new_case(), customer=None)
    yes = '{"ids": [1], "messages": [], "nextrow": 0}'
    relay.once(
        "crm.lead.load",
        Says(200, yes if driver == "json2" else f'{{"jsonrpc": "2.0", "id": 1, "result": {yes}}}'),
    )
    with pytest.raises(CrmUnavailable, match="stopping"):
        deliver(crm, wish)
    assert odoo.call("crm.lead", "search_count", [("name", "=", wish.title)]) == 0
    crm.deliver(wish, fresh=False)
    assert odoo.call("crm.lead", "search_count", [("name", "=", wish.title)]) == 1


@pytest.mark.parametrize("moment", ["at the first question", "at a call"])
def test_a6_an_answer_that_dribbles_ends_with_the_deadline(
    through: Connect, relay: Relay, moment: str
) -> None:
    crm = through(deadline=4.0)
    if moment == "at a call":
        crm.staff("sam@example.com")
    relay.plan = lambda _asked: Dribbles()
    begun = time.monotonic()
    with pytest.raises(CrmUnavailable, match="time"):
        deliver(crm, plain(new_case()))
    assert time.monotonic() - begun < 30  # dribbling, it would never end


def test_an_odoo_that_is_away_stops_nobody_before_the_first_use(
    odoo: OdooServer, driver: DriverName
) -> None:
    crm = connect(odoo, driver, url=f"http://127.0.0.1:{free_port()}")
    for job in (
        lambda: deliver(crm, plain(new_case())),
        lambda: crm.search_customers("airbus", 5),
        lambda: crm.staff("sam@example.com"),
        lambda: crm.prepare(NEEDS, dry_run=True),
    ):
        with pytest.raises(CrmUnavailable, match="did not answer"):
            job()
    (finding,) = crm.examine(NEEDS)
    assert (finding.subject, finding.state) == ("connection to Odoo", "unknown")
    crm.close()


def test_an_odoo_that_comes_back_is_used_again(crm: OdooCrm, relay: Relay) -> None:
    relay.plan = lambda _asked: Says(502, PAGE, HTML)
    with pytest.raises(CrmUnavailable):
        crm.staff("sam@example.com")
    relay.plan = lambda _asked: None
    assert crm.staff("sam@example.com")


def test_a7_something_else_than_odoo_is_told_apart(crm: OdooCrm, relay: Relay) -> None:
    relay.plan = lambda _asked: Says(200, PAGE, HTML)
    with pytest.raises(CrmUnavailable, match="DEALDESK_CRM_URL"):
        crm.staff("sam@example.com")


def test_an_odoo_that_has_moved_for_good_is_refused_with_the_remedy(
    crm: OdooCrm, relay: Relay
) -> None:
    crm.staff("sam@example.com")
    relay.plan = lambda _asked: Says(301, "", HTML, {"Location": "https://new.example/"})
    with pytest.raises(CrmRefused, match="DEALDESK_CRM_URL"):
        crm.staff("sofia@example.com")


def test_a_database_that_is_not_there_is_named(odoo: OdooServer, driver: DriverName) -> None:
    who = odoo.service
    crm = OdooCrm.connect(odoo.url, "nowhere", who.login, who.api_key, driver, NEEDS, ZONE)
    with pytest.raises((CrmRefused, CrmUnavailable), match="DEALDESK_CRM_DATABASE"):
        crm.staff("sam@example.com")
    crm.close()


def test_a10_a_wrong_secret_is_refused_with_the_remedy(
    odoo: OdooServer, driver: DriverName
) -> None:
    secret = "0123456789abcdef" * 2 + "01234567"
    crm = OdooCrm.connect(
        odoo.url, odoo.database, odoo.service.login, secret, driver, NEEDS, ZONE, 30.0
    )
    with pytest.raises(CrmRefused, match="DEALDESK_CRM_SECRET") as told:
        deliver(crm, plain(new_case()))
    (finding,) = crm.examine(NEEDS)
    assert finding.state == "wrong"
    assert "DEALDESK_CRM_SECRET" in finding.remedy
    assert secret not in f"{told.value} {finding}"
    crm.close()


def test_a9_an_account_without_rights_is_refused_with_the_remedy(
    odoo: OdooServer, driver: DriverName
) -> None:
    crm = connect(odoo, driver, odoo.employee)
    with pytest.raises(CrmRefused, match="All Documents"):
        deliver(crm, plain(new_case(), customer=None))
    wrong = [one.subject for one in crm.examine(NEEDS) if one.state == "wrong"]
    assert "right to create opportunities" in wrong
    assert "right to write other people's opportunities" in wrong
    crm.close()


def test_only_an_administrator_may_prepare(odoo: OdooServer, driver: DriverName) -> None:
    crm = connect(odoo, driver)
    with pytest.raises(CrmRefused, match="administrator"):
        crm.prepare(NEEDS, dry_run=False)
    crm.close()


def test_an_opportunity_that_the_account_may_not_see_is_not_made_anew(
    prepared_odoo: OdooServer, driver: DriverName
) -> None:
    odoo = prepared_odoo
    case = new_case()
    world = OdooWorld(odoo, driver)
    deliver(world.crm, record(case))
    own_leads_only = connect(odoo, driver, odoo.second_sales)
    with pytest.raises(CrmRefused, match="All Documents"):
        deliver(own_leads_only, assess(case))
    own_leads_only.close()
    world.close()
    assert odoo.call("crm.lead", "search_count", [("name", "=", f"Title {case}")]) == 1


def test_an_opportunity_marked_lost_still_takes_its_notes(
    prepared_odoo: OdooServer, driver: DriverName
) -> None:
    odoo = prepared_odoo
    world = OdooWorld(odoo, driver)
    case = new_case()
    first = deliver(world.crm, record(case, customer=Customer(f"Company {case}")))
    odoo.call("crm.lead", "action_set_lost", [first.opportunity])
    assert deliver(world.crm, assess(case)).opportunity == first.opportunity
    again = plain(case, number=2, finishes=(f"{case}-record-1", f"{case}-assess-1"))
    assert deliver(world.restarted(), again).opportunity == first.opportunity
    assert len(world.see(first.opportunity).notes) == 3
    world.close()
