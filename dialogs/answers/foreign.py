"""The calendar and the numbers of a further language, by babel's data, and its words in English.

The kinds of answer read English and German. What is typed in another language is put into English
word by word before: names of months and weekdays by themselves, other words as the playbook's
translation says. So what `echo` writes in that language is read back.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from babel import Locale, UnknownLocaleError

from dialogs import translations
from dialogs.answers.hygiene import fold
from dialogs.translations import OWN, Translation

_QUOTED = re.compile(r"'([^']+)'")
_ENGLISH = Locale("en")
_WIDTHS = ("wide", "abbreviated")


def is_language(code: str) -> bool:
    """Whether there is data about it."""
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def in_english(line: str, language: str) -> str:
    """Return the line with the words of a further language in English; others' as it is."""
    known = translations.learnt(language)
    return line if known is None else _dictionary(known).read(line)


class _Dictionary:
    """Words of one language with their English."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words
        said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![^\W\d_])(?:{said})(?![^\W\d_])\.?")

    def read(self, line: str) -> str:
        return self._pattern.sub(self._english, fold(line))

    def _english(self, match: re.Match[str]) -> str:
        said = match[0]
        return self._words.get(said) or self._words[said.rstrip(".")]


_MADE: dict[str, tuple[Translation, _Dictionary]] = {}


def _dictionary(known: Translation) -> _Dictionary:
    made = _MADE.get(known.id)
    if made is None or made[0] is not known:
        words = {fold(typed).rstrip("."): english for typed, english in _words(known)}
        made = _MADE[known.id] = (known, _Dictionary(words))
    return made[1]


def _words(known: Translation) -> Iterator[tuple[str, str]]:
    """The weekdays after the months: `mar` is said of Tuesday, months are written out."""
    data = Locale.parse(known.id)
    yield from _names(data.months, _ENGLISH.months)
    yield from _names(data.days, _ENGLISH.days)
    for literal in _QUOTED.findall(data.date_formats["full"].pattern):
        for word in literal.split():
            yield word, " "
    yield from known.reads.items()


def _names(own: Any, english: Any) -> Iterator[tuple[str, str]]:
    for context in ("format", "stand-alone"):
        for width in _WIDTHS:
            for number, name in own[context][width].items():
                yield name, english["format"]["wide"][number]


def written(language: str, length: Literal["full", "medium"]) -> str:
    """The pattern of a date: with the short name of its weekday, or without.

    Where the year comes first it is that of ISO, the only such one that is read back.
    """
    pattern = str(Locale.parse(language).date_formats[length].pattern)
    return "y-MM-dd" if pattern.startswith("y") else pattern.replace("EEEE", "EEE")


@lru_cache(maxsize=8)
def percent_pattern(language: str) -> str:
    """`{} %` where the language writes a space before the sign."""
    signed = str(Locale.parse(language).percent_formats[None].pattern)
    return "{}%" if signed.endswith("0%") else "{} %"


@lru_cache(maxsize=8)
def day_first(language: str) -> bool:
    """Whether 03/04 is the third of April ; English is written by two kinds of countries."""
    if language in OWN:
        return language == "de"
    pattern = Locale.parse(language).date_formats["short"].pattern
    return "M" not in pattern[: pattern.index("d")]


@lru_cache(maxsize=8)
def whole_day_clock(language: str) -> bool:
    """Whether 2:30 is at night, because the afternoon's is 14:30."""
    if language in OWN:
        return language == "de"
    return "H" in Locale.parse(language).time_formats["short"].pattern
