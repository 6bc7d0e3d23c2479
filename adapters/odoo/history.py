"""A customer's history in Odoo for a briefing: two reads on Odoo 17 and later, some more before.

The first read is the company with all that hangs below it, the second the last messages. What a
server lacks (quotations without the sales app, fields of ours) is found out when it refuses, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any, Final

from adapters.crm_rules.telling import SCORES, WISHES, one_of, part, quoted
from adapters.odoo import customers
from adapters.odoo.driver import Session
from adapters.odoo.errors import OdooRefused
from adapters.odoo.note import plain
from dialogs.crm import Customer
from dialogs.customer_lookups import (
    Choices,
    CustomerHistory,
    History,
    Opening,
    Part,
    Past,
    Unknown,
)

WEB_READ_SINCE: Final = 17
NAMESAKES: Final = 8
MOST: Final = 200  # records of a kind that are looked through
SPOKEN: Final = ["comment", "email", "email_outgoing"]
_NAME: Final[Mapping[str, Any]] = {"fields": {"display_name": {}}}
_MEETING: Final = ("name", "start")
_TASK: Final = ("summary", "date_deadline", "user_id", "activity_type_id")
_ORDER: Final = ("name", "date_order", "amount_untaxed", "state")
_LEAD: Final = ("name", "stage_id", "expected_revenue")
_LINKS: Final = ("calendar_event_ids", "activity_ids")
_OPTIONAL: Final = (WISHES, *SCORES)
_WANTED: Final = (*_OPTIONAL, "order_ids")
"""What not every Odoo has: fields of ours, and the quotations of the sales app."""
_MESSAGE: Final = ("date", "body", "author_id")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, in Odoo's rows; `messages` is how many there are."""

    name: str
    leads: list[Row]
    meetings: list[Row]
    tasks: list[Row]
    orders: list[Row]
    spoken: list[Row]
    messages: int


def history(odoo: Session, asked: History) -> CustomerHistory | Choices | Unknown:
    """The history; where a name means several customers, those to choose from."""
    customer: Customer | Choices | Unknown = asked.customer
    if asked.customer.id is None:
        hits = customers.search(odoo, asked.customer.name, NAMESAKES)
        customer = one_of(hits, asked.customer.name)
    if not isinstance(customer, Customer) or customer.id is None:
        return customer if not isinstance(customer, Customer) else Unknown()
    read = _read_whole if odoo.release >= WEB_READ_SINCE else _read_by_model
    found = read(odoo, customer.id, asked.most)
    return _told(found, Customer(found.name, customer.id), asked) if found else Unknown()


def _read_whole(odoo: Session, customer: int, most: int) -> Found | None:
    company = _company(odoo, customer)
    if company is None:
        return None
    people = [company, *company["child_ids"]]
    leads = _each(people, "opportunity_ids")
    return Found(
        company["name"],
        leads,
        _each(
            [
                {"met": _each(people, "meeting_ids")},
                *({"met": one["calendar_event_ids"]} for one in leads),
            ],
            "met",
        ),
        _each(leads, "activity_ids"),
        _each(leads, "order_ids"),
        *_messages(odoo, customer, [one["id"] for one in leads], most),
    )


def _company(odoo: Session, customer: int) -> Row | None:
    """One read; where this server lacks something that was asked for, another one without it."""
    try:
        rows = odoo.call("res.partner", "web_read", [customer], specification=_asked(_WANTED))
    except OdooRefused as refused:
        if refused.name == "odoo.exceptions.MissingError":
            return None
        there = odoo.call("crm.lead", "fields_get", attributes=["type"])
        wanted = [one for one in _WANTED if one in there]
        rows = odoo.call("res.partner", "web_read", [customer], specification=_asked(wanted))
    return rows[0] if rows else None


def _asked(wanted: Sequence[str]) -> Row:
    """What to read of the company, its people, and the opportunities below them."""
    links = {
        "stage_id": {"fields": {"display_name": {}, "is_won": {}}},
        "calendar_event_ids": _below(_MEETING, "start desc"),
        "activity_ids": _below(_TASK, "date_deadline", user_id=_NAME, activity_type_id=_NAME),
        "order_ids": _below(_ORDER, "date_order desc, id desc"),
    }
    lead = {name: links.get(name, {}) for name in (*_LEAD, *_LINKS, *wanted)}
    opportunities = {"fields": lead, "order": "id desc", "limit": MOST}
    below = {"opportunity_ids": opportunities, "meeting_ids": _below(_MEETING, "start desc")}
    return {"name": {}, **below, "child_ids": {"fields": below, "limit": MOST}}


def _below(fields: tuple[str, ...], order: str, **links: Row) -> Row:
    return {"fields": {**_plain(fields), **links}, "order": order, "limit": MOST}


def _plain(fields: Sequence[str]) -> dict[str, Row]:
    return {name: {} for name in fields}


def _each(rows: list[Row], field: str) -> list[Row]:
    """The records below all of them, each once."""
    found = {one["id"]: one for row in rows for one in row.get(field) or ()}
    return list(found.values())


def _messages(odoo: Session, customer: int, leads: list[int], most: int) -> tuple[list[Row], int]:
    links = {"author_id": _NAME}
    answer = odoo.call(
        "mail.message",
        "web_search_read",
        domain=_spoken(customer, leads),
        specification={**_plain(_MESSAGE), **links},
        limit=most,
        order="date desc, id desc",
    )
    return answer["records"], int(answer["length"])


