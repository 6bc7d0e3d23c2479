"""Patterns for Odoo's `ilike`, which folds neither marks nor umlauts and knows two wildcards."""

import re
from typing import Final

from adapters.crm_rules.names import SPELLINGS, cut_down, normal, written_out

_VOWELS: Final = "aeiouy"
_CONSONANTS: Final = "cdglnrstz"
"""Letters that some language of Europe writes with a mark."""
_BENT: Final = tuple(
    re.compile(f"[{letters}]") for letters in (_VOWELS, _CONSONANTS, _VOWELS + _CONSONANTS)
)
"""Marks are guessed on vowels, on consonants, on both: each pattern costs a look at every record,
so there are few."""
_ENOUGH: Final = 2  # letters that have to stay literal beside several wildcards
_HOLE: Final = "\0"


def spellings(word: str) -> list[str]:
    """Patterns for the ways in which a German keyboard or none would write the word."""
    return sorted(map(literal, {normal(word), written_out(word), cut_down(word), _umlauts(word)}))


def guesses(word: str) -> list[str]:
    """Patterns that find the word with other marks too; they find more, so sift the finds."""
    holed = [form for plain in (cut_down(word), _umlauts(word)) for form in _holed(plain)]
    return list(dict.fromkeys(literal(form).replace(_HOLE, "_") for form in holed))


def literal(text: str) -> str:
    """The text for `ilike` and `=ilike`, with its wildcards made literal."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _umlauts(word: str) -> str:
    bent = written_out(word)
    for spelled, umlaut in SPELLINGS:
        bent = bent.replace(spelled, umlaut)
    return bent


def _holed(form: str) -> list[str]:
    """The word with holes where marks may be, as long as enough of it stays literal."""
    holed = dict.fromkeys(letters.sub(_HOLE, form) for letters in _BENT)
    return [one for one in holed if sum(map(str.isalnum, one)) >= _ENOUGH]
