"""Whatever people do around any form of any playbook that ships, every promise holds.

The forms are found by reading the playbooks: a form that is added is held to it untold.
"""

from importlib.resources import files

import pytest
from hypothesis.stateful import run_state_machine_as_test

from dialogs.library import Library
from dialogs.playbook import Form, load_playbook
from tests.dialogs.anything import machine_of
from tests.dialogs.lengths import STORIES

SHIPPED = {
    one.name: Library(load_playbook(one.read_text(encoding="utf-8"), one.name))
    for one in sorted(files("dialogs.playbook").iterdir(), key=lambda one: one.name)
    if one.name.endswith(".toml")
}


def forms(library: Library) -> list[Form]:
    return list(library.current.playbook.forms)


EVERY = [(name, form.id) for name, library in SHIPPED.items() for form in forms(library)]


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("name", "form"), EVERY, ids=lambda part: part)
def test_e1_e2_e10_e11_e13_d9_anything_may_happen_in_any_order(name: str, form: str) -> None:
    library = SHIPPED[name]
    machine = machine_of(library, library.current.playbook.form_by_id[form])
    run_state_machine_as_test(machine, settings=STORIES)
