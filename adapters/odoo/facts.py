"""Looks up what a delivery names, with as few calls as the memory allows."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.odoo.catalogue import Catalogue
from adapters.odoo.cells import odoo_cells, telling_zone
from adapters.odoo.customers import same_name
from adapters.odoo.driver import Session
from adapters.odoo.entry import Facts, Known
from adapters.odoo.people import People
from adapters.odoo.quotations import lines
from dialogs.crm import CrmNeeds, Customer, Delivery

ORDERS = "order_ids"
"""The field that an opportunity has where the app Sales is installed."""


class Looking:
    def __init__(self, needs: CrmNeeds, zone: ZoneInfo) -> None:
        self._catalogue = Catalogue(needs)
        self._people = People()
        self._zone = zone

    def forget(self) -> None:
        """Ask everything anew: something that was looked up may no longer hold."""
        self._catalogue.forget()
        self._people.forget()

    def facts(self, odoo: Session, delivery: Delivery, known: Known | None) -> Facts:
        """Return what the entry needs.

        Raises:
            CrmUnavailable: Odoo did not answer.
            CrmRefused: a stage, or a value's field, does not fit.
        """
        facts = self._named(odoo, delivery)
        facts = replace(facts, known=known)
        return facts if _linked(known, delivery) else _with_customer(odoo, delivery, facts)

    def _named(self, odoo: Session, delivery: Delivery) -> Facts:
        asked = (delivery.owner, delivery.author, *delivery.attendees)
        owner, author, *others = self._people.find(odoo, *asked)
        zone = telling_zone(delivery.meeting, delivery.opportunity, self._zone)
        values = delivery.opportunity
        wanted = [*values, *([ORDERS] if delivery.order else [])]
        fields = self._catalogue.fields(odoo, wanted) if wanted else {}
        return Facts(
            zone,
            owner=owner,
            author=author,
            attendees=tuple(one.partner for one in others if one is not None),
            stage=self._catalogue.stage(odoo, delivery.stage) if delivery.stage else None,
            todo=self._catalogue.todo(odoo) if delivery.activity else None,
            tag=self._catalogue.tag(odoo, delivery.tag) if delivery.tag else None,
            cells=odoo_cells(values, fields, zone),
            order=lines(odoo, delivery.order) if delivery.order and ORDERS in fields else (),
        )


def _linked(known: Known | None, delivery: Delivery) -> bool:
    return delivery.customer is None or (known is not None and known.customer is not None)


def _with_customer(odoo: Session, delivery: Delivery, facts: Facts) -> Facts:
    assert delivery.customer is not None
    company = _company(odoo, delivery.customer)
    return replace(facts, customer=company, new_customer=company is None)


def _company(odoo: Session, customer: Customer) -> int | None:
    return customer.id if customer.id is not None else same_name(odoo, customer.name)
