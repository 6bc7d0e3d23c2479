"""The only file that knows `transitions`: a table of edges becomes one shared machine.

A machine is built once and has no model of its own; a walk through it is a light value with a
state (ADR 0002). No callback does I/O, so a turn that died can be run again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transitions import Machine, MachineError


@dataclass(frozen=True, slots=True)
class Edge:
    """From a state, what happens, and the state that follows."""

    source: str
    trigger: str
    target: str


@dataclass(slots=True, eq=False)  # `transitions` looks models up by identity
class _Walker:
    state: str


class Diagram:
    """A compiled state machine: asks nothing, remembers nothing."""

    def __init__(self, states: Sequence[str], edges: Iterable[Edge]) -> None:
        """Compile.

        Raises:
            ValueError: an edge names a state that is none.
        """
        self.states = tuple(states)
        self.edges = tuple(edges)
        ends = {end for edge in self.edges for end in (edge.source, edge.target)}
        if unknown := ends - set(states):  # `transitions` would only stumble over it when it moves
            raise ValueError(f"an edge names {sorted(unknown)}, which is no state: add it")
        self._said: dict[tuple[str, str], str | None] = {}
        self._machine = Machine(
            model=None, states=list(states), initial=states[0], auto_transitions=False
        )
        for edge in self.edges:
            self._machine.add_transition(edge.trigger, edge.source, edge.target)

    def after(self, state: str, trigger: str) -> str | None:
        """Return the state that follows, or None where this can't happen.

        Edges have no conditions, so what the machine said once holds for ever.
        """
        known = (state, trigger)
        if known not in self._said:
            self._said[known] = self._ask(state, trigger)
        return self._said[known]

    def _ask(self, state: str, trigger: str) -> str | None:
        event = self._machine.events.get(trigger)
        walker = _Walker(state)
        try:
            moved = event is not None and event.trigger(walker)
        except (MachineError, ValueError):
            return None
        return walker.state if moved else None
