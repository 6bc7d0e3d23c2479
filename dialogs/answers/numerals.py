"""Reads a written number: which of its signs group thousands and which begins the decimals.

The rule, for every kind of answer with a number in it:
- Where the form says it, the form decides, in both languages: 1.250,50 and 1,250.50 and 1250,50
  and 1250.50 are all the same number.
- One sign with exactly three digits behind it (1.250; 1,250) can be either. If it is the sign that
  groups thousands in the person's language, it does. If it is their decimal sign, the answer is
  refused and both readings are offered, unless three decimals are usual for the question (a weight
  in kg to the gram; 1.250 million).
- Anything else (12.50.00; 1e9; 12-15) is refused. Nothing is ever guessed from a broken form.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from dialogs.answers import echo, foreign
from dialogs.answers.hygiene import fold
from dialogs.answers.values import Refusal
from dialogs.answers.words import AMOUNTS, LONGEST, NUMBERS, listed

_THOUSAND = 3  # digits in a group
_CORE = re.compile(r"([^0-9]*?)((?:[.,](?=[0-9]))?[0-9](?:[0-9.,' ]*[0-9])?)([^0-9]*)")
_SEVERAL = re.compile(r"[0-9][^0-9]*(?:[-/:x]|\b(?:bis|to|und|and|oder|or)\b)[^0-9]*[0-9]")
_DASHES = re.compile(r"^([.,]) ?-+")  # a price without cents: 1.250,- and 12'500.-
_WORD = re.compile(r"[^\W\d_]+|[^\s\w.,!?;]")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_MINUS = frozenset({"-", "minus"})
_PARTS = {"¼": "25", "½": "5", "¾": "75"}
_MIXED = re.compile(r"([0-9]*) ?([¼½¾])")
_FILLERS = listed(
    "ca circa zirka approx approximately about around roughly rund etwa ungefaehr ungefahr "
    "exactly genau ~ + = is es sind waren",
)
_EXPONENTS = {
    **dict.fromkeys(("k", "t", "tsd", "tausend", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "mio", "mln", "mill", "million", "millions", "millionen"), 6),
    **dict.fromkeys(("bn", "mrd", "milliarde", "milliarden"), 9),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, and the words around it that are not filler."""

    digits: str
    negative: bool
    words: tuple[str, ...]


def prepared(line: str, language: str) -> str:
    """Return the line with plain digits and signs, small letters and written-out parts."""
    line = line.replace("\u066b", echo.decimal_sign(language))  # Arabic decimal sign
    return fold(_MIXED.sub(_spelled, foreign.in_english(line, language)))


def figure(line: str) -> Figure | Refusal:
    """Find the one number in a prepared line."""
    if _SEVERAL.search(line):
        return Refusal("one_number")
    match = _CORE.fullmatch(line)
    if match is None:
        return _worded(line)
    before, digits, after = match.groups()
    dashes = _DASHES.match(after)
    if dashes:
        digits, after = f"{digits}{dashes[1]}00", after[dashes.end() :]
    return _signed(digits, before, after)


def value(figure: Figure, language: str, places: int) -> Decimal | Refusal:
    """Read the figure, with the thousands or millions its words say.

    Refuses more than `places` decimals; words that are no multiplier have to be taken out before.
    """
    exponent = _exponent(figure.words)
    if exponent is None:
        return Refusal("not_a_number")
    read = _read(figure.digits, echo.known(language), places + exponent)
    if isinstance(read, Refusal):
        return read
    scaled = read.scaleb(exponent)
    return -scaled if figure.negative else scaled


def without(figure: Figure, words: frozenset[str]) -> Figure:
    """Return the figure without these words."""
    left = tuple(word for word in figure.words if word not in words)
    return Figure(figure.digits, figure.negative, left)


def is_multiplier(word: str) -> bool:
    return word in _EXPONENTS


def _spelled(match: re.Match[str]) -> str:
    return f"{match[1] or '0'}.{_PARTS[match[2]]}"


def _worded(line: str) -> Figure | Refusal:
    """Find a number written as a word: `zwei Millionen`, `half an` hour."""
    words = _unfilled(_HYPHEN.sub(" ", line))
    for length in range(min(LONGEST, len(words)), 0, -1):
        said, rest = " ".join(words[:length]), words[length:]
        if said in AMOUNTS and (rest or said in NUMBERS):
            return Figure(str(AMOUNTS[said]), negative=False, words=rest)
    return Refusal("not_a_number")


def _signed(digits: str, before: str, after: str) -> Figure | Refusal:
    """Read the sign, which stands before: "48-" is a slip of "48,-" as often as it is minus 48."""
    words = _unfilled(before)
    minus = [word for word in words if word in _MINUS]
    if len(minus) > 1:
        return Refusal("not_a_number")
    rest = tuple(word for word in words if word not in _MINUS)
    return Figure(digits, bool(minus), rest + _unfilled(after))


def _unfilled(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(text) if word not in _FILLERS)


def _exponent(words: tuple[str, ...]) -> int | None:
    """Return how many zeros the words add; None when they say something else."""
    if not words:
        return 0
    return _EXPONENTS.get(words[0]) if len(words) == 1 else None


def _read(digits: str, language: str, places: int) -> Decimal | Refusal:
    signs = [char for char in digits if not char.isdigit()]
    kinds = list(dict.fromkeys(signs))
    if not signs:
        return Decimal(digits)
    if len(kinds) == 1 and (len(signs) > 1 or signs[0] in "' "):
        return _grouped(digits, kinds[0])
    if len(kinds) == 1:
        return _one_sign(digits, signs[0], language, places)
    if len(kinds) == 2 and signs.index(kinds[1]) == len(signs) - 1 and kinds[1] in ".,":  # noqa: PLR2004 - both
        return _both_signs(digits, kinds[0], kinds[1], places)
    return Refusal("unclear_number")


def _grouped(digits: str, sign: str) -> Decimal | Refusal:
    first, *others = digits.split(sign)
    fits = 0 < len(first) <= _THOUSAND and first[0] != "0"
    if fits and all(len(group) == _THOUSAND for group in others):
        return Decimal(first + "".join(others))
    return Refusal("unclear_number")


def _both_signs(digits: str, group: str, decimal: str, places: int) -> Decimal | Refusal:
    whole, fraction = digits.split(decimal)
    read = _grouped(whole, group)
    return read if isinstance(read, Refusal) else _decimals(str(read), fraction, places)


def _one_sign(digits: str, sign: str, language: str, places: int) -> Decimal | Refusal:
    whole, fraction = digits.split(sign)
    if len(fraction) != _THOUSAND or len(whole) > _THOUSAND or whole[:1] in {"", "0"}:
        return _decimals(whole or "0", fraction, places)
    if sign != echo.decimal_sign(language):
        return Decimal(whole + fraction)
    if places >= _THOUSAND:
        return _decimals(whole, fraction, places)
    return _either(Decimal(whole + fraction), language)


def _either(larger: Decimal, language: str) -> Refusal:
    smaller = larger.scaleb(-_THOUSAND)
    first, second = echo.number(larger, language), echo.number(smaller, language)
    return Refusal("ambiguous_number", {"first": first, "second": second})


def _decimals(whole: str, fraction: str, places: int) -> Decimal | Refusal:
    if len(fraction) > places:
        return Refusal("too_many_decimals", {"decimals": str(places)})
    return Decimal(f"{whole}.{fraction}")
