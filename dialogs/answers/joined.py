"""Reads a day and a time in one answer, in either order: morgen 14 Uhr, 2pm on Dec 24.

Every way of cutting the words in two is tried, the day first. Where the whole is a day already
("Dienstag 10.11.", "10 November 2026"), its end is never taken for a time.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from dialogs.answers import echo
from dialogs.answers.clock import read_time
from dialogs.answers.days import read_day
from dialogs.answers.reckoning import Asked, Day
from dialogs.answers.values import Refusal

Joined = datetime | Refusal
_LONGEST = 14  # words of the longest day and time together
_DAYLIKE = re.compile(r"[0-9]{4}|[0-9]{1,2}\.[0-9]{2}")  # a time that could be the end of a day
_OPEN = frozenset({"weekday_mismatch", "ambiguous_date"})


def read_both(words: str, asked: Asked) -> Joined | None:
    """Read a prepared phrase; None when it isn't day and time, Refusal when one can't be."""
    tokens = words.split()
    if len(tokens) > _LONGEST:
        return None
    whole = read_day(words, asked)
    found = _first(_day_first(tokens), whole, asked)
    if isinstance(found, datetime):
        return found
    if isinstance(whole, date):
        return Refusal("missing_time", {"date": echo.day(whole, asked.language)})
    other = _first(_time_first(tokens, asked.language), whole, asked)
    return other if isinstance(other, datetime) else _why(found or other or whole, words, asked)


def _why(refused: Refusal | None, words: str, asked: Asked) -> Refusal | None:
    if refused:
        return refused
    alone = read_time(words, asked.language)
    if alone is None or isinstance(alone, Refusal):
        return alone
    return Refusal("missing_date", {"time": echo.clock(alone)})


def _first(cuts: Iterator[tuple[str, str]], whole: Day | None, asked: Asked) -> Joined | None:
    """Return the first cut that reads, else the first refusal."""
    refused: Refusal | None = None
    for day_words, time_words in cuts:
        if _DAYLIKE.fullmatch(time_words) and _settled(whole):
            continue
        found = _pair(day_words, time_words, asked)
        if isinstance(found, datetime):
            return found
        refused = refused or found
    return refused


def _settled(whole: Day | None) -> bool:
    return isinstance(whole, date) or (whole is not None and whole.code in _OPEN)


def _pair(day_words: str, time_words: str, asked: Asked) -> Joined | None:
    time = read_time(time_words, asked.language)
    day = read_day(day_words, asked) if time else None
    if isinstance(day, Refusal) or time is None or day is None:
        return day if isinstance(day, Refusal) else None
    return time if isinstance(time, Refusal) else datetime.combine(day, time)


def _day_first(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for cut in range(1, len(tokens)):
        yield " ".join(tokens[:cut]), " ".join(tokens[cut:])


def _time_first(tokens: list[str], language: str) -> Iterator[tuple[str, str]]:
    """Cut the longest time first; a German "9 am Dienstag" is nine on Tuesday, not 9 a.m."""
    for cut in range(len(tokens) - 1, 0, -1):
        if language != "de" or tokens[cut - 1] != "am":
            yield " ".join(tokens[cut:]), " ".join(tokens[:cut])
