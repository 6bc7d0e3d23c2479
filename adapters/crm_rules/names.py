"""Names of companies and titles: how they compare, how they are ranked, how long they may be.

Databases differ in what they can fold; here `Müller`, `mueller` and `MULLER` find each other.
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Final

SHORTEST_SEARCH: Final = 2  # characters
LONGEST_TITLE: Final = 200  # characters; Odoo would take any number and show a wall of them
SPELLINGS: Final = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))
"""How an umlaut is written where there is no key for it."""
_STROKES: Final = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})


def tidy(name: str) -> str:
    """The name with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def normal(name: str) -> str:
    """Two names are the same when this is: case, spaces and encoding do not count."""
    return tidy(name).casefold()


def title(text: str) -> str:
    """The name of an opportunity on one line, cut where nobody reads on."""
    line = tidy(text)
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def searchable(text: str) -> bool:
    """False for what finds everything or what no database can be asked for."""
    inert = not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
    return inert and len(normal(text)) >= SHORTEST_SEARCH


def written_out(text: str) -> str:
    """Small letters without marks, umlauts written out: `Müller` becomes `mueller`."""
    spelled = normal(text)
    for plain, umlaut in SPELLINGS:
        spelled = spelled.replace(umlaut, plain)
    return _unmarked(spelled)


def cut_down(text: str) -> str:
    """Small letters without marks, umlauts too: `Müller` becomes `muller`."""
    return _unmarked(normal(text))


def contains(name: str, words: str) -> bool:
    """True when each of the words is part of the name, in one way of writing or another."""
    forms = (written_out(name), cut_down(name))
    return all(
        any(word in form for form in forms for word in (written_out(token), cut_down(token)))
        for token in words.split()
    )


def likeness(name: str, words: str) -> float:
    """From 0 to 1; a name that begins with the words goes before one that only has them."""
    mine, theirs = written_out(name), written_out(words)
    begins = 1.0 if mine.startswith(theirs) else 0.0
    return (begins + SequenceMatcher(None, mine, theirs).ratio()) / 2


def _unmarked(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.translate(_STROKES))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))