def _spoken(customer: int, leads: list[int]) -> list[object]:
    """What people said about the company or one of its opportunities."""
    return [
        ("message_type", "in", SPOKEN),
        "|",
        *("&", ("model", "=", "crm.lead"), ("res_id", "in", leads)),
        *("&", ("model", "=", "res.partner"), ("res_id", "=", customer)),
    ]


def _read_by_model(odoo: Session, customer: int, most: int) -> Found | None:
    """Before Odoo 17: one read for each model."""
    named = _rows(odoo, "res.partner", [("id", "=", customer)], ["name"], "id")
    if not named:
        return None
    fields = odoo.call("crm.lead", "fields_get", attributes=["type"])
    wanted = [one for one in (*_LEAD, *_OPTIONAL) if one in fields]
    below = [("partner_id", "child_of", customer), ("type", "=", "opportunity")]
    leads = _rows(odoo, "crm.lead", below, wanted, "id desc")
    won = _won(odoo)
    ids = [one["id"] for one in leads]
    met = ["|", ("opportunity_id", "in", ids), ("partner_ids", "child_of", customer)]
    todo = [("res_model", "=", "crm.lead"), ("res_id", "in", ids)]
    sold = [("opportunity_id", "in", ids)]
    spoken = _spoken(customer, ids)
    return Found(
        named[0]["name"],
        [{**one, "stage_id": _staged(one, won)} for one in leads],
        _rows(odoo, "calendar.event", met, _MEETING, "start desc"),
        _rows(odoo, "mail.activity", todo, _TASK, "date_deadline"),
        _rows(odoo, "sale.order", sold, _ORDER, "date_order desc, id desc")
        if "order_ids" in fields
        else [],
        _rows(odoo, "mail.message", spoken, _MESSAGE, "date desc, id desc", most),
        int(odoo.call("mail.message", "search_count", domain=spoken)),
    )


def _rows(  # noqa: PLR0917 - the arguments of Odoo's own method, in its order
    odoo: Session,
    model: str,
    domain: list[Any],
    fields: list[str] | tuple[str, ...],
    order: str,
    limit: int = MOST,
) -> list[Row]:
    """Records with their links as `web_read` writes them."""
    rows = odoo.call(
        model, "search_read", domain=domain, fields=list(fields), order=order, limit=limit
    )
    return [{name: _linked(value) for name, value in row.items()} for row in rows]


def _linked(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):  # noqa: PLR2004 - id and name
        return {"id": value[0], "display_name": value[1]}
    return value


def _won(odoo: Session) -> set[int]:
    return {row["id"] for row in _rows(odoo, "crm.stage", [("is_won", "=", True)], ["name"], "id")}


def _staged(lead: Row, won: set[int]) -> Any:
    stage = lead["stage_id"]
    return stage and {**stage, "is_won": stage["id"] in won}


def _told(found: Found, customer: Customer, asked: History) -> CustomerHistory:
    now, most = datetime.fromisoformat(asked.at), asked.most
    still = [one for one in found.leads if not (one["stage_id"] or {}).get("is_won")]
    met = sorted(found.meetings, key=lambda one: (str(one["start"]), one["id"]))
    been = [one for one in met if _at(one["start"]) <= now]
    coming = met[len(been) :]
    tasks = sorted(found.tasks, key=lambda one: (one["date_deadline"], one["id"]))
    spoken = [_message(one, now.tzinfo) for one in found.spoken[:most]]
    newest = sorted(found.orders, key=lambda one: (str(one["date_order"]), one["id"]))
    orders = newest[::-1]
    return CustomerHistory(
        customer=customer,
        openings=tuple(_opening(one) for one in still[:most]),
        more_openings=max(0, len(still) - most),
        wishes=tuple(str(one[WISHES]) for one in found.leads if one.get(WISHES)),
        next=_meeting(coming[0], now.tzinfo) if coming else None,
        meetings=part([_meeting(one, now.tzinfo) for one in reversed(been)], most),
        tasks=part([_task(one) for one in tasks], most),
        quotations=part([_order(one) for one in orders if one["state"] != "cancel"], most),
        messages=Part(tuple(spoken), max(0, found.messages - len(spoken))),
    )


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _day(text: str, zone: tzinfo | None) -> str:
    return _at(text).astimezone(zone).date().isoformat()


def _opening(row: Row) -> Opening:
    stage = row["stage_id"]["display_name"] if row["stage_id"] else ""
    chances, risks = (int(row.get(name) or 0) for name in SCORES)
    return Opening(row["name"], stage, float(row["expected_revenue"] or 0), chances, risks)


def _meeting(row: Row, zone: tzinfo | None) -> Past:
    return Past(_day(row["start"], zone), row["name"] or "")


def _task(row: Row) -> Past:
    kind = row["activity_type_id"]
    return Past(
        row["date_deadline"],
        row["summary"] or (kind["display_name"] if kind else ""),
        row["user_id"]["display_name"] if row["user_id"] else "",
    )


def _order(row: Row) -> Past:
    total = Decimal(str(row["amount_untaxed"] or 0))
    return Past(str(row["date_order"])[:10], quoted(row["name"], total))


def _message(row: Row, zone: tzinfo | None) -> Past:
    author = row["author_id"]["display_name"] if row["author_id"] else ""
    words = " ".join(plain(row["body"] or "").split())
    return Past(_day(row["date"], zone), words, author.rpartition(", ")[2])
