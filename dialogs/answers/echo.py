"""Writes numbers, money, dates and times the way the reader's language does, by babel's data.

The other half of a promise: what is shown here is read back by the kinds as the same value.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

LANGUAGES = ("en", "de")
_MONEY = parse_pattern("#,##0.00 ¤")
_ROUNDED = parse_pattern("#,##0 ¤")
_DECIMAL = parse_pattern("#,##0.######")
_PERCENT = {"de": "{} %", "en": "{}%"}
_DATE = {"de": "{weekday} {day}. {month} {year}", "en": "{weekday} {day} {month} {year}"}


def known(language: str) -> str:
    """Return the language to write in: this one where it is known, else English."""
    return language if language in LANGUAGES else "en"


@lru_cache(maxsize=8)
def locale(language: str) -> Locale:
    return Locale(known(language))


def number(value: Decimal, language: str) -> str:
    return _applied(_DECIMAL, value, language, "EUR")


def money(value: Decimal, language: str, currency: str) -> str:
    """`12,500.00 €`, `12.500,00 €`: two places always, the sign behind, in both languages."""
    return _applied(_MONEY, value, language, currency)


def rounded(value: float, language: str, currency: str) -> str:
    """`12,500 €`: for an overview."""
    return _applied(_ROUNDED, Decimal(round(value)), language, currency)


def percent(value: Decimal, language: str) -> str:
    return _PERCENT[known(language)].format(number(value, language))


def day(value: date, language: str) -> str:
    """`Thu 24 December 2026`, `Do. 24. Dezember 2026`."""
    return _DATE[known(language)].format(
        weekday=_weekdays(language)[value.weekday()],
        day=value.day,
        month=_months(language)[value.month],
        year=value.year,
    )


def short_day(value: date, language: str) -> str:
    """`24 Dec 2026`, `24. Dez. 2026`."""
    dot = "." if known(language) == "de" else ""
    return f"{value.day}{dot} {_short_months(language)[value.month]} {value.year}"


def clock(value: time) -> str:
    return f"{value.hour:02}:{value.minute:02}"


def moment(value: datetime, language: str) -> str:
    return f"{day(value, language)}, {clock(value.time())}"


@lru_cache(maxsize=4096)  # an amount is shown when it is given, and again in the review
def _applied(pattern: NumberPattern, value: Decimal, language: str, currency: str) -> str:
    return pattern.apply(value, locale(language), currency=currency, currency_digits=False)


@lru_cache(maxsize=8)
def _weekdays(language: str) -> dict[int, str]:
    return dict(locale(language).days["format"]["abbreviated"])


@lru_cache(maxsize=8)
def _months(language: str) -> dict[int, str]:
    return dict(locale(language).months["format"]["wide"])


@lru_cache(maxsize=8)
def _short_months(language: str) -> dict[int, str]:
    return dict(locale(language).months["format"]["abbreviated"])
