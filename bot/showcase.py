"""The embedded ledger's opportunities as its page shows them (docs/web.md): all values are texts.

Says dates as the playbook's language does and tells the decision from the other fields; knows no
database.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.answers import echo
from dialogs.playbook import Playbook

PICTURES = "/ledger-picture"
"""Where the page finds them; the key of an entry holds its case's random id."""
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What the page shows; of other files it has the names."""
Json = dict[str, Any]
Told = Mapping[str, Any]
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def showcase(playbook: Playbook, zone: str, deals: Iterable[Told]) -> Json:
    """Shape the ledger's opportunities (as plain mappings) for the web page."""
    return {
        "company": playbook.company,
        "language": playbook.language,
        "stages": [stage.names[0] for stage in playbook.stages],
        "deals": [_deal(playbook, ZoneInfo(zone), deal) for deal in deals],
    }


def _deal(playbook: Playbook, zone: ZoneInfo, deal: Told) -> Json:
    facts = {playbook.labels[fact].of(playbook.language): fact for fact in playbook.decision.fields}
    told = (row for row in deal["fields"] if _is_for_people(playbook, row))
    fields = [{**row, "value": _said(playbook, row["value"])} for row in told]
    ruling = [row for row in fields if row["label"] in facts]
    verdict = [row["value"] for row in ruling if facts[row["label"]] == "verdict"]
    return {
        **{key: deal[key] for key in ("id", "title", "customer", "owner", "stage", "tags")},
        "fields": [row for row in fields if row not in ruling],
        "decision": {"tone": _tone(playbook, verdict[0]), "rows": ruling} if verdict else None,
        "meetings": [{**one, "start": _moment(playbook, one["start"])} for one in deal["meetings"]],
        "activities": [{**one, "due": _said(playbook, one["due"])} for one in deal["activities"]],
        "notes": [{**one, "at": _moment(playbook, one["at"], zone)} for one in deal["notes"]],
        "files": [_file(one) for one in deal["files"]],
    }


def _is_for_people(playbook: Playbook, row: Told) -> bool:
    """What is only counted with stays out, as in Odoo's form, and so does a sum of nothing."""
    counted = {label.of(playbook.language): fact for fact, label in playbook.figures.labels.items()}
    fact = counted.get(row["label"])
    return fact != "course" and not (fact and row["value"] == "0")


def _file(one: Told) -> Json:
    told = {key: one[key] for key in ("name", "type", "size")}
    src = {"src": f"{PICTURES}/{one['key']}.{one['number']}"} if one["type"] in SHOWN else {}
    return told | src


def _tone(playbook: Playbook, verdict: str) -> str:
    question = playbook.form_by_id[playbook.decision.form].question("verdict")
    options = question.kind.options() if question else ()
    yes = {text for one in options if one.id == "approved" for text in (one.id, *one.text.values())}
    return "approved" if verdict in yes else "rejected"


def _moment(playbook: Playbook, text: str, zone: ZoneInfo | None = None) -> str:
    """Say a moment on its own clock, or on that of the zone."""
    at = datetime.fromisoformat(text)
    return echo.moment(at.astimezone(zone) if zone else at, playbook.language)


def _said(playbook: Playbook, text: str) -> str:
    """Say an ISO date in words; any other text is said already."""
    if not _ISO_DATE.fullmatch(text):
        return text
    try:
        return echo.day(date.fromisoformat(text), playbook.language)
    except ValueError:  # such as the 31st of February
        return text
