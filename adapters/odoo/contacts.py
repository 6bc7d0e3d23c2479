"""The people at a customer's: those whom one meets and those whom one writes to are the same.

A contact can't be made in an entry's own call. So it is a call of its own before, safe to repeat,
because the contact's external id is the delivery's.
"""

from collections.abc import Mapping
from typing import Any, Final

from adapters.crm_rules.names import normal, tidy
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import IF_ABSENT, QUIET
from adapters.odoo.load import Row, load, under
from adapters.odoo.search import literal
from adapters.odoo.standing import opportunity, reference
from dialogs.crm import Contact
from dialogs.customer_lookups import ContactList, Contacts, KnownContact

_FIELDS: Final = ["name", "function", "email_normalized", "type"]


def listed(odoo: Session, asked: Contacts) -> ContactList:
    """The people by name, then the company; addresses that are no person's are left out."""
    customer = _customer(odoo, asked)
    stands = _read(odoo, [("id", "=", customer)], ["commercial_partner_id", "lang"], "id", 1)
    if not stands:
        return ContactList()
    company, language = stands[0]["commercial_partner_id"][0], str(stands[0]["lang"] or "")
    below = [("commercial_partner_id", "=", company), ("name", "!=", False)]
    rows = _read(odoo, [("id", "=", company)], _FIELDS, "id", 1)
    people = [*below, ("id", "!=", company), ("type", "=", "contact")]
    told = map(_known, _read(odoo, people, _FIELDS, "name, id", asked.limit))
    return ContactList(tuple(told), _known(rows[0]) if rows else None, language)


def _customer(odoo: Session, asked: Contacts) -> int | None:
    """Whose the opportunity is now; the one that was named, where there is none yet."""
    stands = opportunity(odoo, asked.case.case, asked.case.lead) if asked.case else None
    return (stands.customer if stands else None) or asked.customer


def _read(
    odoo: Session, domain: list[Any], fields: list[str], order: str, limit: int
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = odoo.call(
        "res.partner", "search_read", domain=domain, fields=fields, order=order, limit=limit
    )
    return rows


def _known(row: Mapping[str, Any]) -> KnownContact:
    told = (row["name"] or "", row["function"] or "", row["email_normalized"] or "")
    return KnownContact(row["id"], *told)


def same(odoo: Session, company: int | None, contact: Contact) -> int | None:
    """The contact of that very name at the company, with this address where they had none."""
    found = _namesake(odoo, company, contact)
    if found is not None and contact.email and not found["email"]:
        _address(odoo, found, contact)
    return int(found["id"]) if found else None


def _namesake(odoo: Session, company: int | None, contact: Contact) -> Mapping[str, Any] | None:
    if company is None:
        return None
    pattern = "%".join(literal(word) for word in normal(contact.name).split())
    domain = [("parent_id", "=", company), ("name", "=ilike", pattern)]
    rows = odoo.call(
        "res.partner", "search_read", domain=domain, fields=["name", "email"], order="id"
    )
    return next((row for row in rows if normal(row["name"]) == normal(contact.name)), None)


def addressed(odoo: Session, key: str, company: int | None, contact: Contact) -> int:
    """The contact at that address: whoever has none yet under that name, or a new one."""
    found = _namesake(odoo, company, contact)
    if found is None or found["email"]:
        return make(odoo, key, company, contact)
    _address(odoo, found, contact)
    return int(found["id"])


def _address(odoo: Session, found: Mapping[str, Any], contact: Contact) -> None:
    load(odoo, "res.partner", [{".id": str(found["id"]), "email": contact.email}], QUIET)


def make(odoo: Session, key: str, company: int | None, contact: Contact) -> int:
    """Make the contact of a delivery, below the company where there is one; again is the same."""
    if company is None:
        return load(odoo, "res.partner", [row(key, contact)], {**QUIET, **IF_ABSENT})[0]
    load(
        odoo, "res.partner", [{".id": str(company), **under("child_ids", row(key, contact))}], QUIET
    )
    made = reference(odoo, keys.contact(key))
    assert made
    return made


def row(key: str, contact: Contact) -> Row:
    return {
        "id": keys.contact(key),
        "name": tidy(contact.name),
        "email": contact.email,
        "phone": contact.phone,
    }
