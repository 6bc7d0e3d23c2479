"""How somebody is reached: an e-mail address, a phone number. Looked at, not tried out."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from dialogs.answers.hygiene import clean
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.crm import JsonValue

LONGEST: Final = 254  # characters of an address that mail can be sent to
LONGEST_LOCAL: Final = 64
FEWEST, MOST = 5, 15
"""Digits of a phone number, the country's included."""
_INSIDE: Final = re.compile(r"<(?:mailto:)?([^<>|]+)(?:\|[^<>]*)?>")
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[^\W_](?:(?:[^\W_]|-)*[^\W_])?\.)+[^\W\d_]{2,63}"
)
_NUMBER: Final = re.compile(r"\+?[\d\s()/.\-]+(?:(?:ext\.?|x|dw|durchwahl)\s*\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Email(Typed):
    """One e-mail address; a name before it, `mailto:` and brackets are left out."""

    name: ClassVar[str] = "email"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        line = clean(text, 4 * LONGEST)
        if isinstance(line, Refusal):
            return line
        inside = _INSIDE.findall(line)
        address = (
            (inside[0] if len(inside) == 1 else line).strip().rstrip(".,;").removeprefix("mailto:")
        )
        local, _, domain = address.rpartition("@")
        sound = _ADDRESS.fullmatch(address) and ".." not in local and local.strip(".") == local
        if not sound or len(local) > LONGEST_LOCAL or len(address) > LONGEST:
            return Refusal("not_an_email")
        return Understood(f"{local}@{domain.lower()}")

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value)


@dataclass(frozen=True, slots=True)
class Phone(Typed):
    """One phone number, kept as it is written."""

    name: ClassVar[str] = "phone"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        line = clean(text, LONGEST)
        if isinstance(line, Refusal):
            return line
        number = line.removeprefix("tel:").strip()
        digits = sum(letter.isdecimal() and letter.isascii() for letter in number)
        if not _NUMBER.fullmatch(number) or not FEWEST <= digits <= MOST or not number.isascii():
            return Refusal("not_a_phone")
        return Understood(number)

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value)
