"""An answer that is a list: what a customer asks for, one product or service a line.

A line is a quantity, a unit where there is one, a name and a price for one: "3 x Welding robot
12,500 €", "2 days training at 950". A price is only read where it is marked as one (a currency, a
word like `at`, grouped thousands, cents): the number of a model is never taken for one. A price
that is not said is left open.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from dialogs.answers import echo
from dialogs.answers.amounts import Money
from dialogs.answers.hygiene import clean
from dialogs.answers.numbers import Number
from dialogs.answers.units import named, unit_of
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.crm import JsonTable, JsonValue
from dialogs.translations import said as in_further

LINE: Final = 200  # characters
TIMES: Final = "\u00d7"
_QUANTITY: Final = Number(least=Decimal("0.01"), most=Decimal(1_000_000), decimals=2)
_BULLET: Final = re.compile(r"^\s*(?:[-\u2013•*]\s+|\(?[0-9]{1,2}[).]\s+)")
_NUMBER: Final = r"[0-9](?:[0-9.,' ]*[0-9])?"
_SIGN: Final = r"(?:€|eur|euros?|\$|usd|chf|£|gbp)"
_AT: Final = r"(?:at|@|à|á|a|je|zu|zum preis von|für|fuer|for|each|=|:|,|-|\u2013)"
_EACH: Final = (
    r"(?:each|apiece|a piece|per (?:unit|piece|day|hour|week|month|year|item)|pro [^\W\d_]+|"
    r"je [^\W\d_]+|das stück|/ ?[^\W\d_]+|p\.? ?p\.?|p\.? ?a\.?)"
)
_ALL: Final = r"(?:in total|total|altogether|in all|gesamt|insgesamt|zusammen|pauschal|flat)"
_PRICE: Final = re.compile(
    rf"^(?P<rest>.*?\S)(?:\s+|(?<=[,;:=@]))(?P<at>{_AT}\s+)?(?P<each1>je\s+)?"
    rf"(?P<amount>(?:{_SIGN}\s*)?{_NUMBER}\s*(?:k|tsd\.?|mio\.?)?(?:,-|\.-)?\s*(?:{_SIGN})?)"
    rf"(?:\s*(?P<each>{_EACH})|\s+(?P<all>{_ALL}))?\.?$",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    rf"^(?P<number>{_NUMBER})(?:\s*(?:x|\u00d7|\*)\s*|\s+(?:mal\s+|times\s+)?)(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    rf"^(?P<rest>.*?\S)[,;:]?\s+(?:(?:x|\u00d7|\*)\s*(?P<times>{_NUMBER})|(?P<number>{_NUMBER})\s*"
    r"(?P<unit>x|\u00d7|[^\W\d_]+\.?))$",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"^(?P<unit>[^\W\d_]+\.?)\s+(?:of\s+|von\s+|à\s+)?(?P<rest>\S.*)$")
_MARKED: Final = re.compile(
    rf"{_SIGN}|k$|tsd|mio|[.,'][0-9]{{3}}\b|[.,][0-9]{{2}}$|,-|\.-", re.IGNORECASE
)
_OPEN: Final = re.compile(
    r"[,;:]?\s*(?:price open|preis offen|no price|ohne preis)\.?$", re.IGNORECASE
)
_BARE: Final = re.compile(r"^(?:.*\S)?\s[0-9]{3,}$")


@dataclass(frozen=True, slots=True)
class Demand(Typed):
    """Stored as a list of tables: quantity, unit, name, price (None: open), product (CRM id)."""

    most: int = 40
    name: ClassVar[str] = "lines"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        """Understand one line, or several; one that is not understood refuses all of them."""
        whole = clean(text, LINE * self.most, lines=True)
        if isinstance(whole, Refusal):
            return whole
        read: list[JsonTable] = []
        for line in _lines(whole):
            one = _line(line, moment)
            if isinstance(one, Refusal):
                return one
            read.append(one)
        return self.checked(read)

    def checked(self, lines: Sequence[JsonTable]) -> Understood | Refusal:
        if len(lines) > self.most:
            return Refusal("too_many_lines", {"most": str(self.most)})
        return Understood(list(lines)) if lines else Refusal("empty")

    def show(self, value: JsonValue, language: str, currency: str) -> str:
        lines = tables(value)
        told = [shown(line, language, currency) for line in lines]
        total = _total(lines)
        if len(lines) > 1 and total is not None:
            told.append(f"{_word('total', language)}: {money(total, language, currency)}")
        return "\n".join(told)


WORDS: Final = {
    "total": {"en": "Total", "de": "Summe"},
    "open": {"en": "price open", "de": "Preis offen"},
}


def _word(key: str, language: str) -> str:
    return WORDS[key].get(language) or in_further(language, f"lines_{key}") or WORDS[key]["en"]


def tables(value: JsonValue) -> list[JsonTable]:
    """The lines of a stored answer."""
    if not isinstance(value, list):
        return []
    return [one for one in value if isinstance(one, dict)]


def shown(line: JsonTable, language: str, currency: str) -> str:
    """`2 days training à 950.00 € = 1,900.00 €`."""
    text = said(line, language)
    if line.get("price") is None:
        return f"{text}, {_word('open', language)}"
    price, quantity = Decimal(str(line["price"])), Decimal(str(line["quantity"]))
    one = money(price, language, currency)
    if quantity == 1:
        return f"{text} = {one}"
    return f"{text} à {one} = {money(cents(price * quantity), language, currency)}"


def typed(line: JsonTable, language: str, currency: str) -> str:
    """The line as somebody could have typed it."""
    if line.get("price") is None:
        return shown(line, language, currency)
    return f"{said(line, language)} à {money(Decimal(str(line['price'])), language, currency)}"


def said(line: JsonTable, language: str) -> str:
    """Quantity, unit and name."""
    quantity = Decimal(str(line["quantity"]))
    number, unit = echo.number(quantity, language), str(line.get("unit") or "")
    if unit and unit != "piece":
        return f"{number} {named(unit, quantity, language)} {line['name']}"
    return f"{number} {TIMES} {line['name']}"


def money(value: Decimal, language: str, currency: str) -> str:
    return echo.money(value, language, currency)


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _total(lines: Iterable[JsonTable]) -> Decimal | None:
    """None where a price is open."""
    total = Decimal(0)
    for line in lines:
        if line.get("price") is None:
            return None
        total += cents(Decimal(str(line["price"])) * Decimal(str(line["quantity"])))
    return total


def _lines(text: str) -> list[str]:
    parts = (one for line in text.split("\n") for one in line.split(";"))
    return [line for line in (_BULLET.sub("", one).strip() for one in parts) if line]


def _line(text: str, moment: Moment) -> JsonTable | Refusal:
    if len(text) > LINE:
        return Refusal("too_long", {"length": str(len(text)), "limit": str(LINE)})
    rest = _OPEN.sub("", text)
    rest, amount, whole = (rest, "", False) if rest != text else _priced(text)
    price = Money().parse(amount, moment) if amount else None
    if isinstance(price, Refusal):
        return price
    if rest == text and _BARE.match(rest) and not _only_name(rest):
        return Refusal("price_or_name", {"number": rest.split()[-1], "line": rest})
    one = _counted(rest, str(price.value) if price else None, moment, whole=whole)
    return Refusal("nameless_line", {"line": text}) if one is None else one


def _priced(text: str) -> tuple[str, str, bool]:
    """What stands before the price, the price, and whether it is that of the whole line."""
    match = _PRICE.match(text)
    if match is None:
        return text, "", False
    marked = _MARKED.search(match["amount"].strip()) or match["each"] or match["all"]
    if not (marked or (match["at"] or "").strip(" ,-\u2013:=") or match["each1"]):
        return text, "", False
    return match["rest"].rstrip(" ,:=-\u2013@"), match["amount"], bool(match["all"])


def _only_name(text: str) -> bool:
    """A model's number that follows a short code (`KR 210`) is part of the name."""
    words = text.split()
    return len(words) > 1 and words[-2].isupper() and words[-2].isalnum()


