"""Reads a day written with its number: 24.12., 24.12.26, 24th of December, 2026-12-24, 03/04/27.

Dots put the day first, in both languages: 10.11. is the tenth of November. 03/04/27 is read as the
person's country does; an English writer without a known country is asked, unless only one reading
is a day. Without a year it is the day that suits the question (`reckoning.fitting`).
"""

import re
from datetime import date

from dialogs.answers import echo, foreign
from dialogs.answers.calendar_words import MONTHS, WEEKDAYS, either
from dialogs.answers.reckoning import Asked, Day, fitting, full_year, plus_months, years_around
from dialogs.answers.values import Refusal

_MONTH_FIRST = frozenset({"US", "PR", "GU", "AS", "VI", "MP", "FM", "MH", "PW"})
_UNDECIDED = frozenset({"", "CA", "PH"})
_N = "[0-9]{1,2}"
_YEAR = "(?:19|20|21)[0-9]{2}"
_ANY_YEAR = rf"(?P<year>{_YEAR}|[0-9]{{2}})"
_TH = r"(?:st|nd|rd|th|ten|te|\.)"
_NAME = rf"(?P<name>{either(MONTHS)})"
_MONTHS_AROUND = 14  # enough to find the 31st on both sides


def written(words: str, asked: Asked) -> Day | None:
    """Read a bare phrase, with its weekday or without; None when it isn't such a day."""
    first, _, rest = words.partition(" ")
    if rest and first in WEEKDAYS:
        rest = rest.removeprefix("the ").removeprefix("den ").removeprefix("dem ")
        return _on(WEEKDAYS[first], _written(rest, asked), asked)
    rest, _, last = words.rpartition(" ")
    if rest and last in WEEKDAYS:
        return _on(WEEKDAYS[last], _written(rest, asked), asked)
    return _written(words, asked)


def _on(weekday: int, day: Day | None, asked: Asked) -> Day | None:
    if isinstance(day, date) and day.weekday() != weekday:
        return Refusal("weekday_mismatch", {"date": echo.day(day, asked.language)})
    return day


def _written(words: str, asked: Asked) -> Day | None:
    for pattern, reader in _READERS:
        match = pattern.fullmatch(words)
        if match:
            return reader(match, asked) or Refusal("no_such_day", {"given": words})
    return None


def _numbered(match: re.Match[str], asked: Asked) -> Day | None:
    return _dated(match["year"], int(match["month"]), int(match["day"]), asked)


def _named(match: re.Match[str], asked: Asked) -> Day | None:
    return _dated(match["year"], MONTHS[match["name"]], int(match["day"]), asked)


def _dated(year: str | None, month: int, day: int, asked: Asked) -> date | None:
    years = [full_year(year)] if year else years_around(asked)
    days = [_existing(each, month, day) for each in years]
    return fitting([each for each in days if each], asked)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _slashed(match: re.Match[str], asked: Asked) -> Day | None:
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    day_first, month_first = _dated(year, two, one, asked), _dated(year, one, two, asked)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    if not foreign.day_first(asked.language) and asked.country in _UNDECIDED:
        return _either(day_first, month_first, asked.language)
    return month_first if _month_leads(asked) else day_first


def _month_leads(asked: Asked) -> bool:
    return not foreign.day_first(asked.language) and asked.country in _MONTH_FIRST


def _either(first: date, second: date, language: str) -> Refusal:
    shown = (echo.day(first, language), echo.day(second, language))
    return Refusal("ambiguous_date", {"first": shown[0], "second": shown[1]})


def _day_of_month(match: re.Match[str], asked: Asked) -> Day | None:
    """`the 9th`, `am 24.`: of the month that suits the question."""
    first = asked.today.replace(day=1)
    months = [plus_months(first, n) for n in range(-_MONTHS_AROUND, _MONTHS_AROUND + 1)]
    day = int(match["day"])
    days = [_existing(m.year, m.month, day) for m in months if isinstance(m, date)]
    return fitting([each for each in days if each], asked)


_READERS = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?P<year>{_YEAR})([-/.])(?P<month>{_N})\2(?P<day>{_N})", _numbered),
        (rf"(?P<year>{_YEAR})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})", _numbered),
        (rf"(?P<day>{_N})\. ?(?P<month>{_N})(?:\. ?{_ANY_YEAR})?\.?", _numbered),
        (rf"(?P<one>{_N})/(?P<two>{_N})(?:/{_ANY_YEAR})?", _slashed),
        (rf"(?P<one>{_N})-(?P<two>{_N})-{_ANY_YEAR}", _slashed),
        (rf"(?P<day>{_N}){_TH}?[ -]?(?:of )?(?:the )?{_NAME}(?:[ -]?{_ANY_YEAR})?", _named),
        (rf"{_NAME}[ -]?(?:the )?(?P<day>{_N}){_TH}?(?: {_ANY_YEAR})?", _named),
        (rf"(?P<day>{_N}){_TH}", _day_of_month),
    )
)
