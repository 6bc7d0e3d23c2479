"""What `kpi` and `pipeline` tell is what Odoo's own grouping counts for the same opportunities."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.odoo import OdooCrm
from bot.playbooks import playbook_text
from dialogs.crm import Staff
from dialogs.lookups_figures import Figures, Pipeline
from dialogs.playbook import load_playbook
from tests.adapters.odoo.generated import FIELDS, Crowd
from tests.endurance.sizes import size
from tests.rig.odoo import SALESMAN, OdooServer

COUNT = size(200, 5_000)
SPANS = [("2026-01-01", "2027-01-01"), ("2026-04-01", "2026-07-01"), ("2026-05-01", "2026-06-01")]
NEEDS = load_playbook(*playbook_text(None)).crm_needs


@pytest.fixture(scope="module")
def crowd(odoo: OdooServer) -> Crowd:
    """Whoever asks is in no other team: others leave theirs in the same Odoo."""
    setter = connected(odoo, odoo.admin)
    setter.prepare(NEEDS, dry_run=False)
    setter.close()
    asker = odoo.new_user("Kim Keyes", (SALESMAN,))
    others = [("share", "=", False), ("id", "!=", asker.user_id)]
    users = odoo.call("res.users", "search", others)
    return Crowd.of(odoo, COUNT, [asker.user_id, *users])


def connected(odoo: OdooServer, user) -> OdooCrm:
    return OdooCrm.connect(
        odoo.url, odoo.database, user.login, user.api_key, "auto", NEEDS, "Europe/Berlin", 60.0
    )


@pytest.fixture
def crm(odoo: OdooServer):
    crm = connected(odoo, odoo.service)
    yield crm
    crm.close()


def asking(crowd: Crowd) -> Staff:
    return Staff("Anybody", user=crowd.members[0])


def test_the_pipeline_is_that_of_odoos_own_view(crowd: Crowd, crm: OdooCrm):
    told = crm.look_up(Pipeline(asking(crowd), "team"))
    open_ones = [("stage_id.is_won", "=", False), ("active", "=", True)]
    groups = crowd.groups("stage_id", open_ones, ("expected_revenue", "prorated_revenue"))
    assert [(one.name, one.count, one.revenue, one.weighted) for one in told.stages] == [
        (
            group["stage_id"][1],
            group["__count"],
            pytest.approx(group["expected_revenue:sum"]),
            pytest.approx(group["prorated_revenue:sum"]),
        )
        for group in groups
    ]
    assert sum(one.count for one in told.stages) > COUNT / 2


@pytest.mark.parametrize(("since", "until"), SPANS)
def test_inquiries_and_contacts_are_those_that_odoo_counts(
    crowd: Crowd, crm: OdooCrm, since: str, until: str
):
    told = crm.look_up(Figures(asking(crowd), "team", since, until, FIELDS))
    for count, name in ((told.contacts, "contacted"), (told.inquiries, "inquired")):
        field = FIELDS[name]
        assert count == crowd.count((field, ">=", since), (field, "<", until)) > 0


def test_what_was_won_and_lost_and_its_cost_is_what_odoo_adds_up(crowd: Crowd, crm: OdooCrm):
    today = datetime.now(UTC)
    since = (today - timedelta(days=2)).date().isoformat()
    until = (today + timedelta(days=2)).date().isoformat()
    told = crm.look_up(Figures(asking(crowd), "team", since, until, FIELDS))
    sums = (FIELDS["hours"], FIELDS["travel"])
    won = crowd.groups("team_id", [("stage_id.is_won", "=", True)], sums)
    lost = crowd.groups("team_id", [("active", "=", False), ("stage_id.is_won", "=", False)], sums)
    for effort, (group,) in ((told.won, won), (told.lost, lost)):
        assert effort.cases == group["__count"] > 0
        assert effort.hours == pytest.approx(group[f"{FIELDS['hours']}:sum"])
        assert effort.travel == pytest.approx(group[f"{FIELDS['travel']}:sum"])
    reasons = crowd.groups("lost_reason_id", [("active", "=", False)])
    assert {(one.name, one.count) for one in told.reasons} == {
        (group["lost_reason_id"][1] if group["lost_reason_id"] else "", group["__count"])
        for group in reasons
    }
    assert told.opportunities == COUNT
    assert told.people == len({one["user_id"][0] for one in crowd.groups("user_id")})
