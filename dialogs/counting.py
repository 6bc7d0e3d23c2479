"""Key figures counted from opportunities, one by one: the one definition of each, for any CRM.

Knows no CRM; what it is given are opportunities as values, whatever they were read from.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from dialogs.lookups_figures import Effort, FigureList, Share, StepFigure, Visits
from dialogs.spans import Span

HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity as key figures see it; days are ISO dates on the company's clock."""

    owner: str
    """Whoever it is: a name or an id; empty: nobody."""
    created: str
    state: Literal["open", "won", "lost"] = "open"
    closed: str = ""
    reason: str = ""
    """Why it was lost."""
    hours: float = 0.0
    travel: float = 0.0
    contacted: str = ""
    inquired: str = ""
    course: str = ""
    """As `dialogs.course` writes it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """That a case came to a step."""

    at: datetime
    step: str
    form: str


def counted(deals: Iterable[Deal], span: Span, zone: ZoneInfo) -> FigureList:
    """Count what happened within the span."""
    since, until = span.since.isoformat(), span.until.isoformat()
    known = list(deals)
    courses = [(deal, _arrivals(deal.course, zone)) for deal in known]
    steps = _Steps(span)
    for _, course in courses:
        steps.take(course)
    won = [one for one in known if one.state == "won" and since <= one.closed < until]
    lost = [one for one in known if one.state == "lost" and since <= one.closed < until]
    about = {
        deal.owner
        for deal, course in courses
        if deal.owner and _concerns(deal, course, since, until, span)
    }
    return FigureList(
        opportunities=sum(since <= one.created < until for one in known),
        contacts=sum(since <= one.contacted < until for one in known),
        inquiries=sum(since <= one.inquired < until for one in known),
        won=_effort(won),
        lost=_effort(lost),
        reasons=_shares(lost),
        steps=tuple(steps.figures()),
        visits=tuple(_visits(courses, span)),
        people=len(about),
    )


def _concerns(deal: Deal, course: Sequence[Arrival], since: str, until: str, span: Span) -> bool:
    days = (deal.created, deal.contacted, deal.inquired, deal.closed)
    return any(since <= one < until for one in days) or any(_within(one, span) for one in course)


def _effort(deals: Sequence[Deal]) -> Effort:
    hours, travel = sum(one.hours for one in deals), sum(one.travel for one in deals)
    return Effort(len(deals), round(hours, 2), round(travel, 2))


def _shares(lost: Sequence[Deal]) -> tuple[Share, ...]:
    """The most frequent first, those alike by name."""
    found = Counter(one.reason for one in lost)
    return tuple(Share(*one) for one in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _arrivals(course: str, zone: ZoneInfo) -> list[Arrival]:
    return [one for line in course.splitlines() for one in _arrival(line, zone)]


def _arrival(line: str, zone: ZoneInfo) -> Iterator[Arrival]:
    """A line that somebody has changed by hand is passed over."""
    at, _, rest = line.strip().partition(" ")
    step, _, form = rest.partition(" ")
    try:
        when = datetime.fromisoformat(at).astimezone(zone)
    except ValueError:
        return
    if step:
        yield Arrival(when, step, form)


def _within(one: Arrival, span: Span) -> bool:
    return span.since <= one.at.date() < span.until


class _Steps:
    """How long cases stayed at steps that they came to within the span."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._came: Counter[str] = Counter()
        self._stays: defaultdict[str, list[float]] = defaultdict(list)

    def take(self, course: Sequence[Arrival]) -> None:
        moves = _moves(course)
        for one in moves:
            if _within(one, self._span):
                self._came[one.step] += 1
        for one, following in pairwise(moves):
            if _within(one, self._span):
                self._stays[one.step].append((following.at - one.at).total_seconds())

    def figures(self) -> Iterator[StepFigure]:
        for step, came in self._came.items():
            stays = self._stays[step]
            days = sum(stays) / len(stays) / DAY if stays else None
            yield StepFigure(step, came, len(stays), None if days is None else round(days, 3))


def _moves(course: Sequence[Arrival]) -> list[Arrival]:
    """Where the step changed; further entries at the same step are none."""
    first = list(course[:1])
    return first + [then for one, then in pairwise(course) if then.step != one.step]


def _visits(courses: Iterable[tuple[Deal, Sequence[Arrival]]], span: Span) -> Iterator[Visits]:
    """How often each form was finished within the span, and for how many cases."""
    times: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for _, course in courses:
        forms = [one.form for one in course if one.form and _within(one, span)]
        times.update(forms)
        cases.update(set(forms))
    for form, count in sorted(times.items()):
        yield Visits(form, cases[form], count)


def day(value: str, zone: ZoneInfo) -> str:
    """The day of a moment (ISO, UTC where it names none) on the company's clock; empty for none."""
    if not value:
        return ""
    if len(value) == len("2026-01-01"):
        return date.fromisoformat(value).isoformat()
    at = datetime.fromisoformat(value)
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone(zone).date().isoformat()
