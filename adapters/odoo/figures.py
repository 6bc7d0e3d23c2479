"""Key figures from Odoo: the pipeline by its grouping, the rest from one read of the leads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.odoo.driver import Session
from adapters.odoo.people import CrmUser
from dialogs.counting import Deal, counted, day
from dialogs.lookups_figures import FigureList, Figures, Pipeline, PipelineFigures, Reach, StageLine
from dialogs.spans import Span

FORMATTED_SINCE: Final = 19
SUMS: Final = ("expected_revenue", "prorated_revenue")
STANDARD: Final = ("user_id", "create_date", "date_closed", "active", "stage_id", "lost_reason_id")
Domain = list[Any]
Row = Mapping[str, Any]


def pipeline(odoo: Session, user: CrmUser | None, asked: Pipeline) -> PipelineFigures:
    """One grouped read; whoever is unknown has no opportunities of their own."""
    if user is None and asked.reach != "company":
        return PipelineFigures((), 0)
    domain = [
        ("type", "=", "opportunity"),
        ("stage_id.is_won", "=", False),
        *_reached(user, asked.reach),
        *([("date_deadline", ">=", asked.since)] if asked.since else []),
        *([("date_deadline", "<", asked.until)] if asked.until else []),
    ]
    rows = grouped(odoo, domain, ["stage_id", "user_id"], SUMS)
    return _pipeline(rows)


def grouped(
    odoo: Session, domain: Domain, by: Sequence[str], sums: Sequence[str]
) -> list[dict[str, Any]]:
    """Groups with `count` and the sums by name, whatever the version calls them."""
    if odoo.release >= FORMATTED_SINCE:
        aggregates = ["__count", *(f"{name}:sum" for name in sums)]
        named = {"domain": domain, "groupby": list(by), "aggregates": aggregates}
        rows = odoo.call("crm.lead", "formatted_read_group", **named)
        return [{**row, "count": row["__count"], **_named(row, sums)} for row in rows]
    rows = odoo.call(
        "crm.lead", "read_group", domain=domain, fields=list(sums), groupby=list(by), lazy=False
    )
    return [{**row, "count": row["__count"]} for row in rows]


def _named(row: Row, sums: Sequence[str]) -> dict[str, float]:
    return {name: row[f"{name}:sum"] or 0.0 for name in sums}


def _pipeline(rows: Sequence[Row]) -> PipelineFigures:
    """Groups of a stage together, in Odoo's order of stages."""
    stages: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stages[row["stage_id"][1] if row["stage_id"] else ""].append(row)
    people = {row["user_id"][0] for row in rows if row["user_id"]}
    lines = (
        StageLine(
            name,
            sum(row["count"] for row in group),
            round(sum(row["expected_revenue"] or 0.0 for row in group), 2),
            round(sum(row["prorated_revenue"] or 0.0 for row in group), 2),
        )
        for name, group in stages.items()
    )
    return PipelineFigures(tuple(lines), len(people))


def figures(odoo: Session, user: CrmUser | None, asked: Figures, zone: ZoneInfo) -> FigureList:
    """Whatever happened since a day has touched its opportunity since: one read finds all."""
    span = Span.of(asked.since, asked.until)
    if user is None and asked.reach != "company":
        return counted((), span, zone)
    known = _known(odoo, asked.fields.values())
    domain = [
        ("type", "=", "opportunity"),
        ("write_date", ">=", f"{asked.since} 00:00:00"),
        *_reached(user, asked.reach),
    ]
    rows = odoo.call(
        "crm.lead",
        "search_read",
        domain=domain,
        fields=[*STANDARD, *known],
        context={"active_test": False},
    )
    won = _won(odoo)
    return counted(_deals(rows, asked.fields, won, zone), span, zone)


def _reached(user: CrmUser | None, reach: Reach) -> Domain:
    if reach == "mine" and user is not None:
        return [("user_id", "=", user.id)]
    if reach == "team" and user is not None:
        return ["|", ("team_id.member_ids", "in", [user.id]), ("team_id.user_id", "=", user.id)]
    return []


def _known(odoo: Session, wanted: Any) -> list[str]:
    """Those of our fields that this Odoo has."""
    there = odoo.call("crm.lead", "fields_get", allfields=list(wanted), attributes=["type"])
    return sorted(there)


def _won(odoo: Session) -> frozenset[int]:
    rows = odoo.call("crm.stage", "search_read", domain=[("is_won", "=", True)], fields=["name"])
    return frozenset(row["id"] for row in rows)


def _deals(
    rows: Sequence[Row], fields: Mapping[str, str], won: frozenset[int], zone: ZoneInfo
) -> Iterator[Deal]:
    for row in rows:
        ours = {fact: row.get(name) or "" for fact, name in fields.items()}
        is_won = bool(row["stage_id"]) and row["stage_id"][0] in won
        yield Deal(
            owner=str(row["user_id"][0]) if row["user_id"] else "",
            created=day(row["create_date"] or "", zone),
            state="won" if is_won else "open" if row["active"] else "lost",
            closed=day(row["date_closed"] or "", zone),
            reason=row["lost_reason_id"][1] if row["lost_reason_id"] else "",
            hours=float(ours.get("hours") or 0),
            travel=float(ours.get("travel") or 0),
            contacted=ours.get("contacted", ""),
            inquired=ours.get("inquired", ""),
            course=ours.get("course", ""),
        )
