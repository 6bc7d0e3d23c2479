"""Compares what the gleaner hears in the labelled notes with what they say, field by field."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.playbooks import playbook_text
from dialogs.answers import Moment
from dialogs.gleaning import Gleaned, Gleaner
from dialogs.playbook import load_playbook

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FIELDS = {
    "customer": "customer", "held": "held", "met_on": "met_on", "people": "participants",
    "first_assessment": "first_assessment", "next_date": "next_date", "hours": "hours",
    "travel_cost": "travel_cost", "chances": "chances", "risks": "risks", "revenue": "revenue",
    "probability": "probability",
}  # fmt: skip
"""Question by label."""
SETS = {"labelled": "notes.toml", "unseen": "unseen.toml"}
"""The rules were made with the first; the second came after them."""
NUMBERS = {"hours", "travel_cost", "revenue", "probability", "first_assessment"}


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

    def count(self, note: Mapping[str, Any], said: set[str], found: set[str]) -> None:
        self.right += len(said & found)
        self.wrong += len(found - said)
        self.missed += len(said - found)
        if said != found:
            self.faults.append(f"{sorted(found)} instead of {sorted(said)}: {note['text'][:300]}")


@cache
def notes(name: str) -> Sequence[Mapping[str, Any]]:
    """The notes of one of the sets."""
    text = (Path(__file__).parent / SETS[name]).read_text(encoding="utf-8")
    found: list[Mapping[str, Any]] = tomllib.loads(text)["note"]
    return found


@cache
def gleaners() -> tuple[Gleaner, ...]:
    playbook = load_playbook(*playbook_text(None))
    forms = tuple(playbook.form_by_id[name] for name in ("record", "assess"))
    return tuple(Gleaner(form, forms) for form in forms)


def gleaned(note: Mapping[str, Any]) -> tuple[Gleaned, ...]:
    """What the gleaners of both forms hear."""
    moment = Moment(NOW, note["language"])
    return tuple(one for each in gleaners() for one in each.glean(note["text"], moment))


def marked(name: str) -> Mapping[str, Marks]:
    """Marks of all notes of a set by field."""
    marks = {one: Marks() for one in FIELDS}
    for note in notes(name):
        found = {one.question: one.value for one in gleaned(note)}
        for one, question in FIELDS.items():
            said = set(_values(one, note["said"].get(one)))
            marks[one].count(note, said, set(_values(one, found.get(question))))
    return marks


def _values(name: str, value: Any) -> Iterator[str]:
    if value is None or (name == "held" and value is True):
        return  # that it took place is implied by whatever else is said
    if name == "people":
        names = value if isinstance(value, list) else value.split(", ")
        yield from (one.split()[-1] for one in names)
    elif isinstance(value, list):
        yield from value
    elif name in NUMBERS:
        yield f"{float(value):.2f}"
    else:
        yield str(value)[:16].rstrip(".") if name == "met_on" else str(value).rstrip(".")
