"""An e-mail to a customer through Odoo, posted exactly once, and what became of it.

Before the entry's marker is written, the e-mail is put down as a scheduled message with an external
id, which is unique. Afterwards it is posted (`posting`), and Odoo deletes what was put down. What
was posted is found again by a class in its text.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from adapters.odoo import contacts, keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import QUIET, Known
from adapters.odoo.errors import OdooRefused
from adapters.odoo.load import load
from adapters.odoo.note import paragraph
from adapters.odoo.people import CrmUser
from adapters.odoo.posting import own_partner, posted, put_down
from adapters.odoo.standing import look, reference
from dialogs.crm import Contact, Mail
from dialogs.mail_lookups import Fate, MailFate, MailState

SCHEDULED_SINCE: Final = 18
"""The first version that keeps messages which are to be posted."""
LAYOUT: Final = "mail.mail_notification_light"
_FATES: Final[Mapping[str, Fate]] = {
    "sent": "sent",
    "pending": "sent",
    "ready": "waiting",
    "process": "waiting",
    "bounce": "bounced",
    "canceled": "stopped",
}
_FAILURES: Final[Mapping[str, Fate]] = {
    "mail_email_missing": "no_address",
    "mail_email_invalid": "no_address",
    "mail_bounce": "bounced",
    "mail_smtp": "no_server",
}


def schedule(odoo: Session, key: str, mail: Mail, known: Known, author: CrmUser | None) -> None:
    """Put the e-mail down, so that it can be posted; again is the same.

    Raises:
        CrmUnavailable: it is not known to stand.
        OdooRefused: this Odoo can't, or does not take it.
    """
    if odoo.release < SCHEDULED_SINCE:
        raise OdooRefused(
            f"Odoo {SCHEDULED_SINCE} or later is needed to send e-mails from here. Write it in "
            "Odoo, then drop the delivery."
        )
    if reference(odoo, keys.mail(key)) is not None:
        return
    row = {
        **put_down(keys.mail(key), known.lead, author.partner if author else own_partner(odoo)),
        "partner_ids/.id": str(_recipient(odoo, key, mail, known.customer)),
        "subject": mail.subject,
        "body": f'<div class="{keys.mail_mark(key)}">{paragraph(mail.body)}</div>',
        "notification_parameters": json.dumps(_manner(author)),
    }
    try:
        load(odoo, "mail.scheduled.message", [row], QUIET)
    except OdooRefused:
        # Somebody was faster with this very key: Odoo lets nobody write the same place again.
        # Or it was posted meanwhile.
        if reference(odoo, keys.mail(key)) is None and not posted(odoo, key, known.lead):
            raise


def _manner(author: CrmUser | None) -> dict[str, Any]:
    sender = {"email_from": author.sender} if author and author.sender else {}
    signed = {"email_add_signature": False}  # the text has one
    return {"message_type": "comment", "email_layout_xmlid": LAYOUT, **signed, **sender}


def _recipient(odoo: Session, key: str, mail: Mail, company: int | None) -> int:
    """The contact that is meant, the one with that address, or a new one at the company."""
    if mail.contact is not None and _has(odoo, mail.contact, mail.to):
        return mail.contact
    same = [("email_normalized", "=", mail.to.lower())]
    rows = odoo.call(
        "res.partner", "search_read", domain=same, fields=["commercial_partner_id"], order="id"
    )
    ours = [row["id"] for row in rows if _id(row["commercial_partner_id"]) == company]
    found = [*ours, *(row["id"] for row in rows)]
    written_to = Contact(mail.name or mail.to, None, mail.to)
    return int(found[0]) if found else contacts.addressed(odoo, key, company, written_to)


def _has(odoo: Session, contact: int, address: str) -> bool:
    same = [("id", "=", contact), ("email_normalized", "=", address.lower())]
    return bool(odoo.call("res.partner", "search", domain=same))


def fate(odoo: Session, asked: MailState) -> MailFate:
    stands = look(odoo, asked.key)
    if stands is None:
        return MailFate(asked.key, "gone")
    if reference(odoo, keys.mail(asked.key)):
        return MailFate(asked.key, "waiting")
    found = posted(odoo, asked.key, stands.lead)
    return _told(odoo, asked.key, found[0]) if found else MailFate(asked.key, "gone")


def _told(odoo: Session, key: str, message: Mapping[str, Any]) -> MailFate:
    domain = [
        ("mail_message_id", "=", message["id"]),
        ("res_partner_id", "in", message["partner_ids"]),
        ("notification_type", "=", "email"),
    ]
    fields = ["notification_status", "failure_type", "failure_reason"]
    rows = odoo.call("mail.notification", "search_read", domain=domain, fields=fields)
    if not rows:
        return MailFate(key, "waiting")
    status, failure = rows[0]["notification_status"], rows[0]["failure_type"] or ""
    known = _FATES.get(status) or _FAILURES.get(failure, "failed")
    return MailFate(key, known, rows[0]["failure_reason"] or "")


def _id(pair: Any) -> int | None:
    return int(pair[0]) if pair else None
