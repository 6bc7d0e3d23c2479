"""Key figures from the ledger, by the same counting as from any CRM."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from adapters.ledger import pieces
from dialogs.counting import Deal, counted, day
from dialogs.lookups_figures import FigureList, Figures, Pipeline, PipelineFigures, Reach, StageLine
from dialogs.spans import Span


def pipeline(books: sqlite3.Connection, asked: Pipeline) -> PipelineFigures:
    """The open opportunities by stage; the ledger knows no teams, so a team is the company."""
    stages = pieces.facts(books, "stage")
    groups: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    people = set()
    for row in _rows(books, asked.reach, asked.colleague.name):
        fields = json.loads(row["fields"])
        won = stages.get(row["stage"] or "", {}).get("won")
        if won or _lost(row) is not None or not _expected(fields, asked):
            continue
        revenue = _amount(fields, "expected_revenue")
        groups[row["stage"] or ""].append((revenue, revenue * _amount(fields, "probability") / 100))
        people.add(row["owner"])
    lines = (_line(name, facts, groups[name]) for name, facts in stages.items() if groups[name])
    return PipelineFigures(tuple(lines), len(people))


def _line(stage: str, facts: Any, deals: list[tuple[float, float]]) -> StageLine:
    revenue, weighted = (round(sum(column), 2) for column in zip(*deals, strict=True))
    return StageLine(facts["names"][0] if facts else stage, len(deals), revenue, weighted)


def figures(books: sqlite3.Connection, asked: Figures, zone: ZoneInfo) -> FigureList:
    deals = _deals(books, asked, zone)
    return counted(deals, Span.of(asked.since, asked.until), zone)


def _deals(books: sqlite3.Connection, asked: Figures, zone: ZoneInfo) -> Iterator[Deal]:
    stages = pieces.facts(books, "stage")
    for row in _rows(books, asked.reach, asked.colleague.name):
        fields = json.loads(row["fields"])
        ours = {fact: fields.get(name, {}).get("cell", "") for fact, name in asked.fields.items()}
        reason, won = _lost(row), stages.get(row["stage"] or "", {}).get("won")
        closed = row["closed"] or _latest(ours.get("course", ""))
        yield Deal(
            owner=row["owner"],
            created=day(row["created"], zone),
            state="won" if won else "open" if reason is None else "lost",
            closed=day(closed, zone) if won or reason is not None else "",
            reason=reason or "",
            hours=float(ours.get("hours") or 0),
            travel=float(ours.get("travel") or 0),
            contacted=ours.get("contacted", ""),
            inquired=ours.get("inquired", ""),
            course=ours.get("course", ""),
        )


def _rows(books: sqlite3.Connection, reach: Reach, name: str) -> list[sqlite3.Row]:
    if reach == "mine":
        return books.execute("SELECT * FROM opportunity WHERE owner = ?", (name,)).fetchall()
    return books.execute("SELECT * FROM opportunity").fetchall()


def _lost(row: sqlite3.Row) -> str | None:
    """Why it was lost; None while it is not."""
    return row["lost"] if "lost" in row.keys() else None  # noqa: SIM118 - a Row holds values


def _latest(course: str) -> str:
    """When the course was last continued; the ledger notes no other end."""
    lines = course.splitlines()
    return lines[-1].partition(" ")[0] if lines else ""


def _amount(fields: Any, name: str) -> float:
    return float(fields.get(name, {}).get("cell") or 0)


def _expected(fields: Any, asked: Pipeline) -> bool:
    on = fields.get("date_deadline", {}).get("cell", "")
    return (not asked.since or on >= asked.since) and (
        not asked.until or (bool(on) and on < asked.until)
    )
