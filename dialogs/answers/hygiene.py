"""Makes typed text safe to keep and easy to compare: the first step of every kind of answer.

Knows characters, not meaning. What is kept is NFC without control, zero-width and bidi characters;
what is compared is folded to small ASCII letters, with umlauts written out.
"""

import re
import unicodedata

from dialogs.answers.values import Refusal

PILE = 4
"""Marks kept on one letter: enough for any writing, too few to climb over other lines."""

_SAFE = r"\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u20ac"
_NEEDS_CARE = re.compile(f"[^\\n{_SAFE}]")  # anything else takes the slow way
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u2800\u3164\uffa0")  # shown as nothing
_EMPTY_LINES = re.compile(r"\n{3,}")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l", "đ": "d"},
)
_PUNCTUATION = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060\uff07", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-")
    | {"\uff0c": ",", "\uff0e": ".", "\uff1a": ":", "\uff0f": "/", "\uff05": "%", "\u066a": "%"}
    | {"\uff0b": "+", "\u066c": "'", "\u2044": "/"},
)


def clean(text: str, limit: int, *, lines: bool = False) -> str | Refusal:
    """Return the text as it may be kept: one line, or with its line breaks.

    Refuses what is longer than `limit` characters, empty, or not text (NUL, lone surrogates).
    """
    if len(text) > 4 * limit:  # not worth cleaning: 100,000 characters cost nothing
        return _too_long(len(text), limit)
    if _NEEDS_CARE.search(text):
        if _BROKEN.search(text):
            return Refusal("unreadable")
        text = _scrubbed(text)
    text = _paragraphs(text) if lines else " ".join(text.split())
    if not text:
        return Refusal("empty")
    return _too_long(len(text), limit) if len(text) > limit else text


def visible(text: str) -> str:
    """Return what others wrote (a name in the CRM) as one line that is what it looks like.

    Nothing is refused: what is no text is shown as "\ufffd", what shows nothing is left out.
    """
    if _NEEDS_CARE.search(text):
        text = _scrubbed(_BROKEN.sub("\ufffd", text))
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the text in small ASCII letters where it can be: `Größe` is `groesse`."""
    text = text.casefold()
    if text.isascii():
        return text
    plain = text.translate(_PUNCTUATION).translate(_UMLAUTS)
    return "".join(map(_folded, plain))


def unmarked(text: str) -> str:
    """Return the text as somebody writes it who leaves the dots out: `Größe` is `grosse`."""
    return "".join(map(_folded, text.casefold().translate(_PUNCTUATION)))


def _too_long(length: int, limit: int) -> Refusal:
    return Refusal("too_long", {"length": str(length), "limit": str(limit)})


def _paragraphs(text: str) -> str:
    trimmed = "\n".join(line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", trimmed).strip()


def _scrubbed(text: str) -> str:
    kept = "".join(map(_kept, _NEWLINES.sub("\n", text)))
    return _unpiled(unicodedata.normalize("NFC", kept))


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if char in _BLANKS or (category in {"Cc", "Cf"} and char != "\n"):
        return ""
    return char


def _unpiled(text: str) -> str:
    """Drop marks that stand on nothing, and all but the first few on one letter."""
    kept: list[str] = []
    room = 0
    for char in text:
        mark = unicodedata.category(char) in {"Mn", "Me"}
        room = room - 1 if mark else PILE
        if not mark or (room >= 0 and kept and not kept[-1].isspace()):
            kept.append(char)
    return "".join(kept)


def _folded(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    decomposed = unicodedata.normalize("NFD", char)
    return "".join(part for part in decomposed if unicodedata.category(part) != "Mn")
