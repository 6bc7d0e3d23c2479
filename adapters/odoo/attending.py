"""Who takes part in a meeting: the customer's contact, made below the company where they are new.

A contact can't be made in the entry's own call: its cells name participants that are there. So it
is a call of its own before, safe to repeat, because the contact's external id is the delivery's.
"""

from dataclasses import replace

from adapters.crm_rules.names import normal, tidy
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import IF_ABSENT, QUIET, Facts, new_company
from adapters.odoo.load import load, under
from adapters.odoo.search import literal
from adapters.odoo.standing import reference
from dialogs.crm import Contact, Delivery


def attending(odoo: Session, delivery: Delivery, facts: Facts) -> Facts:
    """The facts with the contact among those who take part, and the meeting that stands."""
    facts = replace(facts, meeting=_standing(odoo, delivery))
    if delivery.contact is None:
        return facts
    company = facts.customer or (facts.known.customer if facts.known else None)
    contact = delivery.contact.id or _same(odoo, company, delivery.contact)
    if contact is None:
        company = _made(odoo, delivery, company, delivery.contact)
        facts = replace(facts, customer=company, new_customer=False)
        contact = reference(odoo, keys.contact(delivery.key))
    return replace(facts, attendees=(*facts.attendees, *([contact] if contact else [])))


def _standing(odoo: Session, delivery: Delivery) -> str:
    """Key of the earlier delivery whose meeting this one writes to; empty where it is gone."""
    key = delivery.meeting.key if delivery.meeting else delivery.joins
    return key if key and reference(odoo, keys.event(key)) else ""


def _same(odoo: Session, company: int | None, contact: Contact) -> int | None:
    """The contact of that very name at the company."""
    if company is None:
        return None
    pattern = "%".join(literal(word) for word in normal(contact.name).split())
    domain = [("parent_id", "=", company), ("name", "=ilike", pattern)]
    rows = odoo.call("res.partner", "search_read", domain=domain, fields=["name"], order="id")
    same = (row["id"] for row in rows if normal(row["name"]) == normal(contact.name))
    return next(same, None)


def _made(odoo: Session, delivery: Delivery, company: int | None, contact: Contact) -> int | None:
    """Make the contact below its company, which is made with it where it is new; return that."""
    below = {
        "id": keys.contact(delivery.key),
        "name": tidy(contact.name),
        "email": contact.email,
        "phone": contact.phone,
    }
    if company is not None:
        row = {".id": str(company), **under("child_ids", below)}
        return load(odoo, "res.partner", [row], QUIET)[0]
    if delivery.customer is None:
        load(odoo, "res.partner", [below], {**QUIET, **IF_ABSENT})
        return None
    row = {**new_company(delivery), **under("child_ids", below)}
    return load(odoo, "res.partner", [row], {**QUIET, **IF_ABSENT})[0]