def _counted(
    text: str, price: str | None, moment: Moment, *, whole: bool
) -> JsonTable | Refusal | None:
    number, unit, name = _quantity(text)
    read = _QUANTITY.parse(number, moment) if number else Understood(1)
    if isinstance(read, Refusal):
        return read
    if not any(map(str.isalpha, name)) or name.casefold() in {"x", "eur", "euro"}:
        return None
    quantity = Decimal(str(read.value))
    if whole and price is not None and quantity != 1:
        each = Decimal(price) / quantity
        if cents(each) != each:
            return Refusal("uneven_total", {"quantity": str(read.value)})
        price = str(cents(each))
    return {"quantity": str(read.value), "unit": unit, "name": name, "price": price}


def _quantity(text: str) -> tuple[str, str, str]:
    """Number, unit and name; a text without a number is a name."""
    if leading := _LEADING.match(text):
        unit = _UNIT.match(leading["rest"])
        if unit and unit_of(unit["unit"]):
            return leading["number"], unit_of(unit["unit"]), unit["rest"]
        return leading["number"], "", leading["rest"]
    if trailing := _TRAILING.match(text):
        if trailing["times"]:
            return trailing["times"], "", trailing["rest"]
        unit_word = trailing["unit"]
        if unit_word in {"x", "X", TIMES} or unit_of(unit_word):
            return trailing["number"], unit_of(unit_word), trailing["rest"].rstrip(",;: ")
    return "", "", text
