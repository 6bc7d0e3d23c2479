"""The life of a case: one opportunity on its way through the process steps of the playbook.

A second machine, over steps instead of questions. Knows nothing of chats and nothing of the CRM.
"""

from dataclasses import dataclass, field, replace

from dialogs.crm import Customer, JsonValue
from dialogs.machines import Diagram, Edge
from dialogs.playbook import Form, Playbook, Process, Step


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
    told: dict[str, dict[str, JsonValue]] = field(default_factory=dict)
    """Answers given beforehand in a message, by the form that will ask for them."""
    heard: dict[str, str] = field(default_factory=dict)
    """By question, the words those answers were understood from."""
    course: tuple[Passed, ...] = ()
    """What it has been through, the latest last."""
    mails: dict[str, str] = field(default_factory=dict)
    """What was last told of each e-mail, by the key of its delivery."""
    company: int | None = None
    """The CRM's id of the customer, once it is known there."""
    existing: int | None = None
    """The CRM's id of the opportunity, where it was there before the case."""
    meeting: str = ""
    """Key of the delivery that made the appointment that is to come."""


def edges(process: Process) -> tuple[Edge, ...]:
    """Every move of the process: step, happening, step that follows."""
    return tuple(
        Edge(step.id, happening, following)
        for step in process.steps
        for happening, following in step.then.items()
    )


class Lifecycle:
    """The machine of a playbook's case process."""

    def __init__(self, playbook: Playbook) -> None:
        """Compile it once; all cases of the playbook share it."""
        self.playbook = playbook
        process = playbook.case_process
        self.diagram = Diagram([step.id for step in process.steps], edges(process))

    def step_of(self, form: str) -> Step | None:
        """The step at which that form is filled in."""
        return next((step for step in self.playbook.steps.values() if step.form == form), None)

    def after(self, case: Case, happening: str) -> Case | None:
        """The case one step on, or None where the process doesn't know this."""
        following = self.diagram.after(case.step, happening)
        return None if following is None else replace(case, step=following)

    def awaits(self, step: str, form: str) -> bool:
        """Whether a case there can go on with that form: steps that may be left out don't count."""
        return self._reached(step, form) is not None

    def takes(self, form: Form, step: str) -> bool:
        """Whether the form can be filled in for a case that stands at that step."""
        return form.opens == "any_case" or self.awaits(step, form.id)

    def following(self, step: str) -> tuple[str, ...]:
        """The forms with which a case there can go on, the nearest first."""
        forms = (one.form for one in self.playbook.steps.values() if one.form)
        return tuple(form for form in forms if self.awaits(step, form))

    def finished(self, case: Case, form: str) -> Case:
        """The case after that form; a form filled in again changes no step already passed."""
        step = self._reached(case.step, form)
        if step is None:
            return case
        return self.after(replace(case, step=step), "finished") or replace(case, step=step)

    def _reached(self, here: str, form: str) -> str | None:
        """The step of that form, where nothing that has to be done lies before it."""
        steps, seen = self.playbook.steps, set[str]()
        while here in steps and here not in seen:
            there = self._at(here, form)
            if there is not None:
                return there
            seen.add(here)
            here = steps[here].then.get("finished", "") if steps[here].optional else ""
        return None

    def _at(self, here: str, form: str) -> str | None:
        """The step of that form, where it is this one or the form can be filled in here too."""
        steps = self.playbook.steps.values()
        beside = (one.id for one in steps if one.form == form and here in one.also_at)
        return here if self.playbook.steps[here].form == form else next(beside, None)
