"""A form's walk as a reader sees it: what is asked after what, and on which answers.

The machine has a straight chain and the walk passes over what is not asked (`flow`); here the
passing over becomes ways with conditions. Reads forms; draws nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from dialogs.playbook import Condition, Form, Question

Known = Mapping[str, frozenset[str]]
"""What each earlier answer can still be, as JSON, by the subject of a condition."""

UNANSWERED, OTHER = "null", "other"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the drawn walk: one question, or a family asked once for each ticked option."""

    questions: tuple[Question, ...]
    over: str = ""
    """Id of the multiple choice whose options the family belongs to."""

    @property
    def id(self) -> str:
        return f"{self.over}_each" if self.over else self.questions[0].id

    @property
    def when(self) -> tuple[Condition, ...]:
        """A family is always passed through, if only for no option at all."""
        return () if self.over else self.questions[0].when


@dataclass(frozen=True, slots=True)
class Way:
    """From a stop to the next one; no target is the end of the questions."""

    source: Stop
    target: Stop | None
    conditions: tuple[Condition, ...] = ()
    otherwise: bool = False
    """Taken when the ways before it are not."""


def stops(form: Form) -> tuple[Stop, ...]:
    """The questions in order, families together."""
    runs = groupby(form.questions, key=_over)
    return tuple(
        stop
        for over, run in runs
        for stop in ([Stop(tuple(run), over)] if over else [Stop((one,)) for one in run])
    )


def _over(question: Question) -> str:
    """The multiple choice that a question is asked for each option of; empty for most."""
    if len(question.when) != 1 or question.when[0].test != "has":
        return ""
    parent, option = question.when[0].question, question.when[0].value
    return parent if question.id.startswith(f"{parent}_{option}_") else ""


def ways(form: Form) -> Iterator[Way]:
    """Every way from one stop to the next that some answers lead along, and no other."""
    domains = _domains(form)
    order = stops(form)
    for place, stop in enumerate(order):
        yield from _onward(stop, order[place + 1 :], _at(form, stop, domains))


def _onward(here: Stop, later: tuple[Stop, ...], known: Known) -> Iterator[Way]:
    first, passed = known, False
    for stop in later:
        if any(not _met(one, known) & known[_subject(one)] for one in stop.when):
            continue
        asked = tuple(one for one in stop.when if not _certain(one, first))
        certain = all(_certain(one, known) for one in stop.when)
        yield Way(here, stop, asked, otherwise=passed and not asked)
        if certain:
            return
        passed = True
        known = _without(stop.when, known)
    yield Way(here, None, otherwise=passed)


def _subject(condition: Condition) -> str:
    """An option of a multiple choice is ticked or not, whatever the others are."""
    if condition.test == "has":
        return f"{condition.question} has {condition.value}"
    return condition.question


def _met(condition: Condition, domains: Known) -> frozenset[str]:
    """The answers with which the condition holds."""
    if condition.test == "has":
        return frozenset({"true"})
    if condition.test == "is":
        return frozenset({json.dumps(condition.value)})
    nothing = frozenset({UNANSWERED})
    return domains[condition.question] - nothing if condition.value else nothing


def _certain(condition: Condition, known: Known) -> bool:
    return known[_subject(condition)] <= _met(condition, known)


def _without(conditions: tuple[Condition, ...], known: Known) -> Known:
    """What is known once they did not all hold; of several open ones nobody knows which."""
    still = [one for one in conditions if not _certain(one, known)]
    if len(still) != 1:
        return known
    subject = _subject(still[0])
    return {**known, subject: known[subject] - _met(still[0], known)}


def _domains(form: Form) -> Known:
    """What each answer can be, as far as the form's conditions tell answers apart."""
    asked = [condition for question in form.questions for condition in question.when]
    found: dict[str, frozenset[str]] = {}
    for question in form.questions:
        unanswered = {UNANSWERED} if question.optional or question.when else set()
        found[question.id] = frozenset(unanswered | _answers(question, asked))
    return found | {
        _subject(one): frozenset({"true", "false"}) for one in asked if one.test == "has"
    }


def _answers(question: Question, asked: list[Condition]) -> set[str]:
    if question.kind.name == "yes_no":
        return {"true", "false"}
    if question.kind.name == "choice":
        return {json.dumps(option.id) for option in question.kind.options()}
    named = {
        json.dumps(one.value) for one in asked if one.question == question.id and one.test == "is"
    }
    return {OTHER} | named - {UNANSWERED}


def _at(form: Form, stop: Stop, domains: Known) -> Known:
    """What is certain where somebody stands on it: why it is asked, and why that was asked."""
    known = dict(domains)
    todo = list(stop.when)
    while todo:
        condition = todo.pop()
        subject = _subject(condition)
        known[subject] &= _met(condition, known)
        earlier = form.question(condition.question)
        if earlier is not None and UNANSWERED not in known[subject]:
            todo += earlier.when
    return known
