"""Companies in Odoo: looked for while somebody types, and found again by their exact name."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from adapters.crm_rules.names import contains, likeness, normal, searchable
from adapters.odoo.driver import Session
from adapters.odoo.search import guesses, literal, spellings
from dialogs.events import Hit

WIDEST: Final = 300  # records asked for before the best of them are chosen
_ANYBODY: Final = [
    ("partner_share", "=", True),  # no colleagues
    ("parent_id", "=", False),  # no contacts of a company
    ("ref_company_ids", "=", False),  # not ourselves
]
_FIELDS: Final = ["name", "is_company", "city", "email"]


def search(odoo: Session, text: str, limit: int) -> tuple[Hit, ...]:
    """Companies, then private persons, that have all the words in their name; the best first.

    Other marks are tried only where the words as written find too little, so that the many finds
    of a guess never crowd out what was meant.
    """
    if not searchable(text):
        return ()
    words = normal(text)
    found = _fitting(odoo, words, spellings)
    if len(found) < limit:
        found |= _fitting(odoo, words, guesses)
    best = sorted(found.values(), key=lambda row: _rank(row, words))
    return tuple(_hit(row) for row in best[:limit])


def same_name(odoo: Session, name: str) -> int | None:
    """Return the company of exactly that name, case and spaces apart; of several the oldest."""
    pattern = "%".join(literal(word) for word in normal(name).split())
    domain = [("is_company", "=", True), ("name", "=ilike", pattern)]
    rows = odoo.call("res.partner", "search_read", domain=domain, fields=["name"], order="id")
    return next((row["id"] for row in rows if normal(row["name"]) == normal(name)), None)


def _fitting(
    odoo: Session, words: str, ways: Callable[[str], list[str]]
) -> dict[int, Mapping[str, Any]]:
    # What a long word rules out need not be compared with the others.
    ordered = sorted(words.split(), key=len, reverse=True)
    patterns = [[*spellings(word), *ways(word)] for word in ordered]
    domain = [*_ANYBODY, *(part for one in patterns for part in _any_of(one))]
    order = "is_company desc, name, id"
    rows = odoo.call(
        "res.partner", "search_read", domain=domain, fields=_FIELDS, limit=WIDEST, order=order
    )
    return {row["id"]: row for row in rows if contains(row["name"] or "", words)}


def _any_of(patterns: list[str]) -> list[object]:
    different = list(dict.fromkeys(patterns))
    return ["|"] * (len(different) - 1) + [("name", "ilike", one) for one in different]


def _rank(row: Mapping[str, Any], words: str) -> tuple[bool, float, str, int]:
    return (not row["is_company"], -likeness(row["name"], words), row["name"], row["id"])


def _hit(row: Mapping[str, Any]) -> Hit:
    return Hit(row["id"], row["name"], row["city"] or row["email"] or "")
