"""Attachments of an entry: made before the note that names them, hung on the opportunity after it.

An external id makes each of them once; what an attempt left behind that broke off is found again by
the next one. A new opportunity has no id yet when they are made, so all of them are hung on theirs
once the note stands, also by whoever finds it standing.
"""

import base64
from typing import Final

from adapters.crm_rules.attachments import Attachment, attachments
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import IF_ABSENT
from adapters.odoo.load import Row, load
from dialogs.crm import Delivery

MODEL: Final = "ir.attachment"


def attach(odoo: Session, delivery: Delivery) -> tuple[int, ...]:
    """Make them stand and return their ids, for the note."""
    rows = [_row(delivery.key, one) for one in attachments(delivery)]
    return tuple(load(odoo, MODEL, rows, IF_ABSENT)) if rows else ()


def settle(odoo: Session, delivery: Delivery, lead: int) -> None:
    """Hang what the note names on the opportunity, where everybody who sees it can open it."""
    if not attachments(delivery):
        return
    note = [("message_id", "=", keys.marker(delivery.key))]
    notes = odoo.call("mail.message", "search_read", domain=note, fields=["attachment_ids"])
    named = [one for row in notes for one in row["attachment_ids"]]
    if named:
        odoo.write(MODEL, "write", named, vals={"res_model": "crm.lead", "res_id": lead})


def _row(key: str, one: Attachment) -> Row:
    return {
        "id": keys.file(key, one.number),
        "name": one.name,
        "mimetype": one.type,
        "datas": base64.b64encode(one.content).decode(),
        "res_model": "crm.lead",
    }
