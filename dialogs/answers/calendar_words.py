"""The words of the calendar in English and German, folded, and how an answer is prepared for them.

Both languages are understood from everybody; the spellings of those who leave out the dots too.
"""

import re

from dialogs.answers.hygiene import fold

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday montag mon mo",
            "tuesday dienstag tues tue di",
            "wednesday mittwoch weds wed mi",
            "thursday donnerstag thurs thur thu do",
            "friday freitag fri fr",
            "saturday samstag sonnabend sat sa",
            "sunday sonntag sun so",
        ),
    )
    for word in words.split()
}
"""Number of the day by word, Monday 0."""

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january januar jaenner janner jan",
            "february februar feber febr feb",
            "march maerz marz mar mrz maer",
            "april apr",
            "may mai",
            "june juni jun juno",
            "july juli jul julei",
            "august aug",
            "september sept sep",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        1,
    )
    for word in words.split()
}
"""Number of the month by word, January 1."""


def either(words: dict[str, int]) -> str:
    """Return the words as alternatives of a pattern, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_E = "(?:e[nmrs]?)?"  # German endings
NEXT = rf"next|coming|na(?:e)?chst{_E}|kommend{_E}"
THIS = rf"this|dies{_E}"
LAST = rf"last|past|letzt{_E}|vergangen{_E}|vorig{_E}"
AFTER_NEXT = rf"u(?:e)?berna(?:e)?chst{_E}"
WHICH = rf"(?P<next>{NEXT})|(?P<this>{THIS})|(?P<last>{LAST})|(?P<after>{AFTER_NEXT})"
WEEKS_OFF = {"next": 1, "this": 0, "last": -1, "after": 2}

_NOISE = re.compile(r"[,;!?()\"'*_@|]+")
_DOTTED_HALVES = re.compile(r"(?<![a-z])([ap])\. ?m\b\.?")
_AFTER_LETTERS = re.compile(r"(?<=[a-z])\.")
_LONE_DASH = re.compile(r"(?<!\S)[-/]+(?!\S)")
_TONIGHT = re.compile(r"\btonight\b")


def phrase(line: str) -> str:
    """Return the words of a cleaned line: folded, without commas and the dots behind letters."""
    words = _DOTTED_HALVES.sub(r"\1m", _NOISE.sub(" ", fold(line).replace("o'clock", "oclock")))
    words = _LONE_DASH.sub(" ", _AFTER_LETTERS.sub(" ", words))
    return " ".join(_TONIGHT.sub("today evening", words).split())


def stripped(words: str, leading: frozenset[str], trailing: frozenset[str]) -> str:
    """Return the words without those filler words at their ends."""
    kept = words.split()
    while kept and kept[0] in leading:
        del kept[0]
    while kept and kept[-1] in trailing:
        del kept[-1]
    return " ".join(kept)
