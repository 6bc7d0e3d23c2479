"""Leads in Odoo: those that came in by themselves, and those that a new one may be again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from adapters.crm_rules.likeness import alike, digits, rank
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.note import plain
from adapters.odoo.search import literal
from dialogs.lead_lookups import (
    Duplicate,
    DuplicateList,
    Duplicates,
    NewLead,
    NewLeadList,
    NewLeads,
)

ROBOT: Final = 1
"""The user as whom Odoo itself makes what its website or its mailbox brings."""
WIDEST: Final = 50
_NEW: Final = [
    "name", "contact_name", "partner_name", "partner_id", "email_from", "phone", "medium_id",
    "source_id", "campaign_id", "description", "priority", "user_id", "team_id",
]  # fmt: skip
_KNOWN: Final = [
    "name", "contact_name", "partner_name", "partner_id", "email_from", "phone", "user_id",
    "active",
]  # fmt: skip
Row = Mapping[str, Any]
Url = Callable[[int], str]


def new_leads(odoo: Session, asked: NewLeads, url: Url) -> NewLeadList:
    """Those without an owner, or made by Odoo itself; none that were recorded here."""
    since = datetime.fromtimestamp(asked.since / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    domain = [
        ("create_date", ">=", since),
        "|",
        ("user_id", "=", False),
        ("create_uid", "=", ROBOT),
    ]
    rows = odoo.call(
        "crm.lead", "search_read", domain=domain, fields=_NEW, order="id", limit=asked.limit
    )
    foreign = _foreign(odoo, rows)
    logins, leaders = _logins(odoo, foreign)
    return NewLeadList(tuple(_new(row, logins, leaders, url) for row in foreign))


def _foreign(odoo: Session, rows: Iterable[Row]) -> list[Row]:
    """Those that have no name of ours."""
    found = {row["id"]: row for row in rows}
    if not found:
        return []
    named = odoo.call("crm.lead", "get_external_id", list(found))
    ours = {int(one) for one, name in named.items() if (name or "").startswith(f"{keys.MODULE}.")}
    return [row for number, row in found.items() if number not in ours]


def _logins(odoo: Session, rows: Iterable[Row]) -> tuple[dict[int, str], dict[int, int]]:
    """Logins by user, and the leader's user by sales team."""
    teams = {row["team_id"][0] for row in rows if row["team_id"]}
    owners = {row["user_id"][0] for row in rows if row["user_id"]}
    led = odoo.call("crm.team", "read", sorted(teams), fields=["user_id"]) if teams else []
    leaders = {one["id"]: one["user_id"][0] for one in led if one["user_id"]}
    return _users(odoo, owners | set(leaders.values())), leaders


def _users(odoo: Session, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    domain = [("id", "in", sorted(wanted))]
    users = odoo.call("res.users", "search_read", domain=domain, fields=["login"])
    return {one["id"]: one["login"] for one in users}


def _new(row: Row, logins: Mapping[int, str], leaders: Mapping[int, int], url: Url) -> NewLead:
    team = row["team_id"][0] if row["team_id"] else 0
    came = (row[name][1] for name in ("medium_id", "source_id", "campaign_id") if row[name])
    return NewLead(
        id=row["id"],
        title=row["name"] or "",
        contact=row["contact_name"] or "",
        company=_company(row),
        email=row["email_from"] or "",
        phone=row["phone"] or "",
        source=" · ".join(dict.fromkeys(came)),
        text=plain(row["description"] or ""),
        stars=int(row["priority"] or 0),
        owner=logins.get(row["user_id"][0], "") if row["user_id"] else "",
        owner_name=row["user_id"][1] if row["user_id"] else "",
        leader=logins.get(leaders.get(team, 0), ""),
        customer=row["partner_id"][0] if row["partner_id"] else None,
        url=url(row["id"]),
    )


def _company(row: Row) -> str:
    return str(row["partner_name"] or (row["partner_id"][1] if row["partner_id"] else ""))


def duplicates(odoo: Session, asked: Duplicates, url: Url) -> DuplicateList:
    """Open ones and lost ones; the likest first, then the latest."""
    parts = list(_parts(asked))
    if not parts:
        return DuplicateList(())
    domain = [*["|"] * (len(parts) - 1), *parts]
    rows = odoo.call(
        "crm.lead",
        "search_read",
        domain=domain,
        fields=_KNOWN,
        order="id desc",
        limit=WIDEST,
        context={"active_test": False},
    )
    found = [_duplicate(asked, row, url) for row in rows]
    like = sorted((one for one in found if one.like), key=lambda one: -rank(one.like))[
        : asked.limit
    ]
    return DuplicateList(tuple(like))


def _parts(asked: Duplicates) -> Iterable[tuple[str, str, str]]:
    if asked.email:
        yield ("email_normalized", "=", asked.email.strip().lower())
    if digits(asked.phone):
        yield ("phone_mobile_search", "ilike", digits(asked.phone))
    names = {
        "contact_name": asked.contact,
        "partner_name": asked.company,
        "partner_id.name": asked.company,
        "name": asked.title,
    }
    for field, name in names.items():
        if name.strip():
            yield (field, "=ilike", literal(" ".join(name.split())))


def _duplicate(asked: Duplicates, row: Row, url: Url) -> Duplicate:
    contact, company = row["contact_name"] or "", _company(row)
    like = alike(
        asked,
        email=row["email_from"] or "",
        phone=row["phone"] or "",
        contact=contact,
        company=company,
        title=row["name"] or "",
    )
    owner = row["user_id"][1] if row["user_id"] else ""
    return Duplicate(
        row["id"], row["name"], contact, company, owner, "", like, url(row["id"]), row["active"]
    )
