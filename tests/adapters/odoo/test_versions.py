"""The adapter asks the server what it is, and speaks each version's language."""

import json
import logging

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.errors import BadConfiguration
from tests.adapters.odoo.relay import Asked, Fault, Relay, Says
from tests.contracts.crm.odoo_world import OdooWorld, connect
from tests.contracts.crm.wishes import assess, deliver, new_case, plain, record
from tests.contracts.crm.world import NEEDS, ZONE
from tests.rig.odoo import OdooServer


def claims(version: str) -> Says:
    return Says(200, json.dumps({"jsonrpc": "2.0", "result": {"server_version": version}}))


def of_version(relay: Relay, version: str) -> None:
    """Let the server say that it is of another version."""

    def plan(asked: Asked) -> Fault | None:
        return claims(version) if "version_info" in asked.path else None

    relay.plan = plan


@pytest.mark.parametrize(
    ("version", "secret", "chosen"),
    [
        ("19.0", "api_key", "json2"),
        ("19.0", "password", "odoorpc"),
        ("18.0", "api_key", "odoorpc"),
        ("saas~19.1+e", "api_key", "json2"),
        ("saas~18.2", "api_key", "odoorpc"),
        ("17.0-20240101", "password", "odoorpc"),
    ],
)
def test_a23_auto_takes_json2_where_version_and_secret_allow_it(
    odoo: OdooServer, relay: Relay, version: str, secret: str, chosen: str
) -> None:
    of_version(relay, version)
    who = odoo.service
    crm = OdooCrm.connect(
        relay.url, odoo.database, who.login, getattr(who, secret), "auto", NEEDS, ZONE, 30.0
    )
    assert crm.staff("sam@example.com")
    spoken = "json2" if relay.asked[-1].path.startswith("/json/2/") else "odoorpc"
    assert spoken == chosen
    crm.close()


def test_a_server_without_the_old_question_is_asked_the_new_one(
    odoo: OdooServer, relay: Relay
) -> None:
    relay.plan = lambda asked: (
        Says(404, "<html>", "text/html") if "version_info" in asked.path else None
    )
    crm = connect(odoo, "auto", url=relay.url)
    assert crm.staff("sam@example.com")
    assert [asked.path for asked in relay.asked[:2]] == [
        "/web/webclient/version_info",
        "/json/version",
    ]
    crm.close()


@pytest.mark.parametrize(
    ("version", "address"),
    [("19.0", "/odoo/crm/{}"), ("17.0", "/web#id={}&model=crm.lead&view_type=form")],
)
def test_the_link_is_the_one_of_the_version(
    odoo: OdooServer, relay: Relay, version: str, address: str
) -> None:
    of_version(relay, version)
    crm = connect(odoo, "odoorpc", url=relay.url)
    receipt = deliver(crm, plain(new_case()))
    assert receipt.url == relay.url + address.format(receipt.opportunity)
    crm.close()


@pytest.mark.parametrize("process", ["same", "new"])
def test_a23_before_19_an_activity_is_completed_by_its_own_method(
    prepared_odoo: OdooServer, relay: Relay, process: str
) -> None:
    odoo = prepared_odoo
    of_version(relay, "17.0")
    crm = connect(odoo, "odoorpc", url=relay.url)
    case = new_case()
    first = deliver(crm, record(case))
    later = crm if process == "same" else connect(odoo, "odoorpc", url=relay.url)
    deliver(later, assess(case))
    assert "mail.activity.action_feedback" in relay.calls
    world = OdooWorld(odoo, "odoorpc")
    expected = {"Assess it": True, "Decide on it": False}
    assert world.see(first.opportunity).activities == expected
    for one in (world, crm, later):
        one.close()


@pytest.mark.parametrize("url", ["", "odoo.example.com", "ftp://odoo.example.com", "https://"])
def test_an_address_that_is_none_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(BadConfiguration, match="DEALDESK_CRM_URL"):
        OdooCrm.connect(url, "db", "login", "secret", "auto", NEEDS, ZONE)


def test_no_secret_is_logged_even_at_debug(
    odoo: OdooServer, driver: DriverName, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        crm = connect(odoo, driver)
        deliver(crm, plain(new_case()))
        crm.examine(NEEDS)
        crm.close()
    assert odoo.service.api_key not in caplog.text
    assert odoo.service.api_key not in repr(vars(crm))
