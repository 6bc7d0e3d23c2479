"""Answers that are a number of something: pieces, kilometres, hours.

A number is stored as JSON has it: whole where it is whole, else with its decimals. Hours are
decimal hours, however they were written: 1h30, 1:30, 90 min and 1,5 h are all 1.5.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from dialogs.answers import echo, numerals
from dialogs.answers.amounts import LIMIT, MOST, checked, exact, outside, plain
from dialogs.answers.hygiene import clean, fold
from dialogs.answers.numerals import Figure
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.answers.words import listed
from dialogs.crm import JsonValue

HOURS = "h"
_HOUR_WORDS = listed("h std stunde stunden hour hours hr hrs")
_MINUTE_WORDS = listed("m min mins minute minuten minutes")
_SPAN = re.compile(
    r"([0-9]{1,3}) ?(?::|h|std|stunden?|hours?|hrs?)\.? ?(?:und |and )?([0-9]{1,2})"
    r" ?(?:h|m|min|mins|minuten|minutes)?\.?",
)
_ALSO = {
    "km": "kilometer kilometers kilometre kilometres",
    "pcs": "pc piece pieces stueck stuck stk st",
    "days": "day tag tage tagen d",
    "kg": "kilo kilos kilogramm kilogram kilograms",
    "m": "meter meters metre metres",
}
_SIXTY = 60
_FINEST = 6  # decimals; as many as are shown


@dataclass(frozen=True, slots=True)
class Number(Typed):
    """A number with its unit; `h` is understood in all the ways people write a duration."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(MOST)
    unit: str = ""
    decimals: int = 0
    name: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        checked(self.least, self.most)
        if not 0 <= self.decimals <= _FINEST:
            raise ValueError(f"Setting 'decimals' must be 0 to {_FINEST}, got {self.decimals}.")

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        line = numerals.prepared(line, moment.language)
        span = _SPAN.fullmatch(line) if self.unit == HOURS else None
        value = _hours(span) if span else self._read(line, moment.language)
        return value if isinstance(value, Refusal) else self._kept(value, moment)

    def _read(self, line: str, language: str) -> Decimal | Refusal:
        found = numerals.figure(line)
        if isinstance(found, Refusal):
            return found
        if self.unit == HOURS and _MINUTE_WORDS.intersection(found.words):
            return _minutes(numerals.without(found, _MINUTE_WORDS), language)
        bare = numerals.without(found, _words(self.unit))
        foreign = [word for word in bare.words if not numerals.is_multiplier(word)]
        if foreign and self.unit:
            return Refusal("other_unit", {"given": foreign[0], "unit": self.unit})
        return numerals.value(bare, language, self.decimals)

    def _kept(self, value: Decimal, moment: Moment) -> Understood | Refusal:
        refused = outside(
            value,
            self.least,
            self.most,
            lambda bound: self._shown(bound, moment.language),
        )
        return refused or Understood(plain(round(value, self.decimals)))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return self._shown(exact(value), language)

    def _shown(self, value: Decimal, language: str) -> str:
        return f"{echo.number(value, language)} {self.unit}".rstrip()


def _hours(span: re.Match[str]) -> Decimal | Refusal:
    hours, minutes = int(span[1]), int(span[2])
    if minutes >= _SIXTY:
        return Refusal("not_a_number")
    return hours + Decimal(minutes) / _SIXTY


def _minutes(figure: Figure, language: str) -> Decimal | Refusal:
    minutes = numerals.value(figure, language, 0)
    return minutes if isinstance(minutes, Refusal) else minutes / _SIXTY


def _words(unit: str) -> frozenset[str]:
    """Return what the unit is called, folded."""
    if unit == HOURS:
        return _HOUR_WORDS
    return frozenset({*fold(unit).split(), *_ALSO.get(fold(unit), "").split()})
