"""Posting what was put down as a scheduled message: one attempt at a time, so that one is sent.

Odoo commits the posted message before it deletes the scheduled one, and nothing in between is
unique: two attempts at once would both send it. So whoever posts holds a permit first, a second
scheduled message with an external id of its own, which Odoo makes once. An attempt whose end nobody
knows keeps its permit for as long as Odoo could still be at it.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import QUIET
from adapters.odoo.errors import OdooRefused
from adapters.odoo.load import Row, load
from adapters.odoo.rights import own_id
from adapters.odoo.search import literal
from adapters.odoo.standing import reference
from dialogs.errors import CrmUnavailable

MODEL: Final = "mail.scheduled.message"
NEVER_BY_ITSELF: Final = timedelta(days=365)
"""Odoo would post it then; we do at once. Far off, but not for ever in Odoo's books."""
LEASE: Final = timedelta(minutes=3)
"""How long a permit holds: Odoo ends a request after two minutes."""
PATIENCE: Final = 5.0
"""Seconds to wait for another attempt that is just posting."""
GLANCE: Final = 0.25
TIME: Final = "%Y-%m-%d %H:%M:%S"
"""How Odoo writes a moment, which is UTC."""


def put_down(name: str, lead: int, author: int) -> Row:
    """The cells that every scheduled message of ours has, under that external id."""
    at = datetime.now(UTC) + NEVER_BY_ITSELF
    place = {"model": "crm.lead", "res_id": str(lead), "author_id/.id": str(author)}
    return {"id": name, **place, "scheduled_date": at.strftime(TIME)}


def own_partner(odoo: Session) -> int:
    """The contact that the account itself is."""
    (user,) = odoo.call("res.users", "read", [own_id(odoo)], fields=["partner_id"])
    return int(user["partner_id"][0])


def post(odoo: Session, key: str, lead: int) -> None:
    """Let Odoo send what was put down, unless it has done so.

    Raises:
        CrmUnavailable: it is not known to be posted.
        OdooRefused: Odoo does not post it.
    """
    patient = time.monotonic() + PATIENCE
    while not _settled(odoo, key, lead):
        patience = time.monotonic() < patient and odoo.has_time
        permit = _taken(odoo, key, lead, last=not patience)
        if permit is not None:
            _post(odoo, key, lead, permit)
            return
        if not patience:
            raise CrmUnavailable("Another attempt is posting this e-mail. It is looked at again.")
        time.sleep(GLANCE)


def _settled(odoo: Session, key: str, lead: int) -> bool:
    """True when nothing is left to post."""
    scheduled = reference(odoo, keys.mail(key))
    if scheduled and not posted(odoo, key, lead):
        return False
    if scheduled:
        # Posted, and not deleted yet; or a late attempt put it down once more.
        _dropped(odoo, scheduled)
    return True


def _taken(odoo: Session, key: str, lead: int, *, last: bool) -> int | None:
    """The new permit; None while another attempt has it.

    Raises:
        OdooRefused: nobody has it, and Odoo does not let it be made either.
    """
    place = put_down(keys.permit(key), lead, own_partner(odoo))
    row = {**place, "subject": keys.permit(key), "is_note": "1"}
    try:
        return load(odoo, MODEL, [row], QUIET)[0]
    except (CrmUnavailable, OdooRefused) as error:
        # Odoo lets nobody write the same place again.
        held = _held(odoo, key, lead) if odoo.has_time else None
        if held is None and isinstance(error, OdooRefused) and last:
            raise
    if held is not None and datetime.now(UTC) - _moment(held["create_date"]) > LEASE:
        _dropped(odoo, held["id"])
    return None


def _held(odoo: Session, key: str, lead: int) -> Mapping[str, Any] | None:
    """The permit that is there. Not by its external id: Odoo remembers those that are gone."""
    domain = [("model", "=", "crm.lead"), ("res_id", "=", lead), ("subject", "=", keys.permit(key))]
    fields = ["create_date"]
    rows = odoo.call(MODEL, "search_read", domain=domain, fields=fields, limit=1)
    return rows[0] if rows else None


def _moment(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)


def _post(odoo: Session, key: str, lead: int, permit: int) -> None:
    """With the permit. It is given back unless Odoo could still be posting."""
    scheduled = None if _settled(odoo, key, lead) else reference(odoo, keys.mail(key))
    try:
        if scheduled:
            odoo.write(MODEL, "post_message", [scheduled])
    except CrmUnavailable:
        # The answer was lost, or Odoo gave up: it counts when it is there.
        if not odoo.has_time or not _settled(odoo, key, lead):
            raise
    except OdooRefused:
        if not _settled(odoo, key, lead):
            _dropped(odoo, permit)
            raise
    _dropped(odoo, permit)


def _dropped(odoo: Session, scheduled: int) -> None:
    """Delete it, unless somebody was faster; what stays then is looked at the next time."""
    with suppress(CrmUnavailable, OdooRefused):
        odoo.write(MODEL, "unlink", [scheduled])


def posted(odoo: Session, key: str, lead: int) -> list[Mapping[str, Any]]:
    """The message with our mark, if it was posted."""
    mark = literal(f'{keys.mail_mark(key)}"')
    domain = [("model", "=", "crm.lead"), ("res_id", "=", lead), ("body", "ilike", mark)]
    found: list[Mapping[str, Any]] = odoo.call(
        "mail.message", "search_read", domain=domain, fields=["partner_ids"], order="id", limit=1
    )
    return found
