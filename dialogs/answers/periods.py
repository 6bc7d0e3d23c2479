"""Reads a day said by its week, month or year: KW 48, Monatsende, mid December, end of the week.

A week is its Monday, for the week under way and a question about the future today; the end of a
week is its Friday. The middle of a month is the 15th.
"""

import re
from datetime import date, timedelta

from dialogs.answers.calendar_words import MONTHS, WEEKDAYS, WHICH, either
from dialogs.answers.reckoning import (
    DECEMBER,
    WEEK,
    Asked,
    Day,
    fitting,
    full_year,
    last_of_month,
    monday,
    plus_months,
    years_around,
)
from dialogs.answers.relative_days import weeks_off
from dialogs.answers.values import Refusal

_FRIDAY = 4
_MIDDLE = 15
_QUARTER = 3  # months
_YEAR = "(?:19|20|21)[0-9]{2}"


def of_period(words: str, asked: Asked) -> Day | None:
    """Read a bare phrase; None when it isn't such a day."""
    for pattern, reader in _READERS:
        match = pattern.fullmatch(words)
        if match:
            return reader(match, asked)
    return None


def _week(match: re.Match[str], asked: Asked) -> Day:
    """`KW 48`, `Wednesday week 48`, `KW 2/2027`."""
    day = match["day"]
    years = [full_year(match["year"])] if match["year"] else None
    return _of_week(int(match["week"]), WEEKDAYS[day] if day else None, years, asked)


def _iso_week(match: re.Match[str], asked: Asked) -> Day:
    """`2026-W48`, `2026-W48-3`."""
    number = match["number"]
    weekday = int(number) - 1 if number else None
    return _of_week(int(match["week"]), weekday, [int(match["year"])], asked)


def _of_week(week: int, weekday: int | None, years: list[int] | None, asked: Asked) -> Day:
    days = [_iso_day(year, week, weekday or 0) for year in years or years_around(asked)]
    existing = [day for day in days if day]
    if weekday is None and asked.rule == "future":
        existing = [asked.today if day == monday(asked.today) else day for day in existing]
    return fitting(existing, asked) or Refusal("no_such_week", {"week": str(week)})


def _iso_day(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday + 1)
    except ValueError:
        return None


def _end_of_week(match: re.Match[str], asked: Asked) -> Day:
    friday = monday(asked.today) + timedelta(days=_FRIDAY, weeks=weeks_off(match))
    over = friday < asked.today and asked.rule != "past" and not match["this"] and not match["last"]
    return friday + timedelta(days=WEEK) if over else friday


def _end(match: re.Match[str], asked: Asked) -> Day:
    """`end of the month`, `Ende nächsten Jahres`, `quarter end`."""
    length = DECEMBER if match["year"] else _QUARTER if match["quarter"] else 1
    begun = (asked.today.month - 1) % length
    after = plus_months(asked.today.replace(day=1), length * (weeks_off(match) + 1) - begun)
    return after - timedelta(days=1) if isinstance(after, date) else after


def _third(match: re.Match[str], asked: Asked) -> Day | None:
    """`end of November`, `Mitte Dezember`, `Anfang März 2027`."""
    years = [int(match["year"])] if match["year"] else years_around(asked)
    firsts = [date(year, MONTHS[match["month"]], 1) for year in years]
    if match["end"]:
        return fitting(map(last_of_month, firsts), asked)
    return fitting([day.replace(day=_MIDDLE if match["mid"] else 1) for day in firsts], asked)


_OF = r"(?:end|ende)(?: of| der| des)?(?: the)?"
_READERS = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            (
                rf"(?:(?P<day>{either(WEEKDAYS)}) )?(?:in )?(?:der )?"
                rf"(?:kw|cw|wk|(?:calendar |kalender ?)?(?:week|woche)) ?(?P<week>[0-9]{{1,2}})"
                rf"(?: ?[/ ] ?(?P<year>{_YEAR}|[0-9]{{2}}))?"
            ),
            _week,
        ),
        (rf"(?P<year>{_YEAR})-?w(?P<week>[0-9]{{2}})(?:-?(?P<number>[1-7]))?", _iso_week),
        (rf"{_OF}(?: (?:{WHICH}))? (?:week|woche)", _end_of_week),
        (
            (
                rf"{_OF}(?: (?:{WHICH}))? (?:months?|monats?|(?P<quarter>quarter|quartals?)|"
                rf"(?P<year>year|jahr(?:es)?))"
            ),
            _end,
        ),
        (
            (
                r"monatsende|month ?end|eom|(?P<quarter>quartalsende|quarter ?end|eoq)|"
                r"(?P<year>jahresende|year ?end|eoy)"
            ),
            _end,
        ),
        (
            (
                rf"(?:(?P<end>end|ende)|(?P<mid>mid|middle|mitte)|start|beginning|early|anfang)"
                rf"(?: of)?[ -](?P<month>{either(MONTHS)})(?: (?P<year>{_YEAR}))?"
            ),
            _third,
        ),
    )
)
