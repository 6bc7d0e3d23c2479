"""The units in which people count what a customer asks for, as they write and read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from dialogs.answers.hygiene import fold

UNITS: Final[Mapping[str, tuple[tuple[str, str], tuple[str, str], str]]] = {
    "piece": (("piece", "pieces"), ("Stück", "Stück"), "pc pcs piece pieces stk st stueck stuck"),
    "day": (("day", "days"), ("Tag", "Tage"), "day days tag tage tagen pt"),
    "hour": (("hour", "hours"), ("Stunde", "Stunden"), "h hr hrs hour hours std stunde stunden"),
    "week": (("week", "weeks"), ("Woche", "Wochen"), "week weeks woche wochen"),
    "month": (("month", "months"), ("Monat", "Monate"), "month months monat monate monaten"),
    "year": (("year", "years"), ("Jahr", "Jahre"), "year years jahr jahre jahren"),
    "set": (("set", "sets"), ("Satz", "Sätze"), "set sets satz saetze satze"),
    "m": (("m", "m"), ("m", "m"), "m meter meters metre metres"),
    "km": (("km", "km"), ("km", "km"), "km kilometer kilometers kilometre kilometres"),
    "kg": (("kg", "kg"), ("kg", "kg"), "kg kilo kilos kilogramm kilogram kilograms"),
    "t": (("t", "t"), ("t", "t"), "ton tons tonne tonnes tonnen"),
}
"""By id: one and several in English, in German, and every word for it, folded."""
_MEANT: Final = {word: unit for unit, (_, _, words) in UNITS.items() for word in words.split()}


def unit_of(word: str) -> str:
    """The unit's id; empty for a word that is none."""
    return _MEANT.get(fold(word).rstrip("."), "")


def named(unit: str, quantity: Decimal, language: str) -> str:
    english, german, _ = UNITS[unit]
    one, several = german if language == "de" else english
    return one if quantity == 1 else several
