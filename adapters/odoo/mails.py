"""An e-mail to a customer through Odoo, posted exactly once, and what became of it.

Before the entry's marker is written, the e-mail is put down as a scheduled message with an external
id, which is unique. Afterwards it is posted: Odoo posts and deletes the scheduled message in one
transaction, so of several attempts one posts and the others find nothing to post. What was posted
is found again by a class in its text; who puts it down once more after that takes it away again.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from adapters.odoo import contacts, keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import QUIET, Known
from adapters.odoo.errors import OdooRefused
from adapters.odoo.load import load
from adapters.odoo.note import paragraph
from adapters.odoo.people import CrmUser
from adapters.odoo.rights import own_id
from adapters.odoo.search import literal
from adapters.odoo.standing import look, reference
from dialogs.crm import Contact, Mail
from dialogs.errors import CrmUnavailable
from dialogs.mail_lookups import Fate, MailFate, MailState

SCHEDULED_SINCE: Final = 18
"""The first version that keeps messages which are to be posted."""
NEVER_BY_ITSELF: Final = timedelta(days=365)
"""Odoo would post it then; we do at once. Far off, but not for ever in Odoo's books."""
MISSING: Final = "odoo.exceptions.MissingError"
RACES: Final = 2
"""Attempts that may be lost to others at the same e-mail, before a refusal counts: Odoo has several
names for it, a twofold follower and a model that is not there among them."""
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
    at = datetime.now(UTC) + NEVER_BY_ITSELF
    row = {
        "id": keys.mail(key),
        "model": "crm.lead",
        "res_id": str(known.lead),
        "author_id/.id": str(author.partner if author else _own_partner(odoo)),
        "partner_ids/.id": str(_recipient(odoo, key, mail, known.customer)),
        "subject": mail.subject,
        "body": f'<div class="{keys.mail_mark(key)}">{paragraph(mail.body)}</div>',
        "scheduled_date": at.strftime("%Y-%m-%d %H:%M:%S"),
        "notification_parameters": json.dumps(_manner(author)),
    }
    try:
        load(odoo, "mail.scheduled.message", [row], QUIET)
    except OdooRefused:
        # Somebody was faster with this very key: Odoo lets nobody write the same place again.
        # Or it was posted meanwhile.
        if reference(odoo, keys.mail(key)) is None and not _posted(odoo, key, known.lead):
            raise


def _manner(author: CrmUser | None) -> dict[str, Any]:
    sender = {"email_from": author.sender} if author and author.sender else {}
    signed = {"email_add_signature": False}  # the text has one
    return {"message_type": "comment", "email_layout_xmlid": LAYOUT, **signed, **sender}


def _own_partner(odoo: Session) -> int:
    (user,) = odoo.call("res.users", "read", [own_id(odoo)], fields=["partner_id"])
    return int(user["partner_id"][0])


def post(odoo: Session, key: str, lead: int) -> None:
    """Let Odoo send what was put down, unless it has done so.

    Raises:
        CrmUnavailable: it is not known to be posted.
        OdooRefused: Odoo does not post it.
    """
    for _ in range(RACES):
        try:
            _post(odoo, key, lead)
        except OdooRefused as refused:
            if refused.name == MISSING:
                raise CrmUnavailable(
                    "Another attempt was just posting this e-mail. It is looked at again."
                ) from None
        else:
            return
    _post(odoo, key, lead)


def _post(odoo: Session, key: str, lead: int) -> None:
    scheduled = reference(odoo, keys.mail(key))
    if not scheduled:
        # Posted: an attempt that was late can leave the bare name of what is gone.
        return
    if _posted(odoo, key, lead):
        # A late attempt put it down once more: it can have done so only after it was posted.
        odoo.write("mail.scheduled.message", "unlink", [scheduled])
        return
    try:
        odoo.write("mail.scheduled.message", "post_message", [scheduled])
    except (CrmUnavailable, OdooRefused):
        # Somebody may have been faster, or the answer was lost: then there is nothing left of it.
        if not odoo.has_time or reference(odoo, keys.mail(key)):
            raise
    if reference(odoo, keys.mail(key)):
        raise CrmUnavailable("Odoo was to post an e-mail and still has it. It is tried again.")


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


def _posted(odoo: Session, key: str, lead: int) -> list[Mapping[str, Any]]:
    """The message with our mark, if it was posted."""
    mark = literal(f'{keys.mail_mark(key)}"')
    domain = [("model", "=", "crm.lead"), ("res_id", "=", lead), ("body", "ilike", mark)]
    found: list[Mapping[str, Any]] = odoo.call(
        "mail.message", "search_read", domain=domain, fields=["partner_ids"], order="id", limit=1
    )
    return found


def fate(odoo: Session, asked: MailState) -> MailFate:
    stands = look(odoo, asked.key)
    if stands is None:
        return MailFate(asked.key, "gone")
    if reference(odoo, keys.mail(asked.key)):
        return MailFate(asked.key, "waiting")
    found = _posted(odoo, asked.key, stands.lead)
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
