"""Looks up what a delivery names, with as few calls as the memory allows."""

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.odoo.catalogue import OF_PARTNERS, ORIGINS, Catalogue
from adapters.odoo.cells import odoo_cells, telling_zone
from adapters.odoo.customers import same_name
from adapters.odoo.driver import Session
from adapters.odoo.entry import Facts, Known
from adapters.odoo.errands import errand_overtaken
from adapters.odoo.handing import handed
from adapters.odoo.people import CrmUser, People
from adapters.odoo.quotations import lines
from dialogs.crm import CrmNeeds, Customer, Delivery, Meeting, Overtaken

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
        facts = replace(facts, known=known, hands=self._handed(odoo, delivery, known))
        return facts if _linked(known, delivery) else _with_customer(odoo, delivery, facts)

    def overtaken(self, odoo: Session, delivery: Delivery, known: Known | None) -> Overtaken | None:
        """What a person did in Odoo that this delivery would undo; None when nothing."""
        if delivery.errand is None and delivery.claim is None:
            return None
        if known is None:
            return Overtaken("gone")
        (owner,) = self._people.find(odoo, delivery.owner)
        if delivery.errand is not None:
            return errand_overtaken(odoo, delivery, delivery.errand, owner)
        return _taken(delivery, known, owner)

    def _named(self, odoo: Session, delivery: Delivery) -> Facts:
        heir = delivery.errand.to if delivery.errand else None
        named = (delivery.owner, delivery.author, heir or delivery.author, *delivery.attendees)
        owner, author, given, *others = self._people.find(odoo, *named)
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
            lost_reason=self._lost_reason(odoo, delivery),
            team=self._catalogue.team(odoo, delivery.team) if delivery.team else None,
            tag=self._catalogue.tag(odoo, delivery.tag) if delivery.tag else None,
            cells=odoo_cells(values, fields, zone),
            links=dict(self._links(odoo, delivery)),
            partner=dict(self._partner(odoo, delivery)),
            heir=given if heir else None,
            event=_event(odoo, delivery.meeting),
            order=lines(odoo, delivery.order) if delivery.order and ORDERS in fields else (),
        )

    def _handed(self, odoo: Session, delivery: Delivery, known: Known | None) -> tuple[int, ...]:
        if delivery.hands is None or known is None:
            return ()
        (was,) = self._people.find(odoo, delivery.hands.was)
        return handed(odoo, delivery.hands, known, was)

    def _lost_reason(self, odoo: Session, delivery: Delivery) -> int | None:
        if delivery.closing is None or not delivery.closing.reason:
            return None
        return self._catalogue.lost_reason(odoo, delivery.closing.reason)

    def _partner(self, odoo: Session, delivery: Delivery) -> Iterator[tuple[str, str]]:
        for name, value in delivery.partner.items():
            if name not in OF_PARTNERS:
                yield name, value.text
            elif value.text and (found := self._catalogue.fact(odoo, name, value.text)):
                yield f"{name}/.id", str(found)

    def _links(self, odoo: Session, delivery: Delivery) -> Iterator[tuple[str, int]]:
        for name, model in ORIGINS.items():
            if name in delivery.opportunity and (text := delivery.opportunity[name].text):
                yield name, self._catalogue.origin(odoo, model, text)


def _taken(delivery: Delivery, known: Known, owner: CrmUser | None) -> Overtaken | None:
    assert delivery.claim is not None
    mine = owner.name if owner else delivery.owner.name
    if known.owner not in {"", delivery.claim.was, mine}:
        return Overtaken("taken", known.owner)
    return None if known.active else Overtaken("closed")


def _event(odoo: Session, meeting: Meeting | None) -> int | None:
    """The meeting of the calendar, where it still stands there."""
    if meeting is None or meeting.event is None:
        return None
    found = odoo.call("calendar.event", "search", domain=[("id", "=", meeting.event)])
    return int(found[0]) if found else None


def _linked(known: Known | None, delivery: Delivery) -> bool:
    return delivery.customer is None or (known is not None and known.customer is not None)


def _with_customer(odoo: Session, delivery: Delivery, facts: Facts) -> Facts:
    assert delivery.customer is not None
    company = _company(odoo, delivery.customer)
    return replace(facts, customer=company, new_customer=company is None)


def _company(odoo: Session, customer: Customer) -> int | None:
    return customer.id if customer.id is not None else same_name(odoo, customer.name)
