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

NOTHING, OTHER = frozenset({"null"}), frozenset({"other"})
TICKED, UNTICKED = frozenset({"true"}), frozenset({"false"})
HAS = " has "


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
    anything = _domains(form)
    order = stops(form)
    for place, stop in enumerate(order):
        here = {_subject(one): _met(one, anything) for one in stop.when}
        yield from _onward(form, stop, order[place + 1 :], _narrowed(form, anything, here))


def _onward(form: Form, here: Stop, later: tuple[Stop, ...], known: Known) -> Iterator[Way]:
    first, passed = known, False
    for stop in later:
        if _impossible(stop.when, known):
            continue
        asked = tuple(one for one in stop.when if not _certain(one, first))
        certain = all(_certain(one, known) for one in stop.when)
        yield Way(here, stop, asked, otherwise=passed and not asked)
        if certain:
            return
        passed = True
        known = _narrowed(form, known, _failed(stop, known))
    yield Way(here, None, otherwise=passed)


def _subject(condition: Condition) -> str:
    """An option of a multiple choice is ticked or not, whatever the others are."""
    if condition.test == "has":
        return f"{condition.question}{HAS}{condition.value}"
    return condition.question


def _met(condition: Condition, domains: Known) -> frozenset[str]:
    """The answers with which the condition holds."""
    if condition.test == "has":
        return TICKED
    if condition.test == "is":
        return frozenset({json.dumps(condition.value)})
    return domains[condition.question] - NOTHING if condition.value else NOTHING


def _certain(condition: Condition, known: Known) -> bool:
    return known[_subject(condition)] <= _met(condition, known)


def _impossible(conditions: tuple[Condition, ...], known: Known) -> bool:
    return any(not known[_subject(one)] & _met(one, known) for one in conditions)


def _failed(stop: Stop, known: Known) -> Known:
    """What is learned when a stop is passed over: no answer, and often which condition failed."""
    learned = dict.fromkeys((one.id for one in stop.questions), NOTHING)
    still = [one for one in stop.when if not _certain(one, known)]
    if len(still) == 1:
        subject = _subject(still[0])
        learned[subject] = known[subject] - _met(still[0], known)
    return learned


def _domains(form: Form) -> Known:
    """What each answer can be, as far as the form's conditions tell answers apart."""
    asked = [condition for question in form.questions for condition in question.when]
    found: dict[str, frozenset[str]] = {}
    for question in form.questions:
        unanswered = NOTHING if question.optional or question.when else frozenset[str]()
        found[question.id] = unanswered | _answers(question, asked)
    return found | {_subject(one): TICKED | UNTICKED for one in asked if one.test == "has"}


def _answers(question: Question, asked: list[Condition]) -> frozenset[str]:
    if question.kind.name == "yes_no":
        return frozenset({"true", "false"})
    if question.kind.name == "choice":
        return frozenset(json.dumps(option.id) for option in question.kind.options())
    named = (one for one in asked if one.question == question.id and one.test == "is")
    return OTHER | {json.dumps(one.value) for one in named} - NOTHING


def _narrowed(form: Form, known: Known, learned: Known) -> Known:
    """What is known with what was learned, and all that follows from it."""
    narrow = dict(known)
    for subject, possible in learned.items():
        narrow[subject] &= possible
    following = {
        subject: possible
        for question in form.questions
        for subject, possible in _following(question, narrow)
        if not narrow[subject] <= possible
    }
    return _narrowed(form, narrow, following) if following else narrow


def _following(question: Question, known: Known) -> Iterator[tuple[str, frozenset[str]]]:
    """A question that is not asked has no answer; one that has an answer was asked."""
    options = [subject for subject in known if subject.startswith(f"{question.id}{HAS}")]
    if _impossible(question.when, known):
        yield question.id, NOTHING
    if known[question.id] == NOTHING:
        yield from ((subject, UNTICKED) for subject in options)
    if any(known[subject] == TICKED for subject in options):
        yield question.id, known[question.id] - NOTHING
    if not known[question.id] & NOTHING:
        yield from ((_subject(one), _met(one, known)) for one in question.when)
