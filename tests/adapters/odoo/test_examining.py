"""What `dealdesk check` says about keys that end, and about a server that fails half-way."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import Finding
from tests.adapters.odoo.relay import Relay, Says
from tests.contracts.crm.world import NEEDS

KEYS = "res.users.apikeys.search_read"


def answer(driver: DriverName, result: Any) -> Says:
    body = result if driver == "json2" else {"jsonrpc": "2.0", "id": 1, "result": result}
    return Says(200, json.dumps(body))


def found(crm: OdooCrm, subject: str) -> Finding:
    (finding,) = [one for one in crm.examine(NEEDS) if subject in one.subject]
    return finding


@pytest.mark.parametrize(("days", "state"), [(3, "wrong"), (60, "ok")])
def test_a_key_that_soon_ends_is_told(
    crm: OdooCrm, relay: Relay, driver: DriverName, days: int, state: str
) -> None:
    ends = datetime.now(UTC) + timedelta(days=days)
    later = {"id": 2, "expiration_date": "2999-01-01 00:00:00"}
    ours = {"id": 1, "expiration_date": ends.strftime("%Y-%m-%d %H:%M:%S")}
    relay.once(KEYS, answer(driver, [later, ours]))
    finding = found(crm, "API key valid until")
    assert (finding.state, bool(finding.remedy)) == (state, state == "wrong")


def test_what_cannot_be_asked_is_unknown_and_the_rest_is_told(crm: OdooCrm, relay: Relay) -> None:
    relay.once(KEYS, Says(502, "<html>", "text/html"))
    finding = found(crm, "API key")
    assert finding.state == "unknown"
    assert found(crm, "stage Won").state == "ok"


def test_an_odoo_that_is_too_old_is_told(crm: OdooCrm, relay: Relay) -> None:
    old = json.dumps({"jsonrpc": "2.0", "result": {"server_version": "13.0"}})
    relay.plan = lambda asked: Says(200, old) if "version_info" in asked.path else None
    assert found(crm, "Odoo 13.0").state == "wrong"
