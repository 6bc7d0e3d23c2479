"""The one use we make of `transitions`: a shared machine, walked by values that it does not know.

The README of `transitions` only shows models that were added; this file says what we rely on.
"""

from dataclasses import dataclass

import pytest
from transitions import Machine, MachineError

from dialogs.machines import Diagram, Edge

EDGES = (
    Edge("first", "next", "second"),
    Edge("second", "next", "third"),
    Edge("second", "back", "first"),
    Edge("third", "save", "done"),
)
STATES = ("first", "second", "third", "done")


@dataclass(slots=True, eq=False)
class Walker:
    state: str


@pytest.fixture
def machine() -> Machine:
    made = Machine(model=None, states=list(STATES), initial="first", auto_transitions=False)
    for edge in EDGES:
        made.add_transition(edge.trigger, edge.source, edge.target)
    return made


def test_an_event_moves_a_value_that_was_never_added(machine: Machine) -> None:
    walker = Walker("first")
    assert machine.events["next"].trigger(walker) is True
    assert walker.state == "second"
    assert machine.models == []


def test_two_values_walk_one_machine_and_do_not_meet(machine: Machine) -> None:
    one, other = Walker("first"), Walker("second")
    machine.events["next"].trigger(one)
    machine.events["next"].trigger(other)
    assert (one.state, other.state) == ("second", "third")


def test_what_cannot_happen_leaves_the_value_where_it_is(machine: Machine) -> None:
    walker = Walker("first")
    with pytest.raises(MachineError):
        machine.events["save"].trigger(walker)
    assert walker.state == "first"


def test_a_state_that_was_taken_out_is_an_error_and_no_move(machine: Machine) -> None:
    walker = Walker("a state of an earlier playbook")
    with pytest.raises(ValueError, match="not a registered state"):
        machine.events["next"].trigger(walker)


def test_no_trigger_is_made_that_is_not_in_the_table(machine: Machine) -> None:
    assert set(machine.events) == {"next", "back", "save"}


@pytest.mark.parametrize(
    ("state", "trigger", "after"),
    [
        ("first", "next", "second"),
        ("second", "back", "first"),
        ("third", "save", "done"),
        ("first", "back", None),
        ("done", "next", None),
        ("first", "no such trigger", None),
        ("no such state", "next", None),
    ],
)
def test_a_diagram_says_what_follows_or_nothing(
    state: str, trigger: str, after: str | None
) -> None:
    diagram = Diagram(STATES, EDGES)
    assert diagram.after(state, trigger) == after
    assert diagram.after(state, trigger) == after, "the second time it is remembered"


def test_an_edge_to_nowhere_is_refused_when_it_is_compiled() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Diagram(STATES, [Edge("first", "next", "nowhere")])
