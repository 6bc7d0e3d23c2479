"""Reads a time of day: 14:00, 14 Uhr, 2pm, halb drei, viertel drei, quarter past 3, noon.

The rules, where a phrase leaves the half of the day open:
- A part of the day or am/pm says it: "3 in the morning", "abends um 8", "2pm".
- A clock's digits are the 24-hour clock's: 02:30, 0230. Without the leading zero a German 2:30 is
  too; an English 2:30 is the afternoon's.
- Hours in words or alone ("halb drei", "um 3", "3 Uhr") are within office hours: 1 to 6 are the
  afternoon's, 7 to 12 stay.
- "viertel drei" is a quarter past two and "dreiviertel drei" a quarter to three, as in Saxony;
  "half three" is half past three, as in Britain.
- "10 to 12" could be a time or two, and is refused; "20 to 4" and "ten to twelve" are times.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from dialogs.answers.calendar_words import stripped
from dialogs.answers.foreign import whole_day_clock
from dialogs.answers.values import Refusal
from dialogs.answers.words import ARTICLES, count, listed

Time = time | Refusal
_NOON, _DAY = 12, 24
_HOUR = 60  # minutes
_OFFICE_ENDS = 6  # the last hour that is the afternoon's when nothing says so
_NIGHT_ENDS = 5

_LEADING = listed("um at gegen around about ca circa from ab by punkt exactly the")
_TRAILING = listed("bitte please sharp punkt then dann")
_HALVES = r"(?P<am>am|a m)|(?P<pm>pm|p m)"
_TIMES = (
    r"(?P<morning>(?:in der |am )?frue?h|morgens|am morgen|(?:am )?vormittags?|(?:in the )?morning)"
    r"|(?P<late>(?:am |in the )?(?:nachmittags?|afternoon|abends?|evening))"
    r"|(?P<noon>(?:am )?mittags?)|(?P<night>(?:in der )?nachts?|at night|night)"
)
_BEHIND = re.compile(rf"(?P<rest>.*?[0-9a-z])(?: |(?<=[0-9])(?=[ap]m))(?:{_HALVES}|{_TIMES})")
_BEFORE = re.compile(rf"(?:{_TIMES}|(?P<dawn>morgen)) (?P<rest>.+)")
_FROM_TO = re.compile(r"(.+?) ?(?:-|bis|to|until|till|und|and) ?(.+)")
_ONE_OCLOCK = re.compile(r"\bein uhr\b")
_WORDS = {
    **dict.fromkeys(("noon", "midday", "mittag", "mittags", "high noon"), time(12)),
    **dict.fromkeys(("midnight", "mitternacht"), time(0)),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Hour and minute as said; `exact` when the half of the day is said too."""

    hour: int
    minute: int
    exact: bool = False


Reader = Callable[[re.Match[str], str], Reading | None]


def read_time(words: str, language: str) -> Time | None:
    """Read a prepared phrase; None when it isn't a time, Refusal when it is one that can't be."""
    bare = _ONE_OCLOCK.sub("eins uhr", stripped(words, _LEADING, _TRAILING))
    found = _WORDS.get(bare)
    if found:
        return found
    part, reading = _parted(bare, language)
    if reading is None:
        return _several(bare, language)
    hour = _hour(reading, part)
    if hour is None or hour >= _DAY or reading.minute >= _HOUR:
        return Refusal("no_such_time", {"given": bare})
    return time(hour, reading.minute)


def _parted(bare: str, language: str) -> tuple[str, Reading | None]:
    """Read the phrase with the name of the part of the day it says, if any."""
    match = _BEHIND.fullmatch(bare) or _BEFORE.fullmatch(bare)
    if match is None:
        return "", _reading(bare, language)
    part = next(name for name, said in match.groupdict().items() if said and name != "rest")
    return part, _reading(stripped(match["rest"], _LEADING, _TRAILING), language)


def _reading(rest: str, language: str) -> Reading | None:
    for pattern, reader in _READERS:
        match = pattern.fullmatch(rest)
        found = reader(match, language) if match else None
        if found:
            return found
    return None


def _hour(reading: Reading, part: str) -> int | None:
    """Return the hour of the day, None when the part of the day contradicts it."""
    hour, twelfth = reading.hour, reading.hour % _NOON
    if hour > _NOON:
        return None if part in {"am", "morning", "dawn"} else hour
    if part in {"pm", "late"}:
        return twelfth + _NOON
    if part == "night":
        return twelfth + (_NOON if twelfth > _NIGHT_ENDS else 0)
    if part == "am":
        return twelfth
    if part in {"morning", "dawn"} or (reading.exact and not part):
        return hour
    return hour + _NOON if hour <= _OFFICE_ENDS else hour


