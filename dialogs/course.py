"""The course of a case: when it came to which step by which form, and what it has cost.

Noted at the end of a turn, whatever the turn was about, and carried to the CRM with each entry: so
key figures are counted from what stands there. Decides nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dialogs.case import Case, Passed
from dialogs.crm import Delivery, JsonValue, Value
from dialogs.library import Library
from dialogs.playbook import FigureRules, Playbook
from dialogs.turns import Facts, Turn


def noted(library: Library, turn: Turn, facts: Facts) -> Turn:
    """The turn with the courses of its cases, and in each entry the course up to it."""
    cases = {case.id: case for case in turn.cases}
    passed = {one: _course(library, case, turn, facts) for one, case in cases.items()}
    deliveries = tuple(
        _told(library, passed.get(one.case) or facts.cases.get(one.case), one, facts)
        for one in turn.deliveries
    )
    kept = tuple(passed[case.id] for case in turn.cases)
    return replace(turn, cases=kept, deliveries=deliveries) if cases or turn.deliveries else turn


def _course(library: Library, case: Case, turn: Turn, facts: Facts) -> Case:
    known = facts.cases.get(case.id)
    playbook = library.of(case.playbook).playbook
    made = (one.kind for one in turn.deliveries if one.case == case.id)
    forms = [kind for kind in made if kind in playbook.form_by_id]
    moved = known is None or known.step != case.step
    if not forms and not moved:
        return case
    lines = [_line(playbook.figures, case, form, facts.now) for form in forms or [""]]
    return replace(case, course=(*case.course, *lines))


def _line(rules: FigureRules, case: Case, kind: str, at: int) -> Passed:
    record = case.forms.get(kind, {})
    return Passed(
        at,
        case.step,
        kind,
        hours=str(sum(_amounts(record, rules.hours), Decimal())),
        travel=str(sum(_amounts(record, rules.travel), Decimal())),
        counts=all(one.holds(record) for one in rules.contact_when),
    )


def _amounts(record: dict[str, JsonValue], questions: tuple[str, ...]) -> Iterator[Decimal]:
    for one in questions:
        value = record.get(one)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield Decimal(str(value))


def _told(library: Library, case: Case | None, delivery: Delivery, facts: Facts) -> Delivery:
    if case is None:
        return delivery
    playbook = library.of(case.playbook).playbook
    values = dict(_values(playbook, case, facts.zone or "UTC"))
    return replace(delivery, opportunity={**delivery.opportunity, **values})


def _values(playbook: Playbook, case: Case, zone: str) -> Iterator[tuple[str, Value]]:
    """The figures of a case, each for the CRM field that the playbook names."""
    rules = playbook.figures
    told = {
        "hours": _sum(one.hours for one in case.course),
        "travel": _sum(one.travel for one in case.course),
        "contacted": _first(case, rules.contact, zone, counted=True),
        "inquired": _first(case, rules.inquiry, zone),
        "course": "\n".join(map(written, case.course)),
    }
    for fact, field in rules.fields.items():
        if told[fact]:
            yield field, Value(told[fact], told[fact])


def _sum(amounts: Iterator[str]) -> str:
    return str(sum(map(Decimal, amounts), Decimal()))


def _first(case: Case, wanted: str, zone: str, *, counted: bool = False) -> str:
    """The day on which that form was first finished, or that step first reached."""
    for one in case.course:
        if wanted in {one.kind, one.step} - {""} and (one.counts or not counted):
            at = datetime.fromtimestamp(one.at / 1000, ZoneInfo(zone))
            return at.date().isoformat()
    return ""


def written(passed: Passed) -> str:
    """`2026-11-20T09:30Z assess record`: when, the step it came to, the form that was finished."""
    at = datetime.fromtimestamp(passed.at / 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%MZ} {passed.step} {passed.kind}".strip()
