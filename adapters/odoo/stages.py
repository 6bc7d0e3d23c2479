"""Which of Odoo's stages are the playbook's: by name, and by sales team where they are for one."""

from collections.abc import Collection, Iterator
from typing import Any

from adapters.crm_rules.names import normal
from adapters.odoo.driver import Session
from adapters.odoo.lists import languages, names_of
from dialogs.crm import StageNeed


def found(odoo: Session, needs: Collection[StageNeed]) -> dict[str, int]:
    """Ids by the playbook's id of those that are there under one of their names.

    A stage for all is better one without a team, and that of a team is only one of that team.
    """
    teams = names_of(odoo, "crm.team") if any(need.team for need in needs) else {}
    rows = sorted(_rows(odoo), key=lambda row: (bool(row["teams"]), row["place"]))
    hits = (
        (need.id, row["id"])
        for need in reversed([*needs])
        for name in reversed(need.names)
        for row in reversed(rows)
        if row["name"] == normal(name)
        and (not need.team or teams.get(normal(need.team)) in row["teams"])
    )
    return dict(hits)


def team_field(odoo: Session) -> str:
    """The field that says for which teams a stage is: one, or in newer versions several."""
    there = odoo.call("crm.stage", "fields_get", attributes=["type"])
    return "team_ids" if "team_ids" in there else "team_id"


def _rows(odoo: Session) -> Iterator[dict[str, Any]]:
    """Each stage once for each language that is installed."""
    field = team_field(odoo)
    for language in languages(odoo):
        context = {"lang": language}
        told = odoo.call(
            "crm.stage", "search_read", domain=[], fields=["name", field], context=context
        )
        for place, row in enumerate(told):
            name = normal(row["name"])
            yield {"id": row["id"], "name": name, "teams": _teams(row[field]), "place": place}


def _teams(value: Any) -> tuple[int, ...]:
    """Of a link to several it is their ids, of a link to one its id and its name."""
    named = len(value or ()) > 1 and isinstance(value[1], str)
    return tuple(value[:1] if named else value or ())
