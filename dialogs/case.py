"""The life of a case: one opportunity on its way through the process steps of the playbook.

A second machine, over the steps of all processes instead of questions: from the appointment through
the rounds of the qualification to its end, and back from where it was parked or lost. Knows nothing
of chats and nothing of the CRM.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from dialogs.crm import Customer, JsonValue
from dialogs.machines import Diagram, Edge
from dialogs.playbook import Form, Playbook, Step
from dialogs.playbook.values import BEFORE


@dataclass(frozen=True, slots=True)
class Passed:
    """A moment in the course of a case: an entry was made, or it came to another step."""

    at: int
    """Epoch milliseconds."""
    step: str
    """Where it stood then."""
    kind: str = ""
    """The form that was finished, if one was."""
    hours: str = "0"
    travel: str = "0"
    """What that took: hours, and an amount; decimals as text."""
    counts: bool = True
    """False for a form that was filled in about something that did not take place."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one opportunity; its id is also its key in the CRM."""

    id: str
    owner: str
    """Id of the person who looks after it."""
    playbook: str
    step: str
    title: str
    customer: Customer | None = None
    forms: dict[str, dict[str, JsonValue]] = field(default_factory=dict)
    """The record of each finished form, by form id."""
    deliveries: tuple[str, ...] = ()
    """Keys of the entries made for the CRM, in order."""
    approval: str = ""
    """Id of the open or last question to management."""
    url: str = ""
    """The opportunity in the CRM, once it stands there."""
    stage: str = ""
    """Id of the stage it was moved to last; empty for one of before stages were kept."""
    rounds: int = 0
    """How often the qualification process was begun."""
    came: tuple[str, ...] = ()
    """Steps from which it was parked or lost, the latest last: where restoring leads."""
    since: int = 0
    """When it came to its step, epoch milliseconds; 0 where that was not kept."""
    parked_until: str = ""
    """ISO date on which it is to be taken up again."""
    helpers: tuple[str, ...] = ()
    """Ids of those who worked on it beside its owner."""
    lead: int | None = None
    """The opportunity's number in the CRM, where it stood there before the case."""
    told: tuple[str, ...] = ()
    """Ids of the people to whom it was announced."""
    had: str = ""
    """Name of its owner in the CRM when it was announced."""
    closed: bool = False
    """Nobody goes on with it here: it was declined, or somebody was faster in the CRM."""
    beforehand: dict[str, dict[str, JsonValue]] = field(default_factory=dict)
    """Answers given beforehand in a message, by the form that will ask for them."""
    heard: dict[str, str] = field(default_factory=dict)
    """By question, the words those answers were understood from."""
    course: tuple[Passed, ...] = ()
    """What it has been through, the latest last."""
    mails: dict[str, str] = field(default_factory=dict)
    """What was last told of each e-mail, by the key of its delivery."""
    company: int | None = None
    """The CRM's id of the customer, once it is known there."""
    meeting: str = ""
    """Key of the delivery that made the appointment that is to come."""
    team: str = ""
    """Name of the sales team whose stages it moves through; empty: those of all."""


def edges(playbook: Playbook) -> tuple[Edge, ...]:
    """Every move of a case: step, happening, step that follows."""
    return tuple(edge for step in playbook.steps.values() for edge in _from(playbook, step))


def _from(playbook: Playbook, step: Step) -> Iterator[Edge]:
    for happening, following in step.then.items():
        if following != BEFORE:
            yield Edge(step.id, happening, following)
            continue
        for origin in playbook.steps.values():
            if step.id in origin.then.values():
                yield Edge(step.id, _back(happening, origin.id), origin.id)


def _back(happening: str, origin: str) -> str:
    return f"{happening}:{origin}"


