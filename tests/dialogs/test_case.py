"""The life of a case: one step at a time, along the process of the playbook."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from dialogs.case import Case, Lifecycle, edges
from dialogs.playbook import load_playbook

SOUND = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
LIFE = Lifecycle(load_playbook(SOUND))
ARTS = Lifecycle(load_playbook(*playbook_text(None)))


def case(step: str) -> Case:
    return Case(id="c1", owner="sam", playbook="1", step=step, title="Airbus")


@pytest.mark.parametrize(
    ("step", "happening", "then"),
    [
        ("record", "finished", "decide"),
        ("decide", "approved", "go"),
        ("decide", "rejected", "stop"),
        ("decide", "finished", None),
        ("record", "approved", None),
        ("go", "finished", None),
        ("no such step", "finished", None),
        ("record", "no such thing", None),
    ],
)
def test_a_case_goes_where_the_process_says_and_nowhere_else(
    step: str, happening: str, then: str | None
) -> None:
    after = LIFE.after(case(step), happening)
    assert (after.step if after else None) == then


def test_a_finished_form_moves_the_case_from_its_own_step() -> None:
    assert LIFE.finished(case("record"), "visit").step == "decide"


def test_a_form_filled_in_again_later_moves_nothing() -> None:
    assert LIFE.finished(case("go"), "visit").step == "go"


def test_a_form_of_no_step_moves_nothing() -> None:
    assert LIFE.finished(case("record"), "questionnaire").step == "record"


def test_a_move_changes_the_step_and_nothing_else() -> None:
    before = case("record")
    assert LIFE.finished(before, "visit") == Case("c1", "sam", "1", "decide", "Airbus")
    assert before.step == "record"


def walked(life: Lifecycle, begin: Case, *happenings: str) -> Case:
    """The case after all of that."""
    for happening in happenings:
        after = life.after(begin, happening)
        assert after is not None, f"{happening} can't happen at {begin.step}"
        begin = after
    return begin


ROUND = ("finished",) * 5


def test_an_approved_case_goes_through_rounds_until_the_customer_asks_for_something() -> None:
    approved = walked(ARTS, case("assess"), "finished", "approved")
    assert (approved.step, approved.stage, approved.rounds) == ("qualify", "qualification", 0)
    second = walked(ARTS, approved, "finished", *ROUND)
    assert (second.step, second.rounds) == ("prepare_round", 2)
    asked = walked(ARTS, second, "finished", "requested")
    assert (asked.step, asked.stage, asked.rounds) == ("inquiry", "proposition", 2)


@pytest.mark.parametrize("step", ["qualify", "conduct_round", "inquiry"])
@pytest.mark.parametrize("aside", [("parked",), ("lost",), ("parked", "lost")])
def test_a_case_goes_on_where_it_stood(step: str, aside: tuple[str, ...]) -> None:
    before = replace(case(step), stage="negotiation", rounds=1)
    away = walked(ARTS, before, *aside)
    assert walked(ARTS, away, *("restored" for _ in aside)) == before


def test_a_case_that_was_never_away_can_t_come_back() -> None:
    assert ARTS.after(case("lost"), "restored") is None
    assert ARTS.after(replace(case("lost"), came=("decide",)), "restored") is None


def test_a_case_keeps_a_stage_that_is_ahead_of_its_step() -> None:
    ahead = replace(case("qualify"), stage="negotiation")
    assert walked(ARTS, ahead, "requested").stage == "negotiation"


def test_one_machine_holds_the_steps_of_all_processes() -> None:
    steps = {step.id for process in ARTS.playbook.processes for step in process.steps}
    assert set(ARTS.diagram.states) == steps
    assert {edge.source for edge in edges(ARTS.playbook)} == steps - {"handed_over", "won"}


def test_management_decides_with_yes_or_no_at_the_playbooks_step() -> None:
    decision = ARTS.playbook.decision
    assert set(ARTS.playbook.steps[decision.step].then) == {"approved", "rejected"}
    assert ARTS.playbook.steps[decision.step].responsible == "management"
