"""What a playbook means: frozen values that the engine, the review, the CRM mapping and docs read.

Knows nothing of TOML and nothing of how a question is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dialogs.answers import Kind
from dialogs.crm import CrmNeeds, FieldNeed, StageNeed
from dialogs.people import Action, Person
from dialogs.playbook import pipeline
from dialogs.playbook.hours import Quiet
from dialogs.playbook.pipeline import Stage
from dialogs.playbook.ruling import DecisionRule, FigureRules, Handover, Team
from dialogs.playbook.texts import Answers, Condition, Text
from dialogs.translations import OWN, Translation

Opens = Literal[
    "case",
    "open_case",
    "any_case",
    "approval",
    "enquiry",
    "reply",
    "handover",
    "task",
    "lead",
    "invitation",
    "request",
    "requested",
]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: what is asked, what counts as an answer, where it is kept."""

    id: str
    kind: Kind
    prompt: Text
    label: Text
    hint: Text | None = None
    optional: bool = False
    when: tuple[Condition, ...] = ()
    crm: str | None = None
    """Target in the CRM; None keeps the answer in the note alone."""
    listening: str = ""
    """How a free message is read for it (`dialogs.gleaning.readers`); empty: not at all."""
    listen: tuple[str, ...] = ()
    """Words that announce its answer in a free message, of all languages."""
    internal: bool = False
    """Never told to a customer."""
    files: bool = False
    """A file sent in the chat is an answer: its name."""
    offered: bool = False
    """The button that offers the form has said yes to it."""
    draft: Text | None = None
    """What the answer begins with, its gaps filled from another form's answers."""

    def asked(self, answers: Answers) -> bool:
        return not self.when or all(condition.holds(answers) for condition in self.when)


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure counted from scales: for each ticked option the product of its factors, added up."""

    id: str
    label: Text
    over: str
    """Id of the multiple choice."""
    factors: tuple[str, ...]
    """Endings of the scale questions: `likelihood`, `impact`."""
    crm: str | None = None
    weighs: Literal["good", "bad"] | None = None
    """Whether its options are chances or risks, for the risk matrix."""

    def scores(self, answers: Answers) -> list[tuple[str, int]]:
        """Return the ticked options with their product, highest first."""
        ticked = answers.get(self.over)
        names = [str(option) for option in ticked] if isinstance(ticked, list) else []
        found = [(name, self._product(name, answers)) for name in names]
        return sorted(found, key=lambda pair: -pair[1])

    def total(self, answers: Answers) -> int:
        return sum(score for _, score in self.scores(answers))

    def _product(self, option: str, answers: Answers) -> int:
        product = 1
        for factor in self.factors:
            answer = answers.get(f"{self.over}_{option}_{factor}")
            product *= answer if isinstance(answer, int) else 0
        return product


@dataclass(frozen=True, slots=True)
class Form:
    """A dialogue: its questions in order, and what begins and ends it."""

    id: str
    title: Text
    action: Action
    """The action a person needs the right to: see `dialogs.people.MAY`."""
    opens: Opens
    """What it is about: a new case, an open one at the form's step or anywhere on its way, a
    question to management, what management asks back and its answer, a hand-over, a task of the
    CRM, a lead that came in by itself, an invitation to an appointment, a colleague's request for
    information, or one's own with the answer that came."""
    questions: tuple[Question, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Command words by language."""
    description: Text | None = None
    review: bool = True
    duplicates: bool = False
    """Whether opportunities that may be the same are shown before it is saved."""
    errand: Literal["complete", "reschedule", "hand_on"] | None = None
    """What it does about the task that it opens."""
    briefing: bool = False
    """It begins with what the CRM knows of the customer."""
    sums: tuple[Sum, ...] = ()
    moves: str = ""
    """What its end makes happen to a case, at whichever step that can happen."""

    @property
    def revised(self) -> bool:
        """Whether filling it in again begins with the answers of the last time."""
        return self.opens == "open_case" and not self.moves

    asks_first: str = ""
    """What the CRM is asked before it begins: a key of `dialogs.asking.FIRST`."""
    about: str = ""
    """Id of the form whose answers fill the gaps of the drafts."""
    offered_when: tuple[Condition, ...] = ()
    """What must be true of those answers for it to be offered."""
    confirm: Text | None = None
    menu: bool = True
    """Whether it is offered where no case is spoken of."""
    beside: bool = False
    """Whether it is offered beside what comes next, where a case is shown."""
    task: Text | None = None
    """Summary of the next activity where no question asks for it."""

    @property
    def of_open_cases(self) -> bool:
        return self.opens in {"open_case", "any_case"}

    def question(self, question_id: str) -> Question | None:
        return next((one for one in self.questions if one.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the process: where a case stands."""

    id: str
    title: Text
    number: int
    responsible: str
    form: str | None = None
    optional: bool = False
    """A case may go on without it."""
    stage: str | None = None
    """The stage a case moves to on arriving here."""
    tag: Text | None = None
    outcome: str = ""
    """won, lost, parked, handed_over; empty for a step on the way."""
    then: Mapping[str, str] = field(default_factory=dict)
    """What happens (finished, approved, lost …) and the step that follows, or `BEFORE`."""

    @property
    def over(self) -> bool:
        """Nothing is asked about a case that stands here, unless it is restored."""
        return self.outcome in {"won", "lost", "handed_over"} or not self.then

    @property
    def hands_over(self) -> bool:
        """True where a case waits for somebody to take it over."""
        return "accepted" in self.then


BEFORE = "before"
"""In a step's `then`: the step where the case stood when it came here."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Who did what to the process document and when."""

    act: str
    on: str
    by: str


@dataclass(frozen=True, slots=True)
class Process:
    """A written process: S0 or S1 of the company's handbook."""

    id: str
    title: Text
    version: str
    purpose: Text
    revisions: tuple[Revision, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A named thing to choose from: a lost reason, a hand-over target."""

    id: str
    text: Text


@dataclass(frozen=True)
class Playbook:
    """The whole: everything that can be asked, decided and kept."""

    name: str
    version: str
    edition: str
    """The version with a mark of the file's content: what conversations and cases stay on."""
    company: str
    language: str
    """The language of the record in the CRM."""
    currency: str
    processes: tuple[Process, ...]
    stages: tuple[Stage, ...]
    forms: tuple[Form, ...]
    decision: DecisionRule
    lost_reasons: tuple[Choice, ...] = ()
    gates: Mapping[str, Form] = field(default_factory=dict)
    """Forms made from the criteria of the stages, by id: see `dialogs.playbook.gates`."""
    handover: tuple[Handover, ...] = ()
    teams: tuple[Team, ...] = ()
    """Sales teams with stages of their own."""
    leads_to: str = "team_leader"
    """Who is told of a lead that nobody has: `team_leader`, or a role."""
    labels: Mapping[str, Text] = field(default_factory=dict)
    quiet: Quiet = field(default_factory=Quiet)
    figures: FigureRules = field(default_factory=FigureRules)
    presentation: str = ""
    """Address of the company's presentation."""
    translations: tuple[Translation, ...] = ()
    """Languages beyond English and German."""
    untranslated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Places of its texts that are not there in a further language, by language."""

    @property
    def languages(self) -> tuple[str, ...]:
        """All that people can choose from."""
        return (*OWN, *(one.id for one in self.translations))

    @cached_property
    def form_by_id(self) -> Mapping[str, Form]:
        return {form.id: form for form in self.forms}

    def form_that(self, opens: Opens) -> Form | None:
        """The first form that is about that."""
        return next((form for form in self.forms if form.opens == opens), None)

    def target(self, target: str) -> Handover | None:
        return next((one for one in self.handover if one.id == target), None)

    @cached_property
    def case_process(self) -> Process:
        """The process whose steps a case goes through: the one with the decision."""
        return next(
            process
            for process in self.processes
            if any(step.id == self.decision.step for step in process.steps)
        )

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """All steps of all processes: where a case can stand."""
        return {step.id: step for process in self.processes for step in process.steps}

    @cached_property
    def stage_by_id(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    def process_of(self, step: str) -> Process:
        return next(one for one in self.processes if step in {own.id for own in one.steps})

    def team_of(self, person: Person) -> str:
        """Name of the sales team whose the person's cases are; empty for none that is named."""
        named = (team for team in self.teams for one in team.members if one.means(person))
        return next((team.name for team in named), "")

    def stages_of(self, team: str) -> tuple[Stage, ...]:
        """The stages that cases of that team move through, in order."""
        return pipeline.of_team(self.stages, team)

    def stage_for(self, stage: str | None, team: str) -> str:
        """The stage itself, or the one of the team that takes its place."""
        return pipeline.instead(self.stages, stage or "", team)

    def next_stage(self, stage: str, team: str) -> Stage | None:
        """The stage that follows for that team; None after the last."""
        there = self.stages_of(team)
        ids = [one.id for one in there]
        place = ids.index(stage) + 1 if stage in ids else 1
        return there[place] if place < len(ids) else None

    @cached_property
    def crm_needs(self) -> CrmNeeds:
        """What has to exist in the CRM for this playbook."""
        return CrmNeeds(
            fields=tuple(self._field_needs()),
            stages=tuple(
                StageNeed(stage.id, stage.names, stage.won, stage.team) for stage in self.stages
            ),
            lost_reasons=tuple(reason.text.by_language for reason in self.lost_reasons),
            language=self.language,
            teams=tuple(dict.fromkeys(self._teams())),
        )

    def _teams(self) -> Iterator[str]:
        yield from (one.team for one in self.handover if one.team)
        yield from (one.name for one in self.teams)

    def _field_needs(self) -> list[FieldNeed]:
        needs: dict[str, FieldNeed] = {}
        for form in self.forms:
            for question in form.questions:
                if question.crm and question.crm.startswith("x_"):
                    needs.setdefault(question.crm, _field_need(question))
            for figure in form.sums:
                if figure.crm:
                    label = figure.label.by_language
                    needs.setdefault(figure.crm, FieldNeed(figure.crm, "integer", label))
        for fact, name in self.decision.fields.items():
            needs.setdefault(
                name, FieldNeed(name, _FACT_TYPES[fact], self.labels[fact].by_language)
            )
        for fact, name in self.figures.fields.items():
            label = self.figures.labels[fact].by_language
            need = FieldNeed(name, _FIGURE_TYPES[fact], label, shown=fact != "course")
            needs.setdefault(name, need)
        return list(needs.values())


_FACT_TYPES: Mapping[str, Literal["char", "text", "date"]] = {
    "verdict": "char",
    "by": "char",
    "on": "date",
    "reason": "text",
    "target": "char",
}
_FIGURE_TYPES: Mapping[str, Literal["float", "date", "text"]] = {
    "hours": "float",
    "travel": "float",
    "contacted": "date",
    "inquired": "date",
    "course": "text",
}
_FIELD_TYPES: Mapping[
    str, Literal["char", "text", "integer", "float", "boolean", "date", "datetime", "selection"]
] = {
    "text": "char",
    "long_text": "text",
    "choice": "selection",
    "multi_choice": "text",
    "date": "date",
    "moment": "datetime",
    "time": "char",
    "money": "float",
    "percent": "float",
    "scale": "integer",
    "number": "float",
    "yes_no": "boolean",
}


def _field_need(question: Question) -> FieldNeed:
    name = question.crm or ""
    kind = question.kind.name
    options = (
        tuple((option.id, option.text) for option in question.kind.options())
        if kind == "choice"
        else ()
    )
    return FieldNeed(name, _FIELD_TYPES.get(kind, "char"), question.label.by_language, options)
