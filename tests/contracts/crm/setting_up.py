"""`examine` says what is missing, `prepare` makes it, once."""

from collections.abc import Iterable
from dataclasses import replace

from dialogs.crm import CrmNeeds, FieldNeed, Finding, StageNeed, Value
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import NEEDS, World


def unheard_of() -> CrmNeeds:
    """Needs that no CRM has met."""
    end = new_case().lower()
    own = StageNeed(f"{end}_own", (f"{end}_own",), team=f"Team {end}")
    return replace(
        NEEDS,
        fields=(
            *NEEDS.fields,
            FieldNeed(f"x_dealdesk_{end}", "char", {"en": "New one", "de": "Neues"}),
            FieldNeed(f"x_dealdesk_{end}_c", "selection", {"en": "Choice"}, (("a", {"en": "A"}),)),
        ),
        stages=(*NEEDS.stages, own, StageNeed(end, (f"Stage {end}",))),
        teams=(*NEEDS.teams, own.team),
        lost_reasons=({"en": f"Reason {end}", "de": f"Grund {end}"},),
    )


def states(findings: Iterable[Finding], needs: CrmNeeds) -> list[str]:
    """States of the findings about what only these needs have."""
    end = needs.stages[-1].id
    return [one.state for one in findings if end in one.subject]


class SettingUp:
    def test_all_is_well_where_all_is_there(self, world: World) -> None:
        findings = world.crm.examine(NEEDS)
        assert [one for one in findings if one.state != "ok"] == []
        subjects = " ".join(one.subject for one in findings)
        assert all(need.name in subjects for need in NEEDS.fields)

    def test_a19_what_is_missing_is_named_with_the_remedy(self, world: World) -> None:
        needs = unheard_of()
        findings = world.crm.examine(needs)
        assert states(findings, needs) == ["missing"] * 6
        missing = [one for one in findings if one.state == "missing"]
        assert all("dealdesk odoo setup" in one.remedy for one in missing)

    def test_a_dry_run_writes_nothing(self, world: World) -> None:
        needs = unheard_of()
        found = world.administrator.prepare(needs, dry_run=True)
        assert states(found, needs) == ["would create"] * 6
        assert states(world.crm.examine(needs), needs) == ["missing"] * 6

    def test_what_is_missing_is_made_and_then_there(self, world: World) -> None:
        needs = unheard_of()
        assert states(world.administrator.prepare(needs, dry_run=False), needs) == ["created"] * 6
        assert states(world.administrator.prepare(needs, dry_run=False), needs) == ["ok"] * 6
        assert states(world.crm.examine(needs), needs) == ["ok"] * 6
        values = {need.name: Value("a", "A") for need in needs.fields[-2:]}
        own = needs.stages[-2]
        new = plain(new_case(), opportunity=values, stage=own.id, team=own.team)
        seen = world.see(deliver(world.restarted(), new).opportunity)
        assert (seen.stage, seen.team, seen.owner) == (own.id, own.team, "Sam Sales")
