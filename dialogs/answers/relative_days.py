"""Reads a day said from today: tomorrow, next Tuesday, in 3 Tagen, vor einer Woche, next week.

A weekday is never today: who means today says so. "next Tuesday" is the first Tuesday after today,
just like "Tuesday"; "Tuesday next week" is the one of the week that begins on the next Monday.
"""

import re
from datetime import date, timedelta

from dialogs.answers.calendar_words import WEEKDAYS, WEEKS_OFF, WHICH, either
from dialogs.answers.reckoning import (
    DECEMBER,
    WEEK,
    Asked,
    Day,
    monday,
    moved,
    plus_months,
    weekday_after,
)
from dialogs.answers.words import count

OFFSETS = {
    **dict.fromkeys(("today", "heute", "now", "jetzt"), 0),
    **dict.fromkeys(("tomorrow", "morgen", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow"), 1),
    **dict.fromkeys(("day after tomorrow", "overmorrow", "uebermorgen", "ubermorgen"), 2),
    **dict.fromkeys(("yesterday", "gestern"), -1),
    **dict.fromkeys(("day before yesterday", "vorgestern"), -2),
}
"""Days from today by word."""

_UNITS = {
    "day": r"tag(?:e|en)?|days?",
    "workday": r"(?:werk|arbeits)tag(?:e|en)?|(?:working|business|work) ?days?",
    "week": r"wochen?|weeks?",
    "fortnight": "fortnights?",
    "month": r"monat(?:e|en|s)?|months?",
    "quarter": r"quartal(?:e|en|s)?|quarters?",
    "year": r"jahr(?:e|en|es)?|years?",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_SPAN = rf"(?:(?P<half>half a year|(?:einem )?halben jahr)|(?P<count>\S+) (?:{_UNIT}))"
_DAYNAME = either(WEEKDAYS)
_FROM = rf"(?P<from>today|now|heute|jetzt|tomorrow|morgen|{_DAYNAME})"
_IN = r"(?:in )?(?:der |the )?"


def from_today(words: str, asked: Asked) -> Day | None:
    """Read a bare phrase; None when it isn't such a day."""
    offset = OFFSETS.get(words)
    if offset is not None:
        return asked.today + timedelta(days=offset)
    for pattern, reader in _READERS:
        match = pattern.fullmatch(words)
        if match:
            return reader(match, asked)
    return None


def weeks_off(match: re.Match[str]) -> int:
    """Return how many weeks away "this", "next" or "last" is."""
    said = match.groupdict()
    return next((weeks for word, weeks in WEEKS_OFF.items() if said.get(word)), 0)


def _weekday(match: re.Match[str], asked: Asked) -> Day:
    """`Friday`, `this Friday`, `next Friday`, `last Friday`."""
    weekday = WEEKDAYS[match["day"]]
    coming = weekday_after(asked.today, weekday)
    if match["last"] or (asked.rule == "past" and not (match["next"] or match["after"])):
        return weekday_after(asked.today - timedelta(days=WEEK + 1), weekday)
    return coming + timedelta(days=WEEK) if match["after"] else coming


def _of_week(match: re.Match[str], asked: Asked) -> Day | None:
    """`next week`, `Friday next week`; "this week" alone is no day."""
    weeks, named = weeks_off(match), match["day"]
    first = monday(asked.today) + timedelta(weeks=weeks)
    if named:
        return first + timedelta(days=WEEKDAYS[named])
    return first if weeks else None


def _of_month(match: re.Match[str], asked: Asked) -> Day | None:
    """`next month` and `next year` are their first day."""
    yearly = bool(match["year"])
    first = asked.today.replace(day=1, month=1 if yearly else asked.today.month)
    months = weeks_off(match) * (DECEMBER if yearly else 1)
    return plus_months(first, months) if months else None


def _later(match: re.Match[str], asked: Asked) -> Day | None:
    """`in two weeks`, `3 days from now`, `Friday in a week`."""
    return _spanned(match, _start(match["from"], asked), 1)


def _ago(match: re.Match[str], asked: Asked) -> Day | None:
    return _spanned(match, asked.today, -1)


def _spanned(match: re.Match[str], start: date, sign: int) -> Day | None:
    if match["half"]:
        return moved(start, sign * 6, "month")
    number = count(match["count"])
    unit = next(name for name in _UNITS if match[name])
    return None if number is None else moved(start, sign * number, unit)


def _start(word: str | None, asked: Asked) -> date:
    if word in WEEKDAYS:
        return weekday_after(asked.today, WEEKDAYS[word])
    return asked.today + timedelta(days=OFFSETS[word] if word else 0)


_READERS = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:(?:{WHICH}) )?(?P<day>{_DAYNAME})", _weekday),
        (rf"(?P<day>{_DAYNAME}) {_IN}(?:{WHICH}) (?:week|woche)", _of_week),
        (rf"{_IN}(?:{WHICH}) (?:week|woche)(?: (?:on |am )?(?P<day>{_DAYNAME}))?", _of_week),
        (rf"{_IN}(?:{WHICH}) (?:monat|month|(?P<year>jahr|year))", _of_month),
        (rf"(?:{_FROM} )?in {_SPAN}", _later),
        (rf"{_SPAN} (?:from|ab|after|nach|on) {_FROM}", _later),
        (rf"{_SPAN} ago", _ago),
        (rf"vor {_SPAN}", _ago),
    )
)
