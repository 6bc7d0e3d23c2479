"""What stands in the end: in the program's own tables, and in Odoo by an administrator's eyes."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.rig.odoo import OdooServer

ALL = {"active_test": False}
MODELS = {
    "crm.lead": [],
    "mail.activity": [("res_model", "=", "crm.lead")],
    "calendar.event": [("opportunity_id", "!=", False)],
    "mail.message": [
        "|",
        ("message_id", "=like", "<dealdesk-%"),
        "&",
        ("model", "=", "calendar.event"),
        ("message_type", "=", "comment"),
    ],
}
"""What an entry makes; each has an external id of ours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An intent for the CRM, done."""

    key: str
    case: str
    kind: str
    body: str


Approval = tuple[str, str, str, str | None]
"""Id, case, status, who decided."""


class Tables:
    """Reads the program's database while nobody writes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self._path)) as books:
            return books.execute(sql, values).fetchall()

    def unfinished(self) -> dict[str, int]:
        """How much is not done, by what it is."""
        return {
            "events without a turn": self._count("inbox WHERE status = 'new'"),
            "intents": self._count("intent WHERE status = 'pending'"),
        }

    def lost(self) -> list[Any]:
        """What was set aside or refused for good."""
        return self.rows("SELECT source_key, error FROM inbox WHERE status = 'dead'") + self.rows(
            "SELECT key, error FROM intent WHERE status = 'dead'"
        )

    def entries(self) -> list[tuple[str, str]]:
        """Key and order key of the entries for the CRM, in their order."""
        return self.rows("SELECT key, order_key FROM intent WHERE target = 'crm' ORDER BY seq")

    def approvals(self) -> list[Approval]:
        return self.rows("SELECT id, case_id, status, decided_by FROM approval")

    def audit(self, actions: Sequence[str]) -> Counter[str]:
        """How often each subject had one of these done to it."""
        marks = ", ".join("?" for _ in actions)
        asked = f"SELECT subject FROM audit WHERE action IN ({marks})"
        return Counter(subject for (subject,) in self.rows(asked, *actions))

    def sources(self) -> set[str]:
        return {key for (key,) in self.rows("SELECT source_key FROM inbox")}

    def _count(self, where: str) -> int:
        ((number,),) = self.rows(f"SELECT count(*) FROM {where}")
        return int(number)


@dataclass(frozen=True, slots=True)
class Standing:
    """What Odoo holds of ours."""

    named: dict[str, int]
    """External ids, by model."""
    there: dict[str, int]
    """Records, by model: more than names means doubled ones."""
    notes: dict[str, int]
    """The opportunity of each note by its Message-Id, in the order they were made."""
    titles: Counter[str]
    bodies: dict[str, str]
    """The text of each note by its Message-Id."""
    told: dict[int, str]
    """All that is told about an opportunity, mails too."""

    def of(self, case: str, kind: str) -> list[str]:
        """The notes that entries of that kind made about the case."""
        return [note for note in self.notes if note.startswith(f"<dealdesk-{case}-{kind}-")]

    def kinds(self, word: str) -> list[str]:
        """Of the notes that hold the word, the earliest first."""
        return [_kind(note) for note, body in self.bodies.items() if word in body]


def standing(odoo: OdooServer) -> Standing:
    """Read all of it."""
    notes: dict[str, int] = {}
    bodies: dict[str, str] = {}
    told: dict[int, str] = {}
    asked = [("model", "=", "crm.lead")]
    fields = ["message_id", "res_id", "subject", "body"]
    for row in odoo.call("mail.message", "search_read", asked, fields, order="id"):
        text = f"{row['subject'] or ''} {row['body']}"
        told[row["res_id"]] = f"{told.get(row['res_id'], '')} {text}"
        if (row["message_id"] or "").startswith("<dealdesk-"):
            notes[row["message_id"]], bodies[row["message_id"]] = row["res_id"], row["body"]
    titles = odoo.call("crm.lead", "search_read", [], ["name"], context=ALL)
    return Standing(
        named={model: len(_names(odoo, model)) for model in MODELS},
        there={m: odoo.call(m, "search_count", d, context=ALL) for m, d in MODELS.items()},
        notes=notes,
        titles=Counter(row["name"] for row in titles),
        bodies=bodies,
        told=told,
    )


def _kind(note: str) -> str:
    """A Message-Id is made of a key: case, kind, number."""
    return note.split("-")[2]


def _names(odoo: OdooServer, model: str) -> set[int]:
    """The records that have external names of ours."""
    asked = [("module", "=", "dealdesk"), ("model", "=", model)]
    return {one["res_id"] for one in odoo.call("ir.model.data", "search_read", asked, ["res_id"])}
