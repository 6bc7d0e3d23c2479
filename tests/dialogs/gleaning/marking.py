"""Compares what the gleaner hears in the labelled notes with what they say, field by field."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.playbooks import playbook_text
from dialogs.answers import Moment
from dialogs.gleaning import Gleaner
from dialogs.playbook import load_playbook

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FIELDS = {
    "customer": "customer", "held": "held", "met_on": "met_on", "people": "participants",
    "first_assessment": "first_assessment", "next_date": "next_date", "hours": "hours",
    "travel_cost": "travel_cost", "chances": "chances", "risks": "risks", "revenue": "revenue",
    "probability": "probability",
}  # fmt: skip
"""Question by label."""


@dataclass
class Marks:
    """How often a field was heard right, heard wrong, and not heard."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def notes() -> list[Mapping[str, Any]]:
    text = (Path(__file__).parent / "notes.toml").read_text(encoding="utf-8")
    found: list[Mapping[str, Any]] = tomllib.loads(text)["note"]
    return found


@cache
def gleaners() -> tuple[Gleaner, ...]:
    playbook = load_playbook(*playbook_text(None))
    return tuple(Gleaner(playbook.form_by_id[name]) for name in ("record", "assess"))


def heard(note: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the gleaners hear, by question."""
    moment = Moment(NOW, note["language"])
    return {
        one.question: one.value for each in gleaners() for one in each.glean(note["text"], moment)
    }


def marked() -> Mapping[str, Marks]:
    """Marks of all notes by field."""
    marks = {name: Marks() for name in FIELDS}
    for note in notes():
        found = heard(note)
        for name, question in FIELDS.items():
            _mark(
                marks[name],
                note,
                set(_said(name, note["said"])),
                set(_values(name, found.get(question))),
            )
    return marks


def _mark(marks: Marks, note: Mapping[str, Any], said: set[str], found: set[str]) -> None:
    marks.right += len(said & found)
    marks.wrong += len(found - said)
    marks.missed += len(said - found)
    if said != found:
        marks.faults.append(f"{sorted(found)} instead of {sorted(said)}: {note['text'][:300]}")


def _said(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    if name == "held" and "held" not in said:
        return
    yield from _values(name, said.get(name))


def _values(name: str, value: Any) -> Iterator[str]:
    if value is None or (name == "held" and value is True):
        return  # that it took place is implied by whatever else is said
    if name == "people":
        names = value if isinstance(value, list) else value.split(", ")
        yield from (one.split()[-1] for one in names)
    elif isinstance(value, list):
        yield from value
    elif name in {"hours", "travel_cost", "revenue", "probability", "first_assessment"}:
        yield f"{float(value):.2f}"
    else:
        yield str(value)[:16].rstrip(".") if name == "met_on" else str(value).rstrip(".")
