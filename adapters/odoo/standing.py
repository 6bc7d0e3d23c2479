"""Questions about what stands in Odoo already, by our own names of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import Known
from adapters.odoo.errors import OdooRefused
from dialogs.crm import Delivery

_SEEN: Final = ["partner_id", "user_id", "active"]
_LOST_TOO: Final[Mapping[str, Any]] = {"active_test": False}


def look(odoo: Session, key: str) -> Known | None:
    """Return where the delivery of that key stands, or None: one search for its note's marker."""
    rows = odoo.call(
        "crm.lead",
        "search_read",
        domain=[("message_ids.message_id", "=", keys.marker(key))],
        fields=_SEEN,
        limit=1,
        context=_LOST_TOO,
    )
    return _known(rows[0]) if rows else None


def opportunity(odoo: Session, case: str, number: int | None = None) -> Known | None:
    """Return the opportunity of a case with our open activities, or None where there is none.

    `number` is the id of one that was there before the case.

    Raises:
        OdooRefused: it is there, and the account may not see it.
    """
    lead = number or reference(odoo, keys.lead(case))
    if lead is None:
        return None
    if not lead:
        raise OdooRefused(
            "The CRM account may not see the opportunity of this case. Give it the group 'Sales / "
            "User: All Documents', then retry the delivery."
        )
    domain, fields = [("id", "=", lead)], [*_SEEN, "activity_ids"]
    rows = odoo.call("crm.lead", "search_read", domain=domain, fields=fields, context=_LOST_TOO)
    if not rows:
        return None
    return replace(_known(rows[0]), open=_open(odoo, rows[0]["activity_ids"]))


def earlier(delivery: Delivery) -> tuple[str, ...]:
    """Keys of the deliveries of the case that came before, as far as this one names them."""
    return tuple(dict.fromkeys((*delivery.after, *delivery.finishes)))


def traced(odoo: Session, delivery: Delivery) -> bool:
    """True when something of an earlier delivery of the case outlived its opportunity."""
    names = [keys.customer(delivery.case), *(keys.event(key) for key in earlier(delivery))]
    return any(reference(odoo, name) is not None for name in names)


def reference(odoo: Session, external_id: str) -> int | None:
    """Return the id of that record; 0 when it can't be seen, None when there is none."""
    module, _, name = external_id.partition(".")
    try:
        _, record = odoo.call(
            "ir.model.data",
            "check_object_reference",
            module=module,
            xml_id=name,
            context=_LOST_TOO,
        )
    except OdooRefused as refused:
        if refused.name != "builtins.ValueError":
            raise
        return None
    return int(record)


def _open(odoo: Session, activities: Sequence[int]) -> dict[str, int]:
    """Ids of those of these activities that have external ids, by external id."""
    if not activities:
        return {}
    named = odoo.call("mail.activity", "get_external_id", activities)
    return {name: int(record) for record, name in named.items() if name}


def _known(row: Mapping[str, Any]) -> Known:
    partner, owner = row["partner_id"], row["user_id"]
    return Known(
        row["id"],
        partner[0] if partner else None,
        owner=owner[1] if owner else "",
        active=row["active"],
    )
