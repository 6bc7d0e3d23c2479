"""Which currency the words around a number mean, and whether it is the one that is asked for.

A foreign currency is refused with both names: nothing is ever converted, and nothing taken for
euros that was said in dollars. `$` and `kr` belong to several currencies and fit each of them.
"""

import unicodedata
from functools import lru_cache

from dialogs.answers import echo
from dialogs.answers.hygiene import fold
from dialogs.answers.numerals import Figure, is_multiplier
from dialogs.answers.values import Refusal
from dialogs.translations import languages

_NAMES = {
    "EUR": "€ euro euros eu",
    "USD": "$ dollar dollars us$ bucks",
    "CAD": "$ dollar dollars",
    "AUD": "$ dollar dollars",
    "NZD": "$ dollar dollars",
    "SGD": "$ dollar dollars",
    "HKD": "$ dollar dollars",
    "GBP": "£ pound pounds pfund quid sterling",
    "CHF": "franken rappen francs franc sfr fr stutz",
    "JPY": "¥ yen",
    "CNY": "¥ yuan renminbi rmb",
    "INR": "₹ rupee rupees rupien",
    "PLN": "zl zloty zlotys",
    "CZK": "kc krone kronen koruna",
    "SEK": "kr kronor krone kronen",
    "NOK": "kr kroner krone kronen",
    "DKK": "kr kroner krone kronen",
    "HUF": "ft forint",
    "RUB": "₽ rubel ruble rubles",
    "TRY": "₺ lira",
}


def written_out(line: str, currency: str) -> str:
    """Return the folded line with the expected currency's own signs (A$, Fr.) as its code."""
    for sign in _signs(currency, languages()):
        if sign in line:
            line = line.replace(sign, f" {currency.casefold()} ")
    return line


def removed(figure: Figure, currency: str) -> Figure | Refusal:
    """Return the figure without the expected currency; refuse a foreign one and other words."""
    multipliers: list[str] = []
    for word in figure.words:
        scale, meant = _split(word)
        multipliers += [scale] if scale else []
        if meant and currency not in meant:
            return Refusal("foreign_currency", {"given": _shown(meant, word), "expected": currency})
    if len(multipliers) > 1:
        return Refusal("not_a_number")
    return Figure(figure.digits, figure.negative, tuple(multipliers))


def _split(word: str) -> tuple[str, frozenset[str]]:
    """Take a word apart: the multiplier it says, the currencies it can mean.

    `teur` says both. A word that is neither comes back as if it were a multiplier; reading the
    number refuses it.
    """
    meant = _currencies().get(word)
    if meant:
        return "", meant
    if unicodedata.category(word[0]) == "Sc":
        return "", frozenset({word})
    for code, scale in ((word[cut:], word[:cut]) for cut in range(1, min(4, len(word)))):
        if code in _currencies() and is_multiplier(scale):
            return scale, _currencies()[code]
    return word, frozenset()


def _shown(meant: frozenset[str], word: str) -> str:
    return next(iter(meant)) if len(meant) == 1 else word


@lru_cache(maxsize=1)
def _currencies() -> dict[str, frozenset[str]]:
    """Return the currency codes each folded word or sign can mean."""
    codes = map(str, echo.locale("en").currencies)
    found = {code.casefold(): {code} for code in codes if not is_multiplier(code.casefold())}
    for code, words in _NAMES.items():
        for word in words.split():
            found.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


@lru_cache(maxsize=16)
def _signs(currency: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the signs of a currency that are more than one word or character, longest first."""
    shown = {
        fold(echo.locale(language).currency_symbols.get(currency, "")) for language in languages
    }
    mixed = [sign for sign in shown if len(sign) > 1 and not sign.isalpha()]
    return tuple(sorted(mixed, key=len, reverse=True))
