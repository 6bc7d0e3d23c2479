"""The life of a case: one step at a time, along the process of the playbook."""

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


@pytest.mark.parametrize("life", [LIFE, ARTS], ids=["sound", "arts"])
def test_every_step_is_reached_from_the_first(life: Lifecycle) -> None:
    moves = edges(life.playbook.case_process)
    reached, steps = {life.playbook.case_process.steps[0].id}, set(life.playbook.steps)
    for _ in steps:
        reached |= {edge.target for edge in moves if edge.source in reached}
    assert reached == steps


def test_management_decides_with_yes_or_no_at_the_playbooks_step() -> None:
    decision = ARTS.playbook.decision
    assert set(ARTS.playbook.steps[decision.step].then) == {"approved", "rejected"}
    assert ARTS.playbook.steps[decision.step].responsible == "management"
