"""The open activities of a user in Odoo, with the opportunity each is about: two reads."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from adapters.odoo.driver import Session
from adapters.odoo.note import plain
from adapters.odoo.people import CrmUser
from dialogs.lookups import Duties, Duty, DutyList

_FIELDS: Final = ["summary", "date_deadline", "note", "res_id", "res_name", "activity_type_id"]
_LEAD: Final = ["partner_id", "priority"]
Row = Mapping[str, Any]


def duties(
    odoo: Session, user: CrmUser | None, asked: Duties, url: Callable[[int], str]
) -> DutyList:
    """What is due first comes first; activities about anything but opportunities are not told."""
    if user is None:
        return DutyList(())
    wanted_too = ("id", "=", asked.only) if asked.only else ("date_deadline", "<=", asked.until)
    domain = [("user_id", "=", user.id), ("res_model", "=", "crm.lead"), wanted_too]
    rows = odoo.call(
        "mail.activity", "search_read", domain=domain, fields=_FIELDS, order="date_deadline, id"
    )
    wanted = rows[asked.skip :][: asked.limit]
    leads = _leads(odoo, {row["res_id"] for row in wanted})
    told = tuple(_duty(row, leads[row["res_id"]], url) for row in wanted if row["res_id"] in leads)
    left = max(0, len(rows) - asked.skip - len(wanted))
    return DutyList(told, left, min(asked.skip, len(rows)))


def _leads(odoo: Session, ids: Iterable[int]) -> dict[int, Row]:
    domain = [("id", "in", sorted(ids))]
    rows = odoo.call("crm.lead", "search_read", domain=domain, fields=_LEAD)
    return {row["id"]: row for row in rows}


def _duty(row: Row, lead: Row, url: Callable[[int], str]) -> Duty:
    kind = row["activity_type_id"] or (0, "")
    return Duty(
        id=row["id"],
        summary=row["summary"] or kind[1],
        due=row["date_deadline"],
        note=plain(row["note"] or ""),
        opportunity=row["res_id"],
        title=row["res_name"] or "",
        customer=lead["partner_id"][1] if lead["partner_id"] else "",
        stars=int(lead["priority"] or 0),
        url=url(row["res_id"]),
    )
