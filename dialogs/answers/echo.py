"""Writes numbers, money, dates and times the way the reader's language does, by babel's data.

The other half of a promise: what is shown here is read back by the kinds as the same value.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from dialogs import translations
from dialogs.answers import foreign

_MONEY = parse_pattern("#,##0.00 ¤")
_ROUNDED = parse_pattern("#,##0 ¤")
_DECIMAL = parse_pattern("#,##0.######")
_PERCENT = {"de": "{} %", "en": "{}%"}
_DATE = {"de": "{weekday} {day}. {month} {year}", "en": "{weekday} {day} {month} {year}"}


def known(language: str) -> str:
    """Return the language to write in: this one where it is spoken, else English."""
    return language if translations.speaks(language) else "en"


@lru_cache(maxsize=8)
def locale(language: str) -> Locale:
    return Locale.parse(known(language))


@lru_cache(maxsize=8)
def decimal_sign(language: str) -> str:
    """The one of `.` and `,` that begins decimals; the other one groups thousands."""
    return str(locale(language).number_symbols["latn"]["decimal"])


def number(value: Decimal, language: str) -> str:
    return _applied(_DECIMAL, value, language, "EUR")


def money(value: Decimal, language: str, currency: str) -> str:
    """`12,500.00 €`, `12.500,00 €`: two places always, the sign behind, in every language."""
    return _applied(_MONEY, value, language, currency)


def rounded(value: float, language: str, currency: str) -> str:
    """`12,500 €`: for an overview."""
    return _applied(_ROUNDED, Decimal(round(value)), language, currency)


def percent(value: Decimal, language: str) -> str:
    spoken = known(language)
    written = _PERCENT.get(spoken) or foreign.percent_pattern(spoken)
    return written.format(number(value, language))


def day(value: date, language: str) -> str:
    """`Thu 24 December 2026`, `Do. 24. Dezember 2026`."""
    if known(language) not in _DATE:
        return format_date(value, foreign.written(language, "full"), locale=language)
    return _DATE[known(language)].format(
        weekday=_weekdays(language)[value.weekday()],
        day=value.day,
        month=_months(language)[value.month],
        year=value.year,
    )


def short_day(value: date, language: str) -> str:
    """`24 Dec 2026`, `24. Dez. 2026`."""
    if known(language) not in _DATE:
        return format_date(value, foreign.written(language, "medium"), locale=language)
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
