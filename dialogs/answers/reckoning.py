"""Counting with days: which of several days a question means, and how far another day is."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.answers.values import Refusal

Rule = Literal["any", "past", "future"]
Day = date | Refusal
WEEK = 7
SATURDAY = 5
DECEMBER = 12
_HORIZON = 9  # years looked at for a day without one; 29 February is never further away


@dataclass(frozen=True, slots=True)
class Asked:
    """What a day depends on besides its words."""

    today: date
    rule: Rule
    language: str
    country: str = ""


def fitting(days: Iterable[date], asked: Asked) -> date | None:
    """Return the nearest of these days that suits the rule, else the nearest; None of none."""
    nearest = sorted(days, key=lambda day: (abs(day - asked.today), day < asked.today))
    if asked.rule == "future":
        suiting = [day for day in nearest if day >= asked.today]
    elif asked.rule == "past":
        suiting = [day for day in nearest if day <= asked.today]
    else:
        suiting = nearest
    return next(iter(suiting or nearest), None)


def years_around(asked: Asked) -> range:
    return range(asked.today.year - _HORIZON, asked.today.year + _HORIZON)


def full_year(written: str) -> int:
    """Return the year of two or four digits; two are of this century."""
    return int(written) if len(written) > 2 else 2000 + int(written)  # noqa: PLR2004 - two digits


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weekday_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday() - 1) % WEEK + 1)


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def moved(start: date, number: int, unit: str) -> Day:
    """Return the day so many units on; the units are those of `relative_days`.

    `number` has four digits at most; only years lead out of the calendar.
    """
    months = {"month": 1, "quarter": 3, "year": DECEMBER}.get(unit)
    if months:
        return plus_months(start, number * months)
    if unit == "workday":
        return _plus_workdays(start, number)
    days = {"day": 1, "week": WEEK, "fortnight": 2 * WEEK}[unit]
    return start + timedelta(days=number * days)


def plus_months(day: date, months: int) -> Day:
    """Return the same day so many months on, or that month's last."""
    year, month = divmod(day.year * DECEMBER + day.month - 1 + months, DECEMBER)
    if not date.min.year <= year <= date.max.year:
        return Refusal("out_of_reach")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _plus_workdays(day: date, number: int) -> date:
    """Count Mondays to Fridays; holidays differ by state and aren't known here."""
    step = 1 if number > 0 else -1
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=step)
    weeks, left = divmod(abs(number), SATURDAY)
    over = (day.weekday() if step > 0 else SATURDAY - 1 - day.weekday()) + left >= SATURDAY
    return day + timedelta(days=step * (weeks * WEEK + left + 2 * over))
