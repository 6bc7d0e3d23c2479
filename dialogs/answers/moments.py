"""The answer that is a day and a time. Stored as ISO in the person's zone: 2026-12-24T14:00+01:00.

An hour that the change to summer time leaves out is refused; of one that comes twice in autumn the
first is taken.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from dialogs.answers import echo
from dialogs.answers.dates import LIMIT, asking, check_reach, spoken, too_far
from dialogs.answers.hygiene import clean
from dialogs.answers.joined import read_both
from dialogs.answers.reckoning import Rule
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.answers.words import AMOUNTS
from dialogs.crm import JsonValue

_NOW = frozenset({"now", "jetzt", "right now"})
_T = re.compile(r"(?<=-[0-9]{2})t(?=[0-9])")
_OFFSET = re.compile(
    r"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{5,8}) ?(z|[+-][0-9]{2}:[0-9]{2})"
)
_SOON = re.compile(
    r"in (?P<count>.+) (?:(?P<hours>stunden?|hours?|h|hrs?|std)|min(?:uten?|utes?|s)?)",
)
_SAMPLE = timedelta(days=30)
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Instant(Typed):
    """A day and a time together. Raises ValueError like `Days`."""

    rule: Rule = "any"
    years: int = 5
    years_back: int = 100
    name: ClassVar[str] = "moment"

    def __post_init__(self) -> None:
        check_reach(self.rule, self.years, self.years_back)

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        found = self._read(_T.sub(" ", spoken(line, moment)), moment)
        if isinstance(found, Refusal):
            return found
        return self._beyond(found, moment) or Understood(found.isoformat(timespec="minutes"))

    def _read(self, words: str, moment: Moment) -> datetime | Refusal:
        passed = _passed(words)
        if passed is not None:
            return _later(moment.now, passed)
        if _OFFSET.fullmatch(words):
            return _elsewhere(words, moment)
        found = read_both(words, asking(moment, self.rule))
        if found is None:
            return _not_a_moment(moment)
        return found if isinstance(found, Refusal) else _placed(found, moment)

    def _beyond(self, found: datetime, moment: Moment) -> Refusal | None:
        asked, now = asking(moment, self.rule), _whole_minutes(moment.now)
        if self.rule == "future" and found < now:
            return Refusal("in_the_past", {"date": echo.moment(found, moment.language)})
        if self.rule == "past" and found > now:
            return Refusal("in_the_future", {"date": echo.moment(found, moment.language)})
        return too_far(found.date(), asked, self.years, self.years_back)

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return echo.moment(datetime.fromisoformat(str(value)), language)


def _not_a_moment(moment: Moment) -> Refusal:
    example = echo.moment(moment.now.replace(hour=14, minute=0) + _SAMPLE, moment.language)
    return Refusal("not_a_moment", {"example": example})


def _passed(words: str) -> timedelta | None:
    """Return how long after the message `now` or `in 2 hours` is."""
    if words in _NOW:
        return timedelta()
    match = _SOON.fullmatch(words)
    number = _amount(match["count"]) if match else None
    if match is None or number is None:
        return None
    return timedelta(hours=number) if match["hours"] else timedelta(minutes=number)


def _amount(said: str) -> float | None:
    if said.isascii() and said.isdigit():
        return int(said) if len(said) <= _DIGITS else None
    return float(AMOUNTS[said]) if said in AMOUNTS else None


def _later(now: datetime, passed: timedelta) -> datetime:
    """Add real time: two hours before the clocks change are two hours after all."""
    return _whole_minutes((now.astimezone(UTC) + passed).astimezone(now.tzinfo))


def _elsewhere(words: str, moment: Moment) -> datetime | Refusal:
    """Read a computer's ISO time with its offset, into the person's zone."""
    try:
        return datetime.fromisoformat(words.upper()).astimezone(moment.now.tzinfo)
    except ValueError:
        return _not_a_moment(moment)


def _placed(found: datetime, moment: Moment) -> datetime | Refusal:
    """Put the clock's reading into the person's zone, if that clock ever shows it."""
    placed = found.replace(tzinfo=moment.now.tzinfo)
    shown = placed.astimezone(UTC).astimezone(moment.now.tzinfo)
    if shown.replace(tzinfo=None) == found:
        return placed
    given = echo.moment(found, moment.language)
    return Refusal("no_such_hour", {"given": given, "next": echo.clock(shown.time())})


def _whole_minutes(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
