"""Whatever people do around any form of any playbook that ships, every promise holds.

The forms are found by reading the playbooks: a form that is added is held to it untold.
"""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dialogs.answers.dates import Days
from dialogs.library import Library
from dialogs.playbook import Form, load_playbook
from tests.dialogs.anything import machine_of
from tests.dialogs.lengths import FEW, STORIES

SHIPPED = {
    one.name: Library(load_playbook(one.read_text(encoding="utf-8"), one.name))
    for one in sorted(files("dialogs.playbook").iterdir(), key=lambda one: one.name)
    if one.name.endswith(".toml")
}


def forms(library: Library) -> list[Form]:
    return list(library.current.playbook.forms)


EVERY = [(name, form.id) for name, library in SHIPPED.items() for form in forms(library)]
SHARE = settings(STORIES, max_examples=4 * STORIES.max_examples // max(4, len(EVERY)))
"""However many forms there are, all of them together take as long."""


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("name", "form"), EVERY, ids=lambda part: part)
def test_e1_e2_e10_e11_e13_d9_anything_may_happen_in_any_order(name: str, form: str) -> None:
    library = SHIPPED[name]
    machine = machine_of(library, library.current.playbook.form_by_id[form])
    run_state_machine_as_test(machine, settings=SHARE)


SOUND = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
ADDED = """
[[form]]
id = "debrief"
title = { en = "Debrief", de = "Nachbereitung" }
action = "record"
opens = "case"
words = { en = ["debrief"], de = ["nachbereiten"] }

[[form.question]]
id = "customer"
kind = "customer"
prompt = { en = "Who?", de = "Wer?" }
label = { en = "Customer", de = "Kunde" }
crm = "customer"

[[form.question]]
id = "again"
kind = "date"
prompt = { en = "When again?", de = "Wann wieder?" }
label = { en = "Again", de = "Wieder" }
optional = true
"""


@pytest.fixture
def added() -> Library:
    """A playbook with one form more, and nothing else said about it anywhere."""
    return Library(load_playbook(SOUND.replace("[decision]", f"{ADDED}\n[decision]")))


def test_a_form_that_is_added_is_held_to_it_untold(added: Library) -> None:
    assert [form.id for form in forms(added)] == ["visit", "verdict", "debrief"]
    for form in forms(added):
        run_state_machine_as_test(machine_of(added, form), settings=FEW)


def test_a_form_whose_answers_fail_is_found(
    added: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(Days, "show", fails)
    quickly = settings(FEW, phases=(Phase.generate,), report_multiple_bugs=False, database=None)
    with pytest.raises(ZeroDivisionError):
        run_state_machine_as_test(machine_of(added, forms(added)[-1]), settings=quickly)
