"""What Odoo itself refuses, and whom it no longer knows: told with a remedy; nothing is lost."""

import json

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import Staff, Value
from dialogs.errors import CrmDenied, CrmRefused
from tests.adapters.odoo.relay import Relay, Says
from tests.contracts.crm.odoo_world import connect
from tests.contracts.crm.wishes import assess, deliver, new_case, plain, record
from tests.rig.odoo import OdooServer

ALL_LEADS = "sales_team.group_sale_salesman_all_leads"


def standing(odoo: OdooServer, case: str) -> int:
    return int(odoo.call("crm.lead", "search_count", [("name", "=", f"Title {case}")]))


def test_a8_odoos_own_rule_is_told_in_its_words_and_nothing_stands(
    crm: OdooCrm, odoo: OdooServer
) -> None:
    case = new_case()
    wish = plain(case, opportunity={"probability": Value(150, "150 %")})
    with pytest.raises(CrmRefused, match="probability"):
        deliver(crm, wish)
    assert standing(odoo, case) == 0
    deliver(crm, plain(case, opportunity={"probability": Value(50, "50 %")}))
    assert standing(odoo, case) == 1


def test_a14_what_odoo_cannot_read_is_refused_at_the_first_try(
    crm: OdooCrm, relay: Relay, odoo: OdooServer, driver: DriverName
) -> None:
    deliver(crm, plain(new_case()))
    error = {"name": "builtins.ValueError", "message": "Invalid field name 'x_nope'", "debug": "x"}
    body = error if driver == "json2" else {"error": {"message": "Odoo", "data": error}}
    status = 500 if driver == "json2" else 200
    wish = plain(new_case(), customer=None)
    relay.once("crm.lead.load", Says(status, json.dumps(body)))
    relay.asked.clear()
    with pytest.raises(CrmRefused, match="x_nope"):
        deliver(crm, wish)
    assert relay.calls.count("crm.lead.load") == 1
    deliver(crm, plain(new_case(), customer=None))  # the next one is none the worse


def test_a10_an_ended_key_is_denied_and_the_entry_stands_with_a_new_one(odoo: OdooServer) -> None:
    user = odoo.new_user(f"Key {new_case()}", (ALL_LEADS,))
    crm = connect(odoo, "json2", user)
    case = new_case()
    deliver(crm, record(case))
    odoo.postgres.sql(
        "UPDATE res_users_apikeys SET expiration_date = now() AT TIME ZONE 'UTC' - interval '1 day'"
        f" WHERE user_id = {user.user_id}",
        odoo.database,
    )
    with pytest.raises(CrmDenied, match="DEALDESK_CRM_SECRET"):
        crm.deliver(assess(case), fresh=True)
    crm.close()
    renewed = connect(odoo, "json2")
    first = renewed.deliver(assess(case), fresh=False)
    assert renewed.deliver(assess(case), fresh=False) == first
    renewed.close()
    assert standing(odoo, case) == 1


def test_a10_a11_a_closed_account_is_denied_and_the_entry_stands_once_it_is_open_again(
    odoo: OdooServer, driver: DriverName
) -> None:
    leaver = odoo.new_user(f"Leaver {new_case()}", (ALL_LEADS,))
    crm = connect(odoo, driver, leaver)
    case = new_case()
    deliver(crm, record(case))
    odoo.call("res.users", "write", [leaver.user_id], {"active": False})
    with pytest.raises(CrmDenied, match="DEALDESK_CRM_SECRET"):
        deliver(crm, assess(case))
    odoo.call("res.users", "write", [leaver.user_id], {"active": True})
    receipt = crm.deliver(assess(case), fresh=False)
    crm.close()
    notes = [("model", "=", "crm.lead"), ("res_id", "=", receipt.opportunity)]
    ours = [*notes, ("message_id", "=like", "<dealdesk-%")]
    assert odoo.call("mail.message", "search_count", ours) == 2


def test_a11_an_entry_of_somebody_whose_user_was_closed_still_stands(
    odoo: OdooServer, driver: DriverName
) -> None:
    leaver = odoo.new_user(f"Gone {new_case()}")
    who = Staff(leaver.name, leaver.login, leaver.user_id)
    crm = connect(odoo, driver)
    odoo.call("res.users", "write", [leaver.user_id], {"active": False})
    receipt = deliver(crm, record(new_case(), author=who, owner=who))
    crm.close()
    notes = odoo.call(
        "mail.message",
        "search_read",
        [("res_id", "=", receipt.opportunity), ("message_id", "=like", "<dealdesk-%")],
        ["body", "author_id"],
    )
    assert leaver.name in f"{notes[0]['body']} {notes[0]['author_id']}"
