"""Stages, fields and languages as administrators change them under a running bot."""

from dataclasses import replace

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import CrmNeeds, StageNeed
from dialogs.errors import CrmRefused
from tests.contracts.crm.odoo_world import OdooWorld
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import NEEDS, ZONE
from tests.rig.odoo import OdooServer


def needing(odoo: OdooServer, driver: DriverName, needs: CrmNeeds) -> OdooCrm:
    who = odoo.service
    return OdooCrm.connect(
        odoo.url, odoo.database, who.login, who.api_key, driver, needs, ZONE, 30.0
    )


def test_a13_a_stage_is_found_by_its_name_in_any_installed_language(
    prepared_odoo: OdooServer, driver: DriverName
) -> None:
    odoo = prepared_odoo
    world = OdooWorld(odoo, driver)
    needs = replace(NEEDS, stages=(StageNeed("quali", ("Unbekannt", "QUALIFIZIERT ")),))
    crm = needing(odoo, driver, needs)
    receipt = deliver(crm, plain(new_case(), stage="quali"))
    assert world.see(receipt.opportunity).stage == "Qualified"
    crm.close()
    world.close()


def test_a_stage_made_after_the_start_is_seen(odoo: OdooServer, driver: DriverName) -> None:
    end = new_case().lower()
    needs = replace(NEEDS, stages=(*NEEDS.stages, StageNeed(end, (f"Stage {end}",))))
    crm = needing(odoo, driver, needs)
    case = new_case()
    deliver(crm, plain(case, stage="qualification"))
    with pytest.raises(CrmRefused, match=f"Stage {end}"):
        deliver(crm, plain(case, number=2, stage=end))
    odoo.call("crm.stage", "create", [{"name": f"Stage {end}", "sequence": 50}])
    deliver(crm, plain(case, number=2, stage=end))
    crm.close()


def test_a13_a_stage_that_was_deleted_is_refused_and_read_anew(
    odoo: OdooServer, driver: DriverName
) -> None:
    end = new_case().lower()
    (old,) = odoo.call("crm.stage", "create", [{"name": f"Stage {end}", "sequence": 50}])
    needs = replace(NEEDS, stages=(StageNeed(end, (f"Stage {end}",)),))
    crm = needing(odoo, driver, needs)
    deliver(crm, plain(new_case(), stage=end))
    odoo.call(
        "crm.lead",
        "write",
        odoo.call("crm.lead", "search", [("stage_id", "=", old)]),
        {"stage_id": 1},
    )
    odoo.call("crm.stage", "unlink", [old])
    odoo.call("crm.stage", "create", [{"name": f"Stage {end}", "sequence": 50}])
    wish = plain(new_case(), stage=end)
    with pytest.raises(CrmRefused):
        deliver(crm, wish)
    crm.deliver(wish, fresh=False)
    crm.close()


def test_new_fields_have_labels_in_each_language(odoo: OdooServer) -> None:
    world = OdooWorld(odoo, "odoorpc")
    world.administrator.prepare(NEEDS, dry_run=False)
    labels = {
        lang: odoo.call(
            "crm.lead",
            "fields_get",
            ["x_dealdesk_t_selection"],
            ["string", "selection"],
            context={"lang": lang},
        )["x_dealdesk_t_selection"]
        for lang in ("en_US", "de_DE")
    }
    assert labels["en_US"]["string"] == "Selection"
    assert labels["de_DE"]["string"] == "Selection (de)"
    assert dict(labels["de_DE"]["selection"]) == {"go": "Go on (de)", "stop": "Stop (de)"}
    world.close()


def test_the_form_shows_the_fields_in_a_tab_of_their_own(odoo: OdooServer) -> None:
    world = OdooWorld(odoo, "odoorpc")
    world.administrator.prepare(NEEDS, dry_run=False)
    arch = odoo.call("crm.lead", "get_view", user=odoo.sales, view_type="form")["arch"]
    page = arch.partition('name="dealdesk"')[2].partition("</page>")[0]
    assert all(f'name="{need.name}"' in page for need in NEEDS.fields)
    world.close()


def test_nobody_gets_an_email_because_the_bot_writes(odoo: OdooServer, driver: DriverName) -> None:
    before = odoo.call("mail.mail", "search_count", [])
    world = OdooWorld(odoo, driver)
    deliver(world.crm, plain(new_case()))
    world.close()
    assert odoo.call("mail.mail", "search_count", []) == before


def test_of_two_stages_with_one_name_each_team_has_its_own(
    odoo: OdooServer, driver: DriverName
) -> None:
    end = new_case().lower()
    own, other = odoo.call("crm.team", "create", [{"name": f"A {end}"}, {"name": f"B {end}"}])
    rows = [{"name": end, "team_ids": teams} for teams in ([other], [], [own])]
    _, of_all, of_own = odoo.call("crm.stage", "create", rows)
    stages = (StageNeed(end, (end,)), StageNeed(f"{end}_own", (end,), team=f"a {end}"))
    crm = needing(odoo, driver, replace(NEEDS, stages=stages))
    for stage, expected in ((end, of_all), (f"{end}_own", of_own)):
        receipt = deliver(crm, plain(new_case(), stage=stage, team=f"A {end}"))
        (lead,) = odoo.call("crm.lead", "read", [receipt.opportunity], ["stage_id", "team_id"])
        assert (lead["stage_id"][0], lead["team_id"][0]) == (expected, own)
    crm.close()
