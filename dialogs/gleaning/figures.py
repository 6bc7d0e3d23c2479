"""Amounts, shares, hours and marks written in a clause, each with its unit. Guesses nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.answers.words import NUMBERS

_NUMBER = r"\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_TIMES = r"k|tsd\.?|tausend|thousand|mio\.?|mill\.?|millionen|million|mn|m"
_MONEY = r"€|teur|t€|k€|eur|euros?|\$|usd|chf|£|gbp"
_COUNT = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|eine?|zwei|drei|vier|fünf|sechs|sieben"
    r"|acht|neun|zehn|zwölf"
)
_RANGE = re.compile(
    rf"(?:{_NUMBER})\s*(?:{_TIMES}|{_MONEY}|%)?\s*"
    r"(?:-|\u2013|bis|to|or|oder|und|and|statt|instead of|/)\s*$",
    re.IGNORECASE,
)
_BOUND = (
    r"unter|über|mindestens|maximal|höchstens|bis zu|less than|more than|at least|at most|up to"
    r"|under|over|below|above|max\.?|min\.?|nicht|not"
)
_OPEN = re.compile(rf"(?:^|\W)(?:{_BOUND})\s+(?:€|eur)?\s*$", re.IGNORECASE)
_UNSURE = re.compile(
    r"\s*(?:(?:-|\u2013|bis|to|statt|instead of|rather than)\s*\d"
    r"|[^.;]{0,20}?\b(?:if at all|if anything|wenn überhaupt|falls überhaupt))",
    re.IGNORECASE,
)
"""A range, a correction, or a doubt."""
_OTHER_UNIT = r"[\w%€/]|[.,:]\d|\s?(?:%|€|eur|k\b|h\b|std|uhr|hours|stunden|am\b|pm\b)"
_UMLAUTS = {"ue": "(?:ü|ue?)", "oe": "(?:ö|oe?)", "ss": "(?:ß|ss)"}
_WORDS = "|".join(
    re.sub("ue|oe|ss", lambda one: _UMLAUTS[one[0]], word)
    for word in sorted(NUMBERS, key=len, reverse=True)
)
_SPELLED = rf"(?:{_WORDS})(?:\s?(?:{_TIMES}))?"
_COMPOUND = re.compile(r"(?<=[a-zß])(?=tausend\b)", re.IGNORECASE)
"""`achtzigtausend` is one word in German and two to the answer kinds."""
_SPANS = {
    "money": re.compile(
        rf"(?<![\w.,])(?:(?:{_MONEY})\s?(?:{_NUMBER})(?:\s?(?:{_TIMES}))?(?![\w])"
        rf"|(?:{_NUMBER})\s?(?:(?:{_TIMES})\s?)?(?:{_MONEY})(?!\w)"
        rf"|(?:{_NUMBER})\s?(?:k|tsd\.?|tausend|thousand|mio\.?|million(?:en)?|mn)(?![\w])"
        rf"|{_SPELLED}\s(?:{_MONEY})(?!\w))",
        re.IGNORECASE,
    ),
    "percent": re.compile(
        rf"(?<![\w.,])(?:(?:{_NUMBER})\s?|(?:{_WORDS})\s)(?:%|percent|prozent|pct)", re.IGNORECASE
    ),
    "number": re.compile(
        rf"(?<![\w.,:])(?:\d{{1,2}}:\d{{2}}|{_NUMBER}|(?:{_COUNT}))\s?"
        rf"(?:hours?|hrs?|stunden?|std\.?|h)(?!\w)",
        re.IGNORECASE,
    ),
    "scale": re.compile(
        rf"(?<![\w.,/])\d{{1,2}}(?:\s?(?:/|of|out of|von|aus)\s?\d{{1,2}})?(?!{_OTHER_UNIT})",
        re.IGNORECASE,
    ),
}
OTHERWISE = {
    "percent": (
        "discount|rabatt|skonto|mwst|vat|margin|marge|share|anteil|nachlass|off|growth|wachstum|scrap"
        "|ausschuss|anzahlung|deposit|upfront"
    ),
    "money": (
        "per hour|pro stunde|stundensatz|hourly|per day|pro tag|tagessatz|turnover of|penalty"
        "|vertragsstrafe|per piece|pro stück|je stück|each\\b|a piece|per unit|pro monat|per month"
        "|steigen|gestiegen|increase|currently|aktuell|bisher|previously|competitor|wettbewerber"
        "|mitbewerber"
    ),
}
"""Words that say of a figure that it is about something nobody asks for."""
_NEUTRAL = {
    kind: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) for kind, words in OTHERWISE.items()
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands in its clause."""

    start: int
    end: int
    words: str
    """As an answer kind reads it."""


def figures(kind: str, text: str) -> Iterator[Figure]:
    """All figures of a kind; a range, or one that is only a bound, is none."""
    for one in _SPANS[kind].finditer(text):
        before, after = text[: one.start()], text[one.end() :]
        unsure = _OPEN.search(before) or _UNSURE.match(after)
        if not (_RANGE.search(before) or unsure):
            yield Figure(one.start(), one.end(), _COMPOUND.sub(" ", one[0].strip()))


def elsewhere(kind: str, text: str) -> list[tuple[int, int]]:
    """Where words stand that claim a figure for something else."""
    pattern = _NEUTRAL.get(kind)
    return [(one.start(), one.end()) for one in pattern.finditer(text)] if pattern else []
