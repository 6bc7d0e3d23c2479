"""The stages of the pipeline, and which of them the cases of a sales team move through."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.playbook.texts import Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that must be true to leave a stage."""

    id: str
    text: Text
    met_by: tuple[str, str] | None = None
    """Form and question whose answer meets it; else somebody says how it is known."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the CRM's pipeline with what must be true to leave it."""

    id: str
    title: Text
    names: tuple[str, ...]
    """Names it may carry in the CRM."""
    won: bool = False
    criteria: tuple[Criterion, ...] = ()
    team: str = ""
    """Name of the sales team whose cases alone come here; empty: those of all."""
    instead_of: str = ""
    """Id of the stage whose place it takes for that team."""


def of_team(stages: Iterable[Stage], team: str) -> tuple[Stage, ...]:
    """Those of all and the team's own, each in its place."""
    known = tuple(stages)
    own = {one.instead_of: one for one in known if team and one.team == team}
    there = (one for one in known if not one.instead_of and one.team in {"", team})
    return tuple(own.get(one.id, one) for one in there)


def instead(stages: Iterable[Stage], stage: str, team: str) -> str:
    """The id of the stage of the team that takes the place of that one, or that one's."""
    own = (one for one in stages if team and one.team == team)
    return next((one.id for one in own if one.instead_of == stage), stage)
