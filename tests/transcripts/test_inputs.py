"""How many inputs an appointment takes, from the prompt to the saved record, in the stories."""

from pathlib import Path

import pytest

from tests.transcripts.transcript import Act, Transcript, read

HERE = Path(__file__).parent
INPUTS, PRESSES = 9, 5
IN_ONE_MESSAGE = 2
"""Presses, where one message told of the meeting."""
SAVING = {"Save", "Speichern"}


def inputs(name: str) -> list[Act]:
    """What Sam does until the first record is saved; looking at it and mending it is no input."""
    done: list[Act] = []
    for step in acts(read((HERE / f"{name}.txt").read_text(encoding="utf-8"))):
        done.append(step)
        if step.what in SAVING:
            return done
    raise AssertionError(f"nothing is saved in {name}")


def acts(story: Transcript) -> list[Act]:
    mending = False
    found: list[Act] = []
    for scene in story.scenes:
        if not isinstance(scene.step, Act):
            continue
        if not mending and scene.step.verb != "changes":
            found.append(scene.step)
        mending = scene.step.verb == "changes"
    return found


def presses(done: list[Act]) -> int:
    return sum(act.verb.startswith("presses") for act in done)


@pytest.mark.parametrize("name", ["34_told_in_one_message", "45_in_einer_nachricht"])
def test_one_message_and_at_most_two_presses_record_an_appointment(name: str) -> None:
    done = inputs(name)
    print(f"{name}: {len(done)} inputs, {presses(done)} of them presses")  # noqa: T201 - the number is what is wanted
    assert len(done) - presses(done) == 1
    assert presses(done) <= IN_ONE_MESSAGE


def test_an_ordinary_appointment_takes_at_most_nine_inputs() -> None:
    done = inputs("49_more_than_was_asked")
    print(f"ordinary appointment: {len(done)} inputs, {presses(done)} of them presses")  # noqa: T201 - the number is what is wanted
    assert len(done) <= INPUTS
    assert presses(done) <= PRESSES