def _digits(match: re.Match[str], language: str) -> Reading:
    exact = match["hour"].startswith("0") or (whole_day_clock(language) and bool(match["sign"]))
    return Reading(int(match["hour"]), int(match["minute"]), exact)


def _spoken(match: re.Match[str], _: str) -> Reading | None:
    """`3`, `drei Uhr 15`: an hour, perhaps with minutes behind it."""
    hour, minute = _said(match["hour"]), count(match["minutes"] or "0")
    if hour is None or minute is None:
        return None
    return Reading(hour, minute, exact=not hour or match["hour"].startswith("0"))


def _past(match: re.Match[str], _: str) -> Reading | None:
    return _shifted(match["hour"], count(match["minutes"]))


def _before(match: re.Match[str], _: str) -> Reading | None:
    minutes = count(match["minutes"])
    return None if minutes is None else _shifted(match["hour"], -minutes)


def _to(match: re.Match[str], language: str) -> Reading | None:
    """`20 to 4`; but `10 to 12` may well be two hours."""
    minutes, hour = match["minutes"], match["hour"]
    if minutes.isdigit() and hour.isdigit() and int(minutes) < int(hour):
        return None
    return _before(match, language)


def _around_half(match: re.Match[str], _: str) -> Reading | None:
    minutes = count(match["minutes"])
    if minutes is None:
        return None
    return _shifted(match["hour"], (-minutes if match["before"] else minutes) - _HOUR // 2)


def _fixed(minutes: int) -> Reader:
    """Make a reader for words that stand so many minutes from the hour: `halb`, `viertel vor`."""
    return lambda match, _: _shifted(match["hour"], minutes)


def _shifted(word: str, minutes: int | None) -> Reading | None:
    hour = _said(word)
    if hour is None or minutes is None or hour >= _DAY or not -_HOUR < minutes < _HOUR:
        return None
    return Reading(*divmod((hour * _HOUR + minutes) % (_DAY * _HOUR), _HOUR))


def _said(word: str) -> int | None:
    return None if word in ARTICLES else count(word)


def _several(bare: str, language: str) -> Refusal | None:
    """Say so when it is two times: `14:00-15:00`, `2 to 3pm`."""
    match = _FROM_TO.fullmatch(bare)
    if match and all(_parted(side, language)[1] for side in match.groups()):
        return Refusal("one_time")
    return None


_H = r"(?P<hour>[0-9]{1,2}|[a-z]+)(?: ?(?:uhr|oclock|h|hrs|hours))?"
_M = r"(?P<minutes>[0-9]{1,2}|[a-z]+(?: [a-z]+)?)(?: min(?:uten?|utes?|s)?)?"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"(?P<hour>[0-9]{1,2}) ?(?P<sign>[:.h]) ?(?P<minute>[0-9]{2})(?::00)?(?: ?(?:uhr|h))?",
            _digits,
        ),
        (r"(?P<hour>[0-9]{2})(?P<sign>)(?P<minute>[0-9]{2})(?: ?(?:uhr|h|hrs|hours))?", _digits),
        (r"(?P<hour>[0-9]{1,2}|[a-z]+) ?(?:uhr|h) ?(?P<minutes>[0-9]{1,2}|[a-z]+)", _spoken),
        (rf"{_H}(?P<minutes>)", _spoken),
        (rf"halb {_H}", _fixed(-30)),
        (rf"half(?: past)? {_H}", _fixed(30)),
        (rf"(?:dreiviertel|drei viertel) {_H}", _fixed(-15)),
        (rf"(?:a )?(?:viertel nach|quarter past|quarter after) {_H}", _fixed(15)),
        (rf"(?:a )?(?:viertel vor|quarter to|quarter before|quarter till) {_H}", _fixed(-15)),
        (rf"viertel {_H}", _fixed(-45)),
        (rf"{_M} (?:(?P<before>vor)|nach) halb {_H}", _around_half),
        (rf"{_M} (?:past|after|nach) {_H}", _past),
        (rf"{_M} (?:vor|before) {_H}", _before),
        (rf"{_M} (?:to|till) {_H}", _to),
    )
)
