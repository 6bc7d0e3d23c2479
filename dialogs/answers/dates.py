"""Answers that are a day or a time of day. Stored as ISO: 2026-12-24, 14:00.

The ways to say them are `days` and `clock`; here they are kept to what the question allows.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import ClassVar, get_args

from dialogs.answers import echo, foreign
from dialogs.answers.calendar_words import phrase
from dialogs.answers.clock import read_time
from dialogs.answers.days import read_day
from dialogs.answers.hygiene import clean
from dialogs.answers.joined import read_both
from dialogs.answers.reckoning import DECEMBER, Asked, Day, Rule, plus_months
from dialogs.answers.values import Moment, Refusal, Suggestions, Typed, Understood
from dialogs.crm import JsonValue
from dialogs.translations import each

LIMIT = 100
_CLOCKLIKE = re.compile(r"[0-9][:h][0-9]{2}|[0-9a-z] ?uhr\b|[0-9] ?[ap]m\b|\boclock\b")
_NOW = frozenset({"now", "jetzt", "right now"})
_LABELS = {
    -1: {"en": "Yesterday", "de": "Gestern"},
    0: {"en": "Today", "de": "Heute"},
    1: {"en": "Tomorrow", "de": "Morgen"},
    7: {"en": "In a week", "de": "In einer Woche"},
}
_KEYS = {-1: "day_yesterday", 0: "day_today", 1: "day_tomorrow", 7: "day_next_week"}
"""What the labels are called in a translation."""
_OFFERED = {"past": (0, -1), "future": (0, 1, 7), "any": (-1, 0, 1)}
_TIMES = ("09:00", "10:00", "13:00", "14:00", "16:00")
_SAMPLE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Days(Typed):
    """A day in the past, the future (both with today) or anywhere, not too many years away.

    Raises ValueError for an unknown rule or years below nought.
    """

    rule: Rule = "any"
    years: int = 5
    years_back: int = 100
    name: ClassVar[str] = "date"

    def __post_init__(self) -> None:
        check_reach(self.rule, self.years, self.years_back)

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        words, asked = spoken(line, moment), asking(moment, self.rule)
        found = read_day(words, asked) or _day_of_both(words, asked)
        if found is None:
            example = echo.day(asked.today + _SAMPLE, moment.language)
            return Refusal("not_a_date", {"example": example})
        refused = found if isinstance(found, Refusal) else self._beyond(found, asked)
        return refused or Understood(str(found))

    def _beyond(self, day: date, asked: Asked) -> Refusal | None:
        if self.rule == "future" and day < asked.today:
            return Refusal("in_the_past", {"date": echo.day(day, asked.language)})
        if self.rule == "past" and day > asked.today:
            return Refusal("in_the_future", {"date": echo.day(day, asked.language)})
        return too_far(day, asked, self.years, self.years_back)

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return echo.day(date.fromisoformat(str(value)), language)

    def quick(self, moment: Moment) -> Suggestions:
        """Type the day itself: a button pressed after midnight still means what it said."""
        today = moment.now.date()
        return tuple(
            (str(today + timedelta(days=days)), {**_LABELS[days], **each(_KEYS[days])})
            for days in _OFFERED[self.rule]
        )


@dataclass(frozen=True, slots=True)
class Clock(Typed):
    """A time of day."""

    name: ClassVar[str] = "time"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        words = spoken(line, moment)
        found = moment.now.time() if words in _NOW else read_time(words, moment.language)
        if isinstance(found, time):
            return Understood(echo.clock(found))
        return found or Refusal("not_a_time")

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value)

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return tuple((shown, {"en": shown, "de": shown}) for shown in _TIMES)


def spoken(line: str, moment: Moment) -> str:
    """The words of a cleaned line, those of a further language in English."""
    return phrase(foreign.in_english(line, moment.language))


def asking(moment: Moment, rule: Rule) -> Asked:
    return Asked(moment.now.date(), rule, echo.known(moment.language), moment.country)


def check_reach(rule: str, years: int, years_back: int) -> None:
    """Raise ValueError for settings no day can fit."""
    if rule not in get_args(Rule):
        raise ValueError(
            f"Setting 'rule' must be one of {', '.join(get_args(Rule))}, got '{rule}'."
        )
    if years < 0 or years_back < 0:
        raise ValueError("Settings 'years' and 'years_back' must be 0 or more.")


def too_far(day: date, asked: Asked, years: int, years_back: int) -> Refusal | None:
    """Refuse a day more than so many years away, which is a slip of the finger."""
    if day > _years_from(asked.today, years, date.max):
        shown = echo.day(day, asked.language)
        return Refusal("too_far_ahead", {"date": shown, "years": str(years)})
    if day < _years_from(asked.today, -years_back, date.min):
        shown = echo.day(day, asked.language)
        return Refusal("too_long_ago", {"date": shown, "years": str(years_back)})
    return None


def _years_from(today: date, years: int, otherwise: date) -> date:
    day = plus_months(today, years * DECEMBER)
    return day if isinstance(day, date) else otherwise


def _day_of_both(words: str, asked: Asked) -> Day | None:
    """Take the day of "tomorrow 14:00" where only the day is asked; the echo shows that."""
    both = read_both(words, asked) if _CLOCKLIKE.search(words) else None
    return None if both is None or isinstance(both, Refusal) else both.date()
