"""What a playbook rules beside its steps: who decides, who takes over, what is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.people import Person
from dialogs.playbook.texts import Condition, Text


@dataclass(frozen=True, slots=True)
class Whom:
    """A person by login, e-mail or name, or everybody of a role."""

    by: Literal["login", "email", "name", "role"]
    value: str

    def means(self, person: Person) -> bool:
        if self.by == "role":
            return person.who == self.value
        known = person.name if self.by == "name" else person.login or ""
        return known.casefold() == self.value.casefold()


@dataclass(frozen=True, slots=True)
class Team:
    """A sales team of the CRM; the cases that its members begin are its."""

    name: str
    members: tuple[Whom, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """Where a customer can be handed over to."""

    id: str
    text: Text
    contact: Whom | None = None
    team: str | None = None
    task: Text | None = None
    days: int = 3


@dataclass(frozen=True, slots=True)
class BallotRule:
    """How many approvals approve; one rejection always rejects."""

    approvals: int | Literal["all"] = 1
    above: float | None = None
    """Counts for cases whose amount is greater; None: for all."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """Where the decision is written, and whether the owner may decide about their own case."""

    step: str
    form: str
    four_eyes: bool
    fields: Mapping[str, str]
    """CRM field by fact: verdict, by, on, reason, target."""
    card: tuple[str, ...] = ()
    """Ids of the questions whose answers stand on the decision card, in that order."""
    rules: tuple[BallotRule, ...] = ()
    """Without any, whoever presses first decides."""
    amount: str = ""
    """Id of the question whose answer the rules look at."""
    asks: tuple[Whom, ...] = ()
    """Who gets the card at first; empty: everybody who may decide."""
    remind_hours: float | None = None
    deadline_hours: float | None = None
    deputy: Whom | None = None
    """Who is asked too after the deadline."""
    escalate_to: Whom | None = None
    """Who is asked after another time of the same length, or at once where there is no deputy."""

    def rule_for(self, amount: float) -> BallotRule:
        """The rule with the highest bound that the amount is above."""
        fitting = [one for one in self.rules if one.above is None or amount > one.above]
        return max(fitting, key=lambda one: one.above or float("-inf"), default=BallotRule())


@dataclass(frozen=True, slots=True)
class FigureRules:
    """What key figures count."""

    rate: float = 0.0
    """Cost of an hour, in the playbook's currency."""
    least_people: int = 5
    """Nothing is told about fewer people than that."""
    contact: str = ""
    """The form that records a first contact."""
    contact_when: tuple[Condition, ...] = ()
    """What must be said in it for the contact to count."""
    inquiry: str = ""
    """The form or step that stands for a specific inquiry of a customer."""
    round: str = ""
    """The form that is finished once in each round of the qualification."""
    hours: tuple[str, ...] = ()
    travel: tuple[str, ...] = ()
    """Questions whose answers add up."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """CRM field by fact: hours, travel, contacted, inquired, course."""
    labels: Mapping[str, Text] = field(default_factory=dict)