class Lifecycle:
    """The machine of a playbook: one for all its processes."""

    def __init__(self, playbook: Playbook) -> None:
        """Compile it once; all cases of the playbook share it."""
        self.playbook = playbook
        self.diagram = Diagram(list(playbook.steps), edges(playbook))

    def step_of(self, form: str) -> Step | None:
        """The first step at which that form is filled in."""
        return next((step for step in self.playbook.steps.values() if step.form == form), None)

    def begins_in(self, step: Step, team: str = "") -> str:
        """The stage of a case that begins there: the step's, or that in which its team begins."""
        first = next(iter(self.playbook.stages_of(team)), None)
        return self.playbook.stage_for(step.stage, team) or (first.id if first else "")

    def fits(self, form: Form, step: str) -> bool:
        """Whether that form can be filled in about a case that stands at this step."""
        here = self.playbook.steps.get(step)
        if here is None:
            return False
        if form.id in self.playbook.gates or form.opens == "any_case":
            return not here.over
        return form.moves in here.then if form.moves else self.awaits(step, form.id)

    def after(self, case: Case, happening: str) -> Case | None:
        """The case one step on, or None where the process doesn't know this."""
        following = self.diagram.after(case.step, happening)
        if following is not None:
            return self._arrived(case, following)
        back = self.diagram.after(case.step, _back(happening, case.came[-1])) if case.came else None
        return None if back is None else self._returned(case, back)

    def ahead(self, case: Case, form: Form) -> Case:
        """The case at the next step that takes this form, past steps that ask nothing.

        The same where a step between asks something, begins another stage, or none comes.
        """
        there = self._at(case, form.id, self._asks_nothing)
        return there if there is not None and there.stage == case.stage else case

    def awaits(self, step: str, form: str) -> bool:
        """Whether a case there can go on with that form: steps that may be left out don't count."""
        standing = Case("", "", self.playbook.edition, step, "")
        return self._at(standing, form, self._optional) is not None

    def following(self, step: str) -> tuple[str, ...]:
        """The forms with which a case there can go on, the nearest first."""
        standing = Case("", "", self.playbook.edition, step, "")
        there = (self.playbook.steps[one.step] for one in self._along(standing, self._optional))
        return tuple(dict.fromkeys(one.form for one in there if one.form))

    def finished(self, case: Case, form: str) -> Case:
        """The case after that form; a form filled in again changes no step already passed."""
        known = self.playbook.form_by_id.get(form)
        if known is None:
            return case
        if known.moves:
            return self.after(case, known.moves) or case
        there = self._at(case, form, self._optional)
        return case if there is None else self.after(there, "finished") or there

    def _at(self, case: Case, form: str, passes: Callable[[Step], bool]) -> Case | None:
        """The case at the step of that form; None where something before it has to be done."""
        steps = self.playbook.steps
        return next(
            (one for one in self._along(case, passes) if steps[one.step].form == form), None
        )

    def _along(self, case: Case, passes: Callable[[Step], bool]) -> Iterator[Case]:
        """The case where it stands, and at each step behind those that can be passed."""
        steps, seen = self.playbook.steps, set[str]()
        at: Case | None = case
        while at is not None and at.step in steps and at.step not in seen:
            yield at
            seen.add(at.step)
            at = self.after(at, "finished") if passes(steps[at.step]) else None

    def _optional(self, step: Step) -> bool:
        return step.optional

    def _asks_nothing(self, step: Step) -> bool:
        return step.optional or not step.form

    def _arrived(self, case: Case, following: str) -> Case:
        step = self.playbook.steps[following]
        aside = BEFORE in step.then.values()
        return replace(
            case,
            step=following,
            came=(*case.came, case.step) if aside else case.came,
            rounds=case.rounds + self._begins_round(following),
            stage=self._stage(case, step),
        )

    def _returned(self, case: Case, back: str) -> Case:
        aside = BEFORE in self.playbook.steps[back].then.values()
        until = case.parked_until if aside else ""  # back from lost, it is parked as it was
        return replace(case, step=back, came=case.came[:-1], parked_until=until)

    def _begins_round(self, step: str) -> bool:
        process = self.playbook.process_of(step)
        return process is not self.playbook.case_process and process.steps[0].id == step

    def _stage(self, case: Case, step: Step) -> str:
        """The stage of the step, unless the case has come further already."""
        order = [one.id for one in self.playbook.stages_of(case.team)]
        own = self.playbook.stage_for(step.stage, case.team)
        known = [one for one in (case.stage, own) if one in order]
        return max(known, key=order.index, default=case.stage)
