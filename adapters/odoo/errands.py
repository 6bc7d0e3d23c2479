"""Activities that people made in Odoo: seen to from the chat, unless somebody was faster there.

They have no external id of ours, so they are written by their number, below their opportunity and
in the same transaction as the note that marks the delivery as done. That is repeatable, which
`action_feedback` is not: it tells the history once more with each call.
"""

from collections.abc import Mapping
from typing import Any, Final, assert_never

from adapters.odoo.driver import Session
from adapters.odoo.load import Row
from adapters.odoo.people import CrmUser
from dialogs.crm import Delivery, Errand, Overtaken
from dialogs.lookups import STARTED

ARCHIVED_SINCE: Final = 19
"""From this version on a completed activity is an archived one; before, Odoo mostly deletes it."""
_FIELDS: Final = ["active", "date_deadline", "user_id"]
_DONE_TOO: Final[Mapping[str, Any]] = {"active_test": False}


def errand_row(errand: Errand, heir: CrmUser | None) -> Row:
    """The activity's cells."""
    row = {".id": str(errand.activity)}
    match errand.what:
        case "complete":
            return row | {"active": "0", "feedback": errand.result, "date_done": errand.day}
        case "reschedule":
            return row | {"date_deadline": errand.day}
        case "hand_on":
            return row | {"user_id/.id": str(heir.id) if heir else ""}
        case "start":
            return row | {"summary": f"{STARTED}{errand.summary}"}
        case _:
            assert_never(errand.what)


def errand_overtaken(
    odoo: Session, delivery: Delivery, errand: Errand, owner: CrmUser | None
) -> Overtaken | None:
    """What somebody did with the activity since it was shown; None when it is as it was."""
    domain = [
        ("id", "=", errand.activity),
        ("res_model", "=", "crm.lead"),
        ("res_id", "=", delivery.lead),
    ]
    rows = odoo.call(
        "mail.activity", "search_read", domain=domain, fields=_FIELDS, context=_DONE_TOO
    )
    if not rows and errand.what == "complete" and odoo.release < ARCHIVED_SINCE:
        return None  # it may have been ourselves, before the note could be written
    if not rows:
        return Overtaken("gone")
    (row,) = rows
    if not row["active"]:
        return Overtaken("done")
    if owner is None or not row["user_id"] or row["user_id"][0] != owner.id:
        return Overtaken("given", row["user_id"][1] if row["user_id"] else "")
    if row["date_deadline"] != errand.due:
        return Overtaken("moved", row["date_deadline"])
    return None


def fed_back(odoo: Session, errand: Errand) -> None:
    """Complete it where Odoo deletes what is done: it is gone then, and can't be done twice."""
    if odoo.call("mail.activity", "search_count", domain=[("id", "=", errand.activity)]):
        odoo.write("mail.activity", "action_feedback", [errand.activity], feedback=errand.result)
