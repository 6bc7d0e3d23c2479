"""A real Odoo as a world of the contract; what stands in it is looked at as the administrator."""

import base64
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from dialogs.crm import Staff
from tests.contracts.crm.world import NEEDS, ZONE, Seen, SeenMail, SeenMeeting, SeenNote, SeenOrder
from tests.rig.odoo import EMPLOYEE, OdooServer, OdooUser

ALL = {"active_test": False}
SILENT = {"no_mail_to_attendees": True, "dont_notify": True}


def connect(
    odoo: OdooServer,
    driver: DriverName,
    user: OdooUser | None = None,
    *,
    url: str = "",
    deadline: float = 30.0,
) -> OdooCrm:
    """Connect as somebody, by default as the bot's own account."""
    who = user or odoo.service
    address = url or odoo.url
    return OdooCrm.connect(
        address, odoo.database, who.login, who.api_key, driver, NEEDS, ZONE, deadline
    )


def prepare(odoo: OdooServer) -> None:
    """Give it the fields of the contract."""
    crm = connect(odoo, "odoorpc", odoo.admin)
    crm.prepare(NEEDS, dry_run=False)
    crm.close()


class OdooWorld:
    sends_mail = True

    def __init__(self, odoo: OdooServer, driver: DriverName) -> None:
        self.odoo = odoo
        self._driver: DriverName = driver
        self.crm = connect(odoo, driver)
        self.administrator = connect(odoo, driver, odoo.admin)
        self._others: list[OdooCrm] = []

    def close(self) -> None:
        for crm in (self.crm, self.administrator, *self._others):
            crm.close()

    def restarted(self) -> OdooCrm:
        self._others.append(connect(self.odoo, self._driver))
        return self._others[-1]

    def add_company(self, name: str, city: str = "") -> int:
        facts = {"name": name, "city": city, "is_company": True}
        (company,) = self.odoo.call("res.partner", "create", [facts])
        return int(company)

    def add_contact(self, company: int, name: str, email: str) -> int:
        facts = {"name": name, "email": email, "parent_id": company}
        (contact,) = self.odoo.call("res.partner", "create", [facts])
        return int(contact)

    def partner(self, company: int) -> dict[str, str]:
        (row,) = self._read("res.partner", [company], ["website", "industry_id", "category_id"])
        tags = self._read("res.partner.category", row["category_id"], ["name"])
        return {
            "website": row["website"] or "",
            "industry_id": _name(row["industry_id"]) or "",
            "category_id": ", ".join(one["name"] for one in tags),
        }

    def moves_site(self, company: int, website: str) -> None:
        self.odoo.call("res.partner", "write", [company], {"website": website})

    def mails(self, opportunity: int) -> list[SeenMail]:
        fields = ["subject", "body", "author_id", "partner_ids", "message_type"]
        rows = self._found("mail.message", "model", opportunity, fields)
        posted = [row for row in reversed(rows) if row["partner_ids"]]
        return [self._mail(row) for row in posted]

    def _mail(self, row: dict[str, Any]) -> SeenMail:
        (partner,) = self._read("res.partner", row["partner_ids"], ["email"])
        author = _name(row["author_id"]).rpartition(", ")[2]
        return SeenMail(partner["email"], author, row["subject"], text_of(row["body"]))

    def orders(self, opportunity: int) -> list[SeenOrder]:
        domain, fields = [("opportunity_id", "=", opportunity)], ["partner_id", "note", "state"]
        wanted = [*fields, "order_line", "amount_untaxed"]
        rows = self.odoo.call("sale.order", "search_read", domain, wanted, order="id")
        assert {row["state"] for row in rows} <= {"draft"}
        return [self._order(row) for row in rows]

    def _order(self, row: dict[str, Any]) -> SeenOrder:
        fields = ["name", "product_uom_qty", "price_unit"]
        lines = self._read("sale.order.line", row["order_line"], fields)
        return SeenOrder(
            row["partner_id"][0],
            text_of(row["note"] or ""),
            tuple((one["name"], one["product_uom_qty"], one["price_unit"]) for one in lines),
            row["amount_untaxed"],
        )

    def companies(self, name: str) -> int:
        return self._count("res.partner", [("name", "=", name)])

    def opportunities(self, title: str) -> int:
        return self._count("crm.lead", [("name", "=", title)])

    def see(self, opportunity: int) -> Seen:
        lead = self._lead(opportunity)
        return Seen(
            lead["name"],
            _id(lead["partner_id"]),
            _name(lead["user_id"]),
            _name(lead["stage_id"]),
            tuple(tag["name"] for tag in self._read("crm.tag", lead["tag_ids"], ["name"])),
            _fields(lead),
            tuple(self._meetings(lead)),
            {one["summary"]: not one["active"] for one in self._activities(opportunity)},
            tuple(map(_note, self._notes(opportunity))),
            lead["probability"],
            None if lead["won_status"] != "lost" else _name(lead["lost_reason_id"]),
            _name(lead["team_id"]),
            {one["summary"]: _name(one["user_id"]) for one in self._activities(opportunity)},
        )

    def edit(self, opportunity: int, title: str, owner: Staff, text: str) -> None:
        (user,) = self.odoo.call("res.users", "search", [("login", "=", owner.login)])
        facts = {"name": title, "user_id": user, "x_dealdesk_t_char": text}
        self.odoo.call("crm.lead", "write", [opportunity], facts)

    def delete(self, opportunity: int) -> None:
        self.odoo.call("crm.lead", "unlink", [opportunity])

    def hire(self, name: str, group: str = "") -> Staff:
        login = f"{secrets.token_hex(5)}@example.com"
        groups = {"group_ids": [(6, 0, [self._group(group or EMPLOYEE)])]}
        facts = {"name": name, "login": login, "email": login, **groups}
        quiet = {"no_reset_password": True}
        (user,) = self.odoo.call("res.users", "create", [facts], context=quiet)
        return Staff(name, login, user)

    def move(self, colleague: Staff, group: str) -> None:
        facts = {"group_ids": [(6, 0, [self._group(group)])]}
        self.odoo.call("res.users", "write", [colleague.user], facts)

    def dismiss(self, colleague: Staff) -> None:
        self.odoo.call("res.users", "write", [colleague.user], {"active": False})

    def plan(
        self,
        host: Staff,
        start: datetime,
        *,
        minutes: int = 60,
        company: int | None = None,
        opportunity: int | None = None,
        guest: str = "",
        colleague: Staff | None = None,
        kind: str = "",
    ) -> int:
        people = [self._partner_of(one) for one in (host, colleague) if one]
        if guest:
            facts = {"name": guest, "parent_id": company or False}
            people += self.odoo.call("res.partner", "create", [facts])
        facts = {
            "name": "Visit",
            "start": _text(start),
            "stop": _text(start + timedelta(minutes=minutes)),
            "user_id": host.user,
            "partner_ids": [(6, 0, people)],
            "opportunity_id": opportunity or False,
            "location": "Hamburg",
            "allday": kind == "allday",
            **({"privacy": "private"} if kind == "private" else {}),
        }
        who = self._as(host) if kind == "private" else None
        (event,) = self.odoo.call("calendar.event", "create", [facts], context=SILENT, user=who)
        return int(event)

    def put_off(self, meeting: int, start: datetime, minutes: int) -> None:
        facts = {"start": _text(start), "stop": _text(start + timedelta(minutes=minutes))}
        self.odoo.call("calendar.event", "write", [meeting], facts, context=SILENT)

    def call_off(self, meeting: int) -> None:
        self.odoo.call("calendar.event", "unlink", [meeting], context=SILENT)

    def decline(self, meeting: int, name: str) -> None:
        domain = [("event_id", "=", meeting), ("partner_id.name", "=", name)]
        invited = self.odoo.call("calendar.attendee", "search", domain)
        self.odoo.call("calendar.attendee", "write", invited, {"state": "declined"})

    def _partner_of(self, colleague: Staff) -> int:
        (row,) = self._read("res.users", [colleague.user or 0], ["partner_id"])
        return int(row["partner_id"][0])

    def attached(self, opportunity: int) -> list[tuple[str, bytes]]:
        """As the attachments of the opportunity, each of which its note names."""
        domain = [("res_model", "=", "crm.lead"), ("res_id", "=", opportunity)]
        rows = self.odoo.call("ir.attachment", "search_read", domain, ["name", "datas"])
        noted = [("model", "=", "crm.lead"), ("res_id", "=", opportunity)]
        notes = self.odoo.call("mail.message", "search_read", noted, ["attachment_ids"])
        named = {one for note in notes for one in note["attachment_ids"]}
        assert named == {row["id"] for row in rows}
        return [(row["name"], base64.b64decode(row["datas"])) for row in rows]

    def read_by(self, colleague: Staff) -> list[str]:
        who = self._as(colleague)
        told = [("subject", "=", "Your code")]
        rows = self.odoo.call("mail.message", "search_read", told, ["body"], user=who)
        return [unescape(re.sub(r"</?(?:p|span)>", "", row["body"])) for row in rows]

    def completed(self, opportunity: int) -> dict[str, tuple[str, str]]:
        names = ["summary", "active", "feedback", "date_done"]
        rows = self._found("mail.activity", "res_model", opportunity, names)
        done = [row for row in rows if not row["active"]]
        return {row["summary"]: (row["feedback"], row["date_done"]) for row in done}

    def comes_in(self, title: str, email: str = "", phone: str = "") -> int:
        facts = {"name": title, "email_from": email, "phone": phone, "user_id": False}
        (lead,) = self.odoo.call("crm.lead", "create", [facts])
        return int(lead)

    def declined(self, opportunity: int) -> str:
        (lead,) = self._read("crm.lead", [opportunity], ["active", "won_status", "lost_reason_id"])
        assert (lead["active"], lead["won_status"]) == (False, "lost")
        return _name(lead["lost_reason_id"])

    def came_by(self, opportunity: int) -> tuple[str, str, str]:
        names = ["source_id", "medium_id", "campaign_id"]
        (lead,) = self._read("crm.lead", [opportunity], names)
        for name, model in zip(names, ("source", "medium", "campaign"), strict=True):
            assert self._count(f"utm.{model}", [("name", "=", _name(lead[name]))]) == 1
        source, medium, campaign = (_name(lead[name]) for name in names)
        return source, medium, campaign

    def _as(self, colleague: Staff) -> OdooUser:
        """Work as this user, whom the tests made."""
        password = secrets.token_urlsafe()
        self.odoo.call("res.users", "write", [colleague.user], {"password": password})
        return replace(self.odoo.sales, user_id=colleague.user or 0, password=password)

    def _group(self, name: str) -> int:
        reference = self.odoo.call("ir.model.data", "check_object_reference", *name.split("."))
        return int(reference[1])

    def delete_activities(self, opportunity: int) -> None:
        self.odoo.call(
            "mail.activity", "unlink", [one["id"] for one in self._activities(opportunity)]
        )

    def _lead(self, opportunity: int) -> dict[str, Any]:
        (lead,) = self._read("crm.lead", [opportunity], [*_LEAD, *(n.name for n in NEEDS.fields)])
        return lead

    def _meetings(self, lead: Mapping[str, Any]) -> Iterator[SeenMeeting]:
        for event in self._read("calendar.event", lead["calendar_event_ids"], _EVENT):
            names = sorted(
                one["name"] for one in self._read("res.partner", event["partner_ids"], ["name"])
            )
            present = tuple(name for name in names if name != _name(lead["user_id"]))
            yield replace(_meeting(event), present=present, held=self._held(event["id"]))

    def _held(self, event: int) -> str:
        """The last line of the one note on a meeting that a person wrote, or we."""
        domain = [("model", "=", "calendar.event"), ("res_id", "=", event)]
        domain += [("message_type", "=", "comment")]
        told = self.odoo.call("mail.message", "search_read", domain, ["body"])
        assert len(told) <= 1, "noted more than once"
        return text_of(told[0]["body"]).splitlines()[-1] if told else ""

    def _activities(self, opportunity: int) -> list[dict[str, Any]]:
        return self._found(
            "mail.activity", "res_model", opportunity, ["summary", "active", "user_id"]
        )

    def _notes(self, opportunity: int) -> list[dict[str, Any]]:
        rows = self._found("mail.message", "model", opportunity, ["message_type", *_MESSAGE])
        return [row for row in rows if row["message_type"] == "comment"]

    def _found(self, model: str, link: str, opportunity: int, fields: list[str]) -> Any:
        domain = [(link, "=", "crm.lead"), ("res_id", "=", opportunity)]
        return self.odoo.call(model, "search_read", domain, fields, context=ALL)

    def _read(self, model: str, ids: list[int], fields: list[str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.odoo.call(model, "read", ids, fields)
        return rows

    def _count(self, model: str, domain: list[tuple[str, str, str]]) -> int:
        return int(self.odoo.call(model, "search_count", domain, context=ALL))


_LEAD = ["name", "partner_id", "user_id", "team_id", "stage_id", "tag_ids", "calendar_event_ids"]
_LEAD += ["probability", "won_status", "lost_reason_id"]
_EVENT = ["name", "start", "stop", "location", "partner_ids"]
_MESSAGE = ["author_id", "body"]


def _fields(lead: Mapping[str, Any]) -> Mapping[str, object]:
    values = {need.name: lead[need.name] for need in NEEDS.fields if lead[need.name]}
    at = values.get("x_dealdesk_t_datetime")
    return values | ({"x_dealdesk_t_datetime": _moment(at)} if at else {})


def _meeting(event: Mapping[str, Any]) -> SeenMeeting:
    start, stop = _moment(event["start"]), _moment(event["stop"])
    minutes = int((stop - start).total_seconds() // 60)
    return SeenMeeting(event["name"], start, minutes, event["location"] or "")


def _note(message: Mapping[str, Any]) -> SeenNote:
    return SeenNote(_name(message["author_id"]), text_of(message["body"]))


def text_of(body: str) -> str:
    """The words that a browser would show."""
    lines = re.sub(r"</p>|<br\s*/?>|</li>", "\n", body)
    return unescape(re.sub(r"<[^>]*>", "", lines)).strip()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _id(link: Any) -> int | None:
    return link[0] if link else None


def _name(link: Any) -> str:
    return link[1] if link else ""


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
