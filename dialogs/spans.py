"""A period said in words: this month, last quarter, Q3 2026, 2026. English and German alike."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.answers.calendar_words import MONTHS
from dialogs.answers.hygiene import fold


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` up to, but without, `until`."""

    since: date
    until: date

    def __str__(self) -> str:
        """As a button holds it: `20261001-20270101`."""
        return f"{self.since:%Y%m%d}-{self.until:%Y%m%d}"

    @classmethod
    def read(cls, text: str) -> "Span":
        """Read what `str` wrote; ValueError for anything else."""
        since, _, until = text.partition("-")
        return cls(date.fromisoformat(since), date.fromisoformat(until))

    @classmethod
    def of(cls, since: str, until: str) -> "Span":
        """Read two ISO dates."""
        return cls(date.fromisoformat(since), date.fromisoformat(until))

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


MONTH, QUARTER, YEAR = 1, 3, 12
_UNITS: Mapping[str, int] = {
    **dict.fromkeys(("month", "monat"), MONTH),
    **dict.fromkeys(("quarter", "quartal"), QUARTER),
    **dict.fromkeys(("year", "jahr"), YEAR),
}
_THIS = "this|current|dieses|dieser|diesen|diesem|aktuelles|aktueller|aktuellen|laufendes"
_LAST = "last|previous|letztes|letzter|letzten|letztem|voriges|voriger|vorigen|vergangenes"
_TURN = re.compile(rf"(?:(?P<this>{_THIS})|(?P<last>{_LAST})) (?P<unit>{'|'.join(_UNITS)})")
_WEEK = re.compile(rf"(?:(?P<this>{_THIS}|diese)|(?P<last>{_LAST}|letzte|vorige)) (?:week|woche)")
_YEAR = re.compile(r"(?P<year>20[0-9]{2})")
_QUARTER = re.compile(r"q(?P<quarter>[1-4])(?: (?P<year>20[0-9]{2}))?")
_MONTH = re.compile(r"(?P<month>[^\W\d_]+)(?: (?P<year>20[0-9]{2}))?")


def of_words(words: str, today: date) -> Span | None:
    """The period, or None where the words are none."""
    folded = fold(words).strip()
    for pattern, reader in _READERS:
        match = pattern.fullmatch(folded)
        found = reader(match, today) if match else None
        if found is not None:
            return found
    return None


def of_months(first: date, months: int) -> Span:
    return Span(first, _plus(first, months))


def this_quarter(today: date) -> Span:
    return of_months(_begin(today, QUARTER), QUARTER)


def _turn(match: re.Match[str], today: date) -> Span:
    months = _UNITS[match["unit"]]
    begin = _begin(today, months)
    return of_months(begin if match["this"] else _plus(begin, -months), months)


def _week(match: re.Match[str], today: date) -> Span:
    monday = today - timedelta(days=today.weekday() + (0 if match["this"] else 7))
    return Span(monday, monday + timedelta(days=7))


def _year(match: re.Match[str], today: date) -> Span:  # noqa: ARG001 - like its siblings
    return of_months(date(int(match["year"]), 1, 1), YEAR)


def _quarter(match: re.Match[str], today: date) -> Span:
    year = int(match["year"] or today.year)
    return of_months(date(year, QUARTER * int(match["quarter"]) - 2, 1), QUARTER)


def _month(match: re.Match[str], today: date) -> Span | None:
    month = MONTHS.get(match["month"])
    if month is None:
        return None
    year = int(match["year"] or today.year)
    first = date(year, month, 1)
    if match["year"] is None and first > today:
        first = first.replace(year=year - 1)
    return of_months(first, MONTH)


def _begin(today: date, months: int) -> date:
    """The first day of the month, quarter or year of today."""
    return date(today.year, (today.month - 1) // months * months + 1, 1)


def _plus(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (_TURN, _turn),
    (_WEEK, _week),
    (_YEAR, _year),
    (_QUARTER, _quarter),
    (_MONTH, _month),
)
