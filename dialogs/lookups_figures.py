"""Key figures as the CRM is asked for them and answers: values, of no product."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.crm import Staff

Reach = Literal["mine", "team", "company"]
"""Whose opportunities: the colleague's own, those of their team, all."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The open opportunities by stage; with days, those expected to be closed within them."""

    colleague: Staff
    reach: Reach
    since: str = ""
    until: str = ""
    """ISO dates, the second one no longer in it."""
    type: Literal["pipeline"] = "pipeline"


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage in the pipeline's order; amounts in the company's currency."""

    name: str
    count: int
    revenue: float
    weighted: float
    """Each revenue times its probability."""


@dataclass(frozen=True, slots=True)
class PipelineFigures:
    stages: tuple[StageLine, ...]
    people: int
    """How many colleagues these opportunities are of."""
    type: Literal["pipeline_figures"] = "pipeline_figures"


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened from one day up to another."""

    colleague: Staff
    reach: Reach
    since: str
    until: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """The CRM's fields by fact: hours, travel, contacted, inquired, course."""
    type: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class Effort:
    """Cases, and what they have cost altogether."""

    cases: int = 0
    hours: float = 0.0
    travel: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class StepFigure:
    """Cases that came to a step within the period, and those of them that have left it since."""

    step: str
    came: int
    left: int
    days: float | None
    """How long they stayed on average."""


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a form was finished, for how many cases."""

    form: str
    cases: int
    times: int


@dataclass(frozen=True, slots=True)
class FigureList:
    opportunities: int
    contacts: int
    inquiries: int
    won: Effort
    lost: Effort
    reasons: tuple[Share, ...] = ()
    steps: tuple[StepFigure, ...] = ()
    visits: tuple[Visits, ...] = ()
    people: int = 0
    """How many colleagues these figures are about."""
    type: Literal["figure_list"] = "figure_list"
