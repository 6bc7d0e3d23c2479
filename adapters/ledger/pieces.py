"""What is set up in the ledger: fields, stages, lost reasons; whether the playbook's are there."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from adapters.crm_rules.names import normal
from adapters.crm_rules.values import LeadField
from dialogs.crm import CrmNeeds, FieldNeed, Finding, StageNeed

REMEDY: Final = "Run `dealdesk odoo setup`: it sets up the ledger too."
Kind = Literal["field", "stage", "lost reason", "team"]
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One field, stage, lost reason or team; `facts` is what JSON can hold of it."""

    kind: Kind
    id: str
    title: str
    facts: Mapping[str, Any]


STANDARD: Final[tuple[FieldNeed, ...]] = (
    FieldNeed("expected_revenue", "float", {"en": "Expected revenue", "de": "Erwarteter Umsatz"}),
    FieldNeed("probability", "float", {"en": "Probability", "de": "Wahrscheinlichkeit"}),
    FieldNeed("date_deadline", "date", {"en": "Expected closing", "de": "Erwarteter Abschluss"}),
    FieldNeed("contact_name", "char", {"en": "Contact", "de": "Ansprechpartner"}),
    FieldNeed("email_from", "char", {"en": "E-mail", "de": "E-Mail"}),
    FieldNeed("phone", "char", {"en": "Phone", "de": "Telefon"}),
    FieldNeed("source_id", "char", {"en": "Source", "de": "Quelle"}),
    FieldNeed("medium_id", "char", {"en": "Channel", "de": "Kanal"}),
    FieldNeed("campaign_id", "char", {"en": "Campaign", "de": "Kampagne"}),
    FieldNeed("description", "text", {"en": "Description", "de": "Beschreibung"}),
    FieldNeed(
        "priority",
        "selection",
        {"en": "Priority", "de": "Priorität"},
        tuple((str(stars), {"en": "★" * stars or "0"}) for stars in range(4)),
    ),
)
"""Fields that every Odoo has too."""


def needed(needs: CrmNeeds) -> list[Piece]:
    """What the playbook expects, in its order."""
    reasons = [dict(reason) for reason in needs.lost_reasons]
    return [
        *map(_field, needs.fields),
        *map(_stage, needs.stages),
        *(
            Piece("lost reason", normal(text(reason, "en")), text(reason, needs.language), reason)
            for reason in reasons
        ),
        *(Piece("team", normal(team), team, {"name": team}) for team in needs.teams),
    ]


def establish(books: sqlite3.Connection, pieces: list[Piece]) -> None:
    """Set these up; those that are there get the new facts."""
    books.executemany(
        "INSERT INTO piece (kind, id, facts) VALUES (?, ?, ?) "
        "ON CONFLICT (kind, id) DO UPDATE SET facts = excluded.facts",
        [(piece.kind, piece.id, json.dumps(piece.facts)) for piece in pieces],
    )


def standard() -> list[Piece]:
    return [_field(need) for need in STANDARD]


def findings(books: sqlite3.Connection, needs: CrmNeeds) -> Iterator[tuple[Piece, Finding]]:
    """Each piece that is needed, and whether it is there as it has to be."""
    for piece in needed(needs):
        there = facts(books, piece.kind).get(piece.id)
        yield piece, _finding(piece, there)


def prepared(books: sqlite3.Connection, needs: CrmNeeds, *, dry_run: bool) -> list[Finding]:
    """Set up what is missing, or only say what that would be."""
    compared = list(findings(books, needs))
    make = [piece for piece, finding in compared if finding.state == "missing"]
    if not dry_run:
        establish(books, make)
    done: Literal["would create", "created"] = "would create" if dry_run else "created"
    return [
        replace(finding, state=done, remedy="") if piece in make else finding
        for piece, finding in compared
    ]


def fields(books: sqlite3.Connection) -> dict[str, LeadField]:
    """The fields of an opportunity by name."""
    return {
        name: LeadField(told["type"], frozenset(told["options"]))
        for name, told in facts(books, "field").items()
    }


def facts(books: sqlite3.Connection, kind: Kind) -> dict[str, dict[str, Any]]:
    """Facts by id, in the order in which they were set up."""
    rows = books.execute("SELECT id, facts FROM piece WHERE kind = ? ORDER BY rowid", (kind,))
    return {row["id"]: json.loads(row["facts"]) for row in rows}


def text(words: Labels, language: str) -> str:
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def _finding(piece: Piece, there: Mapping[str, Any] | None) -> Finding:
    subject = f"{piece.kind} {piece.title}"
    if there is None:
        return Finding(subject, "missing", REMEDY)
    if there.get("type") != piece.facts.get("type"):
        told = f"It is of type {there['type']} and has to hold {piece.facts['type']}: rename it."
        return Finding(subject, "wrong", told)
    return Finding(subject, "ok")


def _field(need: FieldNeed) -> Piece:
    options = {option: dict(label) for option, label in need.options}
    told = {"type": need.type, "label": dict(need.label), "options": options}
    return Piece("field", need.name, need.name, told)


def _stage(need: StageNeed) -> Piece:
    title = f"{need.names[0]} of {need.team}" if need.team else need.names[0]
    told = {"names": need.names, "won": need.won, "team": need.team}
    return Piece("stage", need.id, title, told)
