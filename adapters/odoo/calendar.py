"""The customer meetings of Odoo's calendar: at most eight reads, whatever the number of meetings.

Occurrences of a series are records of their own there; an archived or deleted event is not found.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.people import CrmUser, People
from dialogs.agenda import Agenda, Engagement, MeetingList
from dialogs.crm import Customer, Staff

_EVENT: Final = [
    "name", "start", "stop", "user_id", "partner_ids", "opportunity_id", "location", "privacy",
]  # fmt: skip
_PARTNER: Final = ["name", "is_company", "partner_share", "commercial_partner_id"]
_LEAD: Final = ["name", "partner_id"]
_ALL: Final[Mapping[str, Any]] = {"active_test": False}
Row = Mapping[str, Any]


def agenda(odoo: Session, people: People, asked: Agenda) -> MeetingList:
    """See `Agenda`."""
    users = people.find(odoo, *asked.colleagues)
    pairs = zip(users, asked.colleagues, strict=True)
    hosts = {user.id: (user, colleague) for user, colleague in pairs if user is not None}
    events = _events(odoo, asked, list(hosts)) if hosts else []
    if not events:
        return MeetingList()
    around = _around(odoo, events)
    found = (_engagement(one, *hosts[one["user_id"][0]], around) for one in events)
    return MeetingList(tuple(one for one in found if one is not None))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around these events."""

    partners: Mapping[int, Row]
    leads: Mapping[int, Row]
    companies: Mapping[int, str]
    """Names of the companies that people and opportunities belong to, by id."""
    ours: Collection[int]
    """Our own companies."""
    declined: Collection[tuple[int, int]]
    """Events, each with somebody who declined."""
    cases: Mapping[int, str]
    """Keys of our cases, by opportunity."""
    entries: Mapping[int, str]
    """Keys of our deliveries, by event."""


def _events(odoo: Session, asked: Agenda, users: Sequence[int]) -> list[Row]:
    domain = [
        ("user_id", "in", users),
        ("allday", "=", False),
        ("stop", ">=", _written(asked.since)),
        ("start", "<", _written(asked.until)),
    ]
    rows = odoo.call(
        "calendar.event", "search_read", domain=domain, fields=_EVENT, order="stop, id"
    )
    return [row for row in rows if row["privacy"] != "private"]


def _around(odoo: Session, events: Sequence[Row]) -> _Around:
    ids = [row["id"] for row in events]
    leads = _rows(odoo, "crm.lead", {_id(row["opportunity_id"]) for row in events} - {0}, _LEAD)
    known = {one for row in events for one in row["partner_ids"]}
    known |= {_id(row["partner_id"]) for row in leads.values()} - {0}
    partners = _rows(odoo, "res.partner", known, _PARTNER)
    no = [("event_id", "in", ids), ("state", "=", "declined")]
    answers = odoo.call(
        "calendar.attendee", "search_read", domain=no, fields=["event_id", "partner_id"]
    )
    own = odoo.call("res.company", "search_read", domain=[], fields=["partner_id"])
    return _Around(
        partners=partners,
        leads=leads,
        companies=dict(_pair(row["commercial_partner_id"]) for row in partners.values()),
        ours={_id(row["partner_id"]) for row in own},
        declined={(_id(row["event_id"]), _id(row["partner_id"])) for row in answers},
        cases=_named(odoo, "crm.lead", leads, f"{keys.MODULE}.lead_"),
        entries=_named(odoo, "calendar.event", ids, f"{keys.MODULE}.event_"),
    )


def _rows(odoo: Session, model: str, ids: Collection[int], fields: list[str]) -> dict[int, Row]:
    """Those that are there and may be seen, archived ones included, by id."""
    if not ids:
        return {}
    domain = [("id", "in", sorted(ids))]
    found = odoo.call(model, "search_read", domain=domain, fields=fields, context=_ALL)
    return {row["id"]: row for row in found}


def _named(odoo: Session, model: str, ids: Iterable[int], prefix: str) -> dict[int, str]:
    """Our own keys of these records; those that somebody else made have none."""
    wanted = list(ids)
    if not wanted:
        return {}
    names = odoo.call(model, "get_external_id", wanted)
    ours = {int(record): name for record, name in names.items() if name.startswith(prefix)}
    return {record: name.removeprefix(prefix) for record, name in ours.items()}


def _engagement(event: Row, user: CrmUser, host: Staff, around: _Around) -> Engagement | None:
    """The meeting, or None where no customer is in it, or nobody will come."""
    no = {partner for number, partner in around.declined if number == event["id"]}
    people = [around.partners[one] for one in event["partner_ids"] if one in around.partners]
    outside = [row for row in people if _is_outside(row, around)]
    coming = [row for row in outside if row["id"] not in no]
    lead = around.leads.get(_id(event["opportunity_id"]))
    if user.partner in no or (outside and not coming) or not (outside or lead):
        return None
    within = [row for row in people if row not in outside and row["id"] not in {*no, user.partner}]
    return Engagement(
        id=event["id"],
        subject=event["name"] or "",
        start=_moment(event["start"]),
        stop=_moment(event["stop"]),
        host=host,
        customer=_customer(lead, coming, around),
        guests=_names(coming),
        colleagues=_names(within),
        place=event["location"] or "",
        opportunity=lead["id"] if lead else 0,
        title=lead["name"] if lead else "",
        case=around.cases.get(lead["id"], "") if lead else "",
        made_by=around.entries.get(event["id"], ""),
    )


def _is_outside(partner: Row, around: _Around) -> bool:
    """No user of ours, and nobody of one of our own companies."""
    return partner["partner_share"] and _id(partner["commercial_partner_id"]) not in around.ours


def _customer(lead: Row | None, coming: Sequence[Row], around: _Around) -> Customer | None:
    """The opportunity's company; else that of the first who comes from outside."""
    asked = around.partners.get(_id(lead["partner_id"])) if lead else None
    first = asked or next(iter(coming), None)
    if first is None:
        return None
    number = _id(first["commercial_partner_id"])
    return Customer(around.companies[number], number)


def _names(people: Sequence[Row]) -> tuple[str, ...]:
    """Of people; a company that was invited is nobody who was there."""
    return tuple(row["name"] for row in people if not row["is_company"] and row["name"])


def _pair(link: Any) -> tuple[int, str]:
    return (link[0], link[1]) if link else (0, "")


def _id(link: Any) -> int:
    return int(link[0]) if link else 0


def _written(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)
