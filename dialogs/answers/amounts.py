"""Answers that are an amount: money and percent. How digits are read is `numerals`' subject.

Money is stored as a text with two places ("12500.00"), percent as a number (60, 62.5).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from dialogs import translations
from dialogs.answers import currencies, echo, numerals
from dialogs.answers.hygiene import clean
from dialogs.answers.numerals import Figure
from dialogs.answers.values import (
    Moment,
    Refusal,
    Suggestions,
    Typed,
    Understood,
)
from dialogs.crm import JsonValue

LIMIT = 64  # characters; no amount needs more
MOST = 10**12
_CENT = Decimal("0.01")
_PERCENT_WORDS = frozenset({"%", "prozent", "percent", "pct", "vh"})
_HALVES = frozenset({"50:50", "50/50", "50-50", "fifty-fifty", "fifty fifty", "halbe-halbe"})
_OFFERED = (10, 25, 50, 75, 90)
_WHOLE = Decimal(100)


def plain(value: Decimal) -> int | float:
    """Return the number as JSON has it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def exact(value: JsonValue) -> Decimal:
    """Return a stored number."""
    return Decimal(str(value))


def checked(least: Decimal, most: Decimal) -> None:
    """Raise ValueError for bounds that are the wrong way round or beyond what can be shown."""
    if not -MOST <= least <= most <= MOST:
        message = f"Settings 'min' and 'max' must be {-MOST} <= min <= max <= {MOST}"
        raise ValueError(f"{message}, got {least} and {most}.")


def outside(
    value: Decimal,
    least: Decimal,
    most: Decimal,
    shown: Callable[[Decimal], str],
) -> Refusal | None:
    """Refuse what is below or above the bounds; the refusal names the one that was passed."""
    if value < least:
        return Refusal("below", {"least": shown(least)})
    if value > most:
        return Refusal("above", {"most": shown(most)})
    return None


@dataclass(frozen=True, slots=True)
class Money(Typed):
    """An amount in the company's currency; another currency is refused, never converted."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(MOST)
    name: ClassVar[str] = "money"

    def __post_init__(self) -> None:
        checked(self.least, self.most)

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        line = numerals.prepared(line, moment.language)
        found = numerals.figure(currencies.written_out(line, moment.currency))
        if isinstance(found, Refusal):
            return found
        bare = currencies.removed(found, moment.currency)
        if isinstance(bare, Refusal):
            return bare
        value = numerals.value(bare, moment.language, 2)
        return value if isinstance(value, Refusal) else self._kept(value, moment)

    def _kept(self, value: Decimal, moment: Moment) -> Understood | Refusal:
        refused = outside(
            value,
            self.least,
            self.most,
            lambda bound: echo.money(bound, moment.language, moment.currency),
        )
        return refused or Understood(str(value.quantize(_CENT)))

    def show(self, value: JsonValue, language: str, currency: str) -> str:
        return echo.money(exact(value), language, currency)


@dataclass(frozen=True, slots=True)
class Percent(Typed):
    """A share of a hundred. 0.6 without a sign is refused: it could be 60 % as well."""

    least: Decimal = Decimal(0)
    most: Decimal = _WHOLE
    name: ClassVar[str] = "percent"

    def __post_init__(self) -> None:
        checked(self.least, self.most)

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        line = numerals.prepared(line, moment.language)
        if line in _HALVES:
            return self._kept(Decimal(50), moment)
        found = numerals.figure(line)
        if isinstance(found, Refusal):
            return found
        return self._read(found, moment)

    def _read(self, found: Figure, moment: Moment) -> Understood | Refusal:
        bare = numerals.without(found, _PERCENT_WORDS)
        value = numerals.value(bare, moment.language, 2) if not bare.words else None
        if value is None:
            return Refusal("not_a_number")
        if isinstance(value, Refusal):
            return value
        if 0 < value < 1 and not found.words:
            return _either(value, moment.language)
        return self._kept(value, moment)

    def _kept(self, value: Decimal, moment: Moment) -> Understood | Refusal:
        refused = outside(
            value,
            self.least,
            self.most,
            lambda bound: echo.percent(bound, moment.language),
        )
        return refused or Understood(plain(value))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return echo.percent(exact(value), language)

    def quick(self, moment: Moment) -> Suggestions:
        return tuple(
            (f"{n} %", dict.fromkeys(translations.languages(), _told(n, moment)))
            for n in _OFFERED
            if self.least <= n <= self.most
        )


def _told(percent: int, moment: Moment) -> str:
    return echo.percent(Decimal(percent), moment.language)


def _either(value: Decimal, language: str) -> Refusal:
    first, second = (echo.percent(reading, language) for reading in (value * _WHOLE, value))
    return Refusal("fraction_or_percent", {"first": first, "second": second})
