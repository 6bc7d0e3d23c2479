"""The pipeline and key figures tell what stands there."""

import secrets
from dataclasses import replace

from dialogs.crm import Delivery, Staff, Value
from dialogs.lookups_figures import Figures, Pipeline
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import World

SALESMAN = "sales_team.group_sale_salesman"
FIELDS = {
    "hours": "x_dealdesk_t_float",
    "contacted": "x_dealdesk_t_date",
    "course": "x_dealdesk_t_text",
}
NOVEMBER = ("2026-11-01", "2026-12-01")


def deal(seller: Staff, **fields: str) -> Delivery:
    values = {name: Value(value, value) for name, value in fields.items()}
    return plain(new_case(), owner=seller, author=seller, opportunity=values)


class KeyFigures:
    def test_the_pipeline_counts_a_colleagues_open_opportunities_by_stage(
        self, world: World
    ) -> None:
        seller = world.hire(f"Pia {secrets.token_hex(4)}", SALESMAN)
        asked = Pipeline(seller, "mine")
        assert world.crm.look_up(asked).stages == ()
        for stage, revenue, chance in (
            ("new", "1000", "10"),
            ("new", "500", "50"),
            ("qualification", "2000", "25"),
            ("won", "9000", "100"),
        ):
            one = deal(seller, expected_revenue=revenue, probability=chance)
            deliver(world.crm, replace(one, stage=stage))
        answer = world.crm.look_up(asked)
        told = [(one.count, one.revenue, one.weighted) for one in answer.stages]
        assert told == [(2, 1500.0, 350.0), (1, 2000.0, 500.0)]
        assert answer.people == 1
        assert world.crm.look_up(Pipeline(seller, "company")).people >= 1

    def test_the_pipeline_of_a_period_is_what_is_expected_to_close_in_it(
        self, world: World
    ) -> None:
        seller = world.hire(f"Pia {secrets.token_hex(4)}", SALESMAN)
        for day in ("2026-11-30", "2026-12-01", ""):
            one = deal(seller, expected_revenue="100", probability="50")
            on = {"date_deadline": Value(day, day)} if day else {}
            deliver(world.crm, replace(one, opportunity={**one.opportunity, **on}))
        (stage,) = world.crm.look_up(Pipeline(seller, "mine", *NOVEMBER)).stages
        assert stage.count == 1

    def test_key_figures_are_counted_from_what_stands_there(self, world: World) -> None:
        seller = world.hire(f"Kim {secrets.token_hex(4)}", SALESMAN)
        course = "2026-11-02T08:00Z assess record\n2026-11-04T08:00Z decide assess"
        ours = {FIELDS["contacted"]: "2026-11-02", FIELDS["course"]: course}
        won = deal(seller, **ours, **{FIELDS["hours"]: "12.5"})
        deliver(world.crm, replace(won, stage="won"))
        deliver(world.crm, deal(seller, **{FIELDS["contacted"]: "2026-10-31"}))
        since, until = "2026-11-01", "2100-01-01"
        found = world.crm.look_up(Figures(seller, "mine", since, until, FIELDS))
        assert (found.contacts, found.inquiries, found.people) == (1, 0, 1)
        assert found.opportunities == 2
        assert (found.won.cases, found.won.hours, found.lost.cases) == (1, 12.5, 0)
        assert [(one.step, one.came, one.left, one.days) for one in found.steps] == [
            ("assess", 1, 1, 2.0),
            ("decide", 1, 0, None),
        ]
        assert [(one.form, one.times) for one in found.visits] == [("assess", 1), ("record", 1)]
        assert found.reasons == ()

    def test_a_field_that_the_crm_does_not_have_counts_nothing(self, world: World) -> None:
        seller = world.hire(f"Kim {secrets.token_hex(4)}", SALESMAN)
        deliver(world.crm, deal(seller))
        asked = Figures(seller, "mine", "2026-01-01", "2100-01-01", {"hours": "x_dealdesk_gone"})
        found = world.crm.look_up(asked)
        assert (found.opportunities, found.won.hours) == (1, 0)

    def test_somebody_unknown_has_no_figures_of_their_own(self, world: World) -> None:
        nobody = Staff("Nobody", "nobody@example.com")
        assert world.crm.look_up(Pipeline(nobody, "mine")).stages == ()
        assert world.crm.look_up(Figures(nobody, "mine", *NOVEMBER)).people == 0
