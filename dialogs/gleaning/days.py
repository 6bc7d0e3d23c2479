"""Days and times written in a clause. Finds the words; what they mean is the answer kinds' to say.

Weeks and months without a day, and the word `morgen` where it may be a morning, are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.answers.calendar_words import MONTHS, WEEKDAYS

_NAMES = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)"}
_MONTH = (
    "(?:"
    + "|".join(sorted((re.escape(one) for one in {*MONTHS, "märz"}), key=len, reverse=True))
    + r")\b\.?"
)
_SHORTEST = 4
"""Letters of a weekday that is no everyday word besides: `so`, `mi`, `sat` are."""
_DAY = (
    "(?:"
    + "|".join(
        sorted((re.escape(one) for one in WEEKDAYS if len(one) >= _SHORTEST), key=len, reverse=True)
    )
    + r")\b"
)
_SHORT_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?"
_YEAR = r"(?:\s?(?:20\d{2}|\d{2}(?=\b(?!\s?(?:uhr|h\b|:|%|€)))))?"
_NUMBERED = (
    rf"\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|(?!24/7)(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?:/\d{{2,4}})?(?![\d/])"
    rf"|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\d{{4}}|\d{{2}})?(?!\d)"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+20\d{{2}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s+20\d{{2}})?"
)
_MANY = r"(?:\d{1,2}|one|two|three|four|a|einem|einer|zwei|drei|vier|sechs)"
_LONG = (
    r"(?:working days?|days?|weeks?|months?|werktagen?|arbeitstagen?|tag(?:en)?|wochen?"
    r"|monat(?:en)?)"
)
_RELATIVE = (
    r"(?:the\s+)?day after tomorrow|(?:the\s+)?day before yesterday|today|yesterday|tomorrow"
    r"|vorgestern|heute|gestern|übermorgen|uebermorgen"
    r"|(?<!am )(?<!guten )(?-i:morgen)(?!\s+(?:früh\w|vormittag\w))"
    rf"|(?:in|vor)\s+{_MANY}\s+{_LONG}"
    r"|(?:\d{1,2}|two|three|a)\s+(?:days?|weeks?)\s+ago"
)
_WHICH = "next|last|this|coming|nächsten?|kommenden?|letzten?|diesen?|vergangenen?|am|on"
_WHICH_WEEK = r"(?:next|last|this|nächster|kommender|diese[rn]?|letzter?)\s+(?:week|woche)"
_WEEKDAY = rf"(?:(?:{_WHICH})\s+)?(?:{_DAY}|(?-i:{_SHORT_DAY}))(?:\s+{_WHICH_WEEK})?"
_NAMED = rf"(?:{_DAY}|(?-i:{_SHORT_DAY}))"
_ORDINAL = rf"{_DAY},?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)\b"
_WHOLE = re.compile(
    rf"(?<![\w.,/])(?:(?:{_NAMED},?\s+)?(?:(?:the|den|dem|der)\s+)?(?:{_NUMBERED})"
    rf"|{_ORDINAL}|{_RELATIVE}|{_WEEKDAY}|kw\s?\d{{1,2}})(?!\w)",
    re.IGNORECASE,
)
_TIME = (
    r"(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?(?:uhr|h\b|am\b|pm\b))?"
    r"|(?:[01]?\d|2[0-3])(?:\.[0-5]\d)?\s?uhr(?:\s?[0-5]\d\b)?"
    r"|(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
    r"|halb\s+(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b"
    r"|(?:acht|neun|zehn|elf|zwölf|eins?|zwei|drei|vier|fünf|sechs|sieben)\s+uhr\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:am|pm)\b"
    r"|noon|mittags\b"
)
_AFTER = re.compile(rf",?\s*(?:(?:um|at|ab|gegen|from|@|,)\s*)?(?P<time>{_TIME})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?P<time>{_TIME})\s*(?:,|on|am|at)?\s*$", re.IGNORECASE)
_BESIDE = 30
"""Characters before a day among which its time may be."""
_UNTIL = re.compile(r"(?:\bto|\btill|\buntil|\bbis|-|\u2013)\s*$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:am|on)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day where it stands in its clause, with the time said beside it."""

    start: int
    end: int
    words: str
    """The words of the day alone."""
    time: str
    """The words of the time; empty where none is said."""


def days(text: str) -> Iterator[Day]:
    """All days of a clause."""
    for found in _WHOLE.finditer(text):
        after = _AFTER.match(text, found.end())
        begin = max(0, found.start() - _BESIDE)
        before = _BEFORE.search(text[begin : found.start()])
        words = _LEAD.sub("", found[0])
        if after:
            yield Day(found.start(), after.end(), words, after["time"])
        elif before and not _UNTIL.search(text[begin : begin + before.start("time")]):
            yield Day(begin + before.start(), found.end(), words, before["time"])
        else:
            yield Day(found.start(), found.end(), words, "")
