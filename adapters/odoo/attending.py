"""Who takes part in a meeting: the customer's contact, made below the company where they are new.

They are there before the entry: its cells name participants that are.
"""

from dataclasses import replace
from typing import Final

from adapters.odoo import contacts, keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import IF_ABSENT, QUIET, Facts, new_company
from adapters.odoo.load import load, under
from adapters.odoo.standing import reference
from dialogs.crm import Contact, Delivery

INVITATION: Final = "calendar.attendee"


def attending(odoo: Session, delivery: Delivery, facts: Facts) -> Facts:
    """The facts with the contact among those who take part, and the meeting that stands."""
    facts = replace(facts, meeting=_standing(odoo, delivery))
    if delivery.contact is None:
        return facts
    company = facts.customer or (facts.known.customer if facts.known else None)
    contact = delivery.contact.id or contacts.same(odoo, company, delivery.contact)
    if contact is None:
        company = _made(odoo, delivery, company, delivery.contact)
        facts = replace(facts, customer=company, new_customer=False)
        contact = reference(odoo, keys.contact(delivery.key))
    return replace(facts, attendees=(*facts.attendees, *([contact] if contact else [])))


def agreed(odoo: Session, delivery: Delivery) -> None:
    """Let who said yes in the chat have said so in the calendar; an answer given there stays."""
    event = reference(odoo, keys.event(delivery.joins)) if delivery.agreed else None
    if not event:
        return
    users = [one.user for one in delivery.attendees if one.user]
    logins = [one.login for one in delivery.attendees if one.login and not one.user]
    them = ["|", ("partner_id.user_ids", "in", users), ("partner_id.user_ids.login", "in", logins)]
    no_answer = [("event_id", "=", event), ("state", "=", "needsAction"), *them]
    found = odoo.call(INVITATION, "search", domain=no_answer)
    if found:
        odoo.write(INVITATION, "write", found, vals={"state": "accepted"})


def _standing(odoo: Session, delivery: Delivery) -> str:
    """Key of the earlier delivery whose meeting this one writes to; empty where it is gone."""
    key = delivery.meeting.key if delivery.meeting else delivery.joins
    return key if key and reference(odoo, keys.event(key)) else ""


def _made(odoo: Session, delivery: Delivery, company: int | None, contact: Contact) -> int | None:
    """Make the contact below its company, which is made with it where it is new; return that."""
    if company is not None:
        contacts.make(odoo, delivery.key, company, contact)
        return company
    if delivery.customer is None:
        contacts.make(odoo, delivery.key, None, contact)
        return None
    below = under("child_ids", contacts.row(delivery.key, contact))
    row = {**new_company(delivery), **below}
    return load(odoo, "res.partner", [row], {**QUIET, **IF_ABSENT})[0]
