"""Numbers written as words, in English and German, folded as `hygiene.fold` does.

Knows 0 to 100 and the halves; larger numbers are digits with a word behind them (2 Mio).
"""

from decimal import Decimal
from itertools import product


def listed(words: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(words.split())


def _row(words: str) -> list[str]:
    return words.split()


_ENGLISH = _row(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
)
_ENGLISH_TENS = _row("twenty thirty forty fifty sixty seventy eighty ninety")
_GERMAN = _row(
    "null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn "
    "fuenfzehn sechzehn siebzehn achtzehn neunzehn",
)
_GERMAN_TENS = _row("zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig")
ARTICLES = listed("a an ein eine einen einem einer eines")
"""Words that count as one before a unit, but are no number on their own."""
_TEN = 10


def _counted() -> dict[str, int]:
    """Write out 0 to 100."""
    units = {word: n for words in (_ENGLISH, _GERMAN) for n, word in enumerate(words)}
    tens = {
        word: _TEN * n for words in (_ENGLISH_TENS, _GERMAN_TENS) for n, word in enumerate(words, 2)
    }
    hundred = dict.fromkeys(("hundred", "hundert", "einhundert", "a hundred", "one hundred"), 100)
    return units | tens | _joined() | dict.fromkeys(ARTICLES, 1) | {"zwo": 2} | hundred


def _joined() -> dict[str, int]:
    english = {
        f"{ten} {unit}": tens * _TEN + n
        for (tens, ten), (n, unit) in product(
            enumerate(_ENGLISH_TENS, 2), list(enumerate(_ENGLISH))[1:_TEN]
        )
    }
    german = {
        f"{'ein' if unit == 'eins' else unit}und{ten}": tens * _TEN + n
        for (tens, ten), (n, unit) in product(
            enumerate(_GERMAN_TENS, 2), list(enumerate(_GERMAN))[1:_TEN]
        )
    }
    return english | german


def _undotted(counts: dict[str, int]) -> dict[str, int]:
    """Add the spellings of those who leave the dots out: `funf` for `fuenf`."""
    bare = {
        word.replace("fuenf", "funf").replace("zwoelf", "zwolf"): n for word, n in counts.items()
    }
    return bare | counts


COUNTS = _undotted(_counted())
"""Whole numbers by word; `a` and `eine` count as one."""

_QUARTER, _HALF, _THREE_QUARTERS = Decimal("0.25"), Decimal("0.5"), Decimal("0.75")
_PARTS = {
    _HALF: "half|half a|half an|halb|halbe|halbes|halben|eine halbe|ein halbes|einer halben|"
    "einen halben",
    _QUARTER: "quarter|a quarter|a quarter of an|quarter of an|viertel|eine viertel",
    _THREE_QUARTERS: "dreiviertel|eine dreiviertel|three quarters of an",
    Decimal("1.5"): "anderthalb|eineinhalb|one and a half",
    Decimal("2.5"): "zweieinhalb|two and a half",
}

NUMBERS = frozenset(COUNTS) - ARTICLES
"""Words that are a number on their own."""

AMOUNTS: dict[str, Decimal] = {word: Decimal(n) for word, n in COUNTS.items()} | {
    word: value for value, words in _PARTS.items() for word in words.split("|")
}
"""Numbers by word, parts included."""

LONGEST = max(len(words.split()) for words in AMOUNTS)
"""How many words the longest of them has."""


def count(word: str) -> int | None:
    """Return the whole number that digits (up to four) or a word say, or None."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 4 else None  # noqa: PLR2004 - as the docstring says
    return COUNTS.get(word)
