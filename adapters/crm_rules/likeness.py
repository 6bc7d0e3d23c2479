"""In what two leads are alike: e-mail, phone, the names of contact and company."""

import re
from collections.abc import Iterator
from typing import Final

from adapters.crm_rules.names import normal
from dialogs.lead_lookups import Duplicates, Likeness

ENOUGH: Final = 6  # digits, counted from the end, by which two phone numbers are the same
_RANK: Final = {"email": 4, "phone": 2, "name": 1}


def alike(
    asked: Duplicates, *, email: str, phone: str, contact: str, company: str, title: str
) -> tuple[Likeness, ...]:
    """In what a known lead is like the one that is asked about; empty: in nothing."""
    return tuple(_alike(asked, (email, phone), (contact, company, title)))


def rank(like: tuple[Likeness, ...]) -> int:
    """How much speaks for it; more is likelier."""
    return sum(_RANK[one] for one in like)


def digits(phone: str) -> str:
    """The end of a number, that no country code and no way of writing changes."""
    return re.sub(r"\D", "", phone)[-ENOUGH - 2 :]


def _alike(
    asked: Duplicates, reached: tuple[str, str], named: tuple[str, str, str]
) -> Iterator[Likeness]:
    email, phone = reached
    if asked.email and normal(asked.email) == normal(email):
        yield "email"
    number = digits(asked.phone)
    if len(number) >= ENOUGH and number == digits(phone):
        yield "phone"
    contact, company, title = named
    pairs = ((asked.contact, contact), (asked.company, company), (asked.title, title))
    if any(one and normal(one) == normal(other) for one, other in pairs):
        yield "name"
