"""Reads a day in any of the ways it is said; the ways are `written_days` and its two siblings."""

import re

from dialogs.answers.calendar_words import stripped
from dialogs.answers.periods import of_period
from dialogs.answers.reckoning import Asked, Day
from dialogs.answers.relative_days import from_today
from dialogs.answers.words import listed
from dialogs.answers.written_days import written

_LEADING = listed(
    "am on the den der dem zum bis by until till to about ca circa vom ab from fuer fur for um it "
    "spaetestens spatestens then dann is ist es",
)
_TRAILING = listed("bitte please then dann")
_PART = re.compile(
    r" (?:am |in the |in der |at )?(?:morgens?|frue?h|morning|vormittags?|nachmittags?|afternoon|"
    r"abends?|evening|mittags?|nachts?|night)$",
)


def read_day(words: str, asked: Asked) -> Day | None:
    """Read a prepared phrase; None when it isn't a day, Refusal when it is one that can't be."""
    bare = stripped(words, _LEADING, _TRAILING)
    found = _read(bare, asked)
    part = None if found else _PART.search(bare)
    return _read(bare[: part.start()], asked) if part else found


def _read(bare: str, asked: Asked) -> Day | None:
    return from_today(bare, asked) or written(bare, asked) or of_period(bare, asked)
