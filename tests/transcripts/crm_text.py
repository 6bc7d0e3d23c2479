"""What stands in a CRM as lines of a transcript: the same ones from the ledger and from an Odoo.

Only what dealdesk writes is told: no ids, no addresses, no times of writing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.ledger import LedgerCrm
from adapters.ledger import Opportunity as Shown
from adapters.ledger.views import ShownNote, ShownQuotation
from dialogs.playbook import Playbook
from dialogs.ports import Crm

BERLIN = ZoneInfo("Europe/Berlin")
EMPTY = (None, False, "", 0, 0.0, "0")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One opportunity; fields by technical name, a choice by its id."""

    title: str
    stage: str
    customer: str
    owner: str
    tags: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    meetings: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Start on Berlin's clocks, subject, and who takes part beside the host."""
    activities: tuple[tuple[str, str, bool], ...]
    """Summary, due date, whether it is done."""
    notes: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Title, author, rows; the oldest first."""
    lost: str = ""
    team: str = ""
    """Where it was handed over to."""
    files: tuple[tuple[str, str, int], ...] = ()
    """Name, type and bytes."""
    mails: tuple[tuple[str, str, str], ...] = ()
    """Address, subject, text; the oldest first."""
    quotations: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    """Lines, terms, untaxed total; the oldest first."""


def told(opportunities: Sequence[Opportunity]) -> Iterator[str]:
    """The lines of the `crm:` block, by title: one person's entry may overtake another's."""
    if not opportunities:
        yield "(nothing)"
    for one in sorted(opportunities, key=lambda one: one.title):
        tags = f" | tags {', '.join(one.tags)}" if one.tags else ""
        lost = f" | lost: {one.lost}" if one.lost else ""
        team = f" | team {one.team}" if one.team else ""
        placed = f"stage {one.stage} | customer {one.customer} | {one.owner}"
        yield f"{one.title} | {placed}{team}{tags}{lost}".rstrip()
        for name, text in sorted(one.fields):
            yield from _parts(f"{name} = {text}")
        for start, subject, present in one.meetings:
            yield f"  meeting {start} {subject}{_with(present)}"
        for summary, due, done in one.activities:
            yield f"  activity {summary}, due {due}{', done' if done else ''}"
        for lines, terms, total in one.quotations:
            yield f"  quotation, untaxed {total}{f', terms {terms}' if terms else ''}"
            yield from (f"    {line}" for line in lines)
        for address, subject, text in one.mails:
            yield f"  e-mail to {address}: {subject}"
            yield from (f"    {line}" for line in text.splitlines() if line)
        for title, author, rows in one.notes:
            yield f"  note {title} ({author})"
            yield from (f"    {line}" for row in rows for line in row.splitlines())
        yield from (f"  file {name} ({_sort(kind, size)})" for name, kind, size in one.files)


def _sort(kind: str, size: int) -> str:
    """How large a drawn picture gets is the drawing library's affair."""
    return kind if kind == "image/png" else f"{kind}, {size} bytes"


def _with(present: Sequence[str]) -> str:
    return f" | with {', '.join(present)}" if present else ""


def _parts(text: str) -> Iterator[str]:
    """A text of several lines, its first indented once."""
    first, *others = text.splitlines()
    yield f"  {first}"
    yield from (f"    {line}" for line in others if line.strip())


def _written(value: object) -> str:
    """A number without what only its storage adds; anything else as it is."""
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return str(value)


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Reads opportunities out of the ledger's file; the fields by the names they are kept under."""

    path: Path

    def opportunities(self, crm: Crm) -> list[Opportunity]:
        """All of them, the oldest first."""
        assert isinstance(crm, LedgerCrm)
        return [self._of_ledger(one) for one in reversed(crm.overview())]

    def _of_ledger(self, shown: Shown) -> Opportunity:
        return Opportunity(
            title=shown.title,
            stage=shown.stage,
            customer=shown.customer,
            owner=shown.owner,
            tags=shown.tags,
            fields=tuple(self._fields(shown.id)),
            meetings=tuple(
                (_minute(one.start), one.subject, one.attendees) for one in shown.meetings
            ),
            activities=tuple((one.summary, one.due, one.done) for one in shown.activities),
            notes=tuple((one.title, one.author, _rows(one)) for one in reversed(shown.notes)),
            lost=shown.lost or "",
            team=shown.team,
            files=tuple((one.name, one.type, one.size) for one in shown.files),
            mails=tuple((one.address, one.subject, one.body) for one in shown.mails),
            quotations=tuple(map(_quotation, shown.quotations)),
        )

    def _fields(self, opportunity: int) -> Iterator[tuple[str, str]]:
        asked = "SELECT fields FROM opportunity WHERE id = ?"
        with closing(sqlite3.connect(self.path)) as books:
            (kept,) = books.execute(asked, (opportunity,)).fetchone()
        for name, value in json.loads(kept).items():
            if (text := _written(value["cell"])) not in {"", "0"}:
                yield name, text


def _quotation(shown: ShownQuotation) -> tuple[tuple[str, ...], str, str]:
    lines = (_line(one.quantity, one.text, one.price) for one in shown.lines)
    return tuple(lines), shown.terms, _written(shown.total)


def _line(quantity: object, text: str, price: object) -> str:
    return f"{_written(quantity)} x {text} at {_written(price)}"


def _minute(start: str) -> str:
    return datetime.fromisoformat(start).astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")


def _rows(note: ShownNote) -> tuple[str, ...]:
    return tuple(f"{row.label}: {row.value}" for row in note.rows)


_REAL = "is_automated_probability"
_WON = 100
Call = Callable[..., Any]
"""(model, method, *args, **kwargs) as an administrator."""


@dataclass(frozen=True, slots=True)
class OdooReader:
    """Reads opportunities out of a real Odoo, without the code under test."""

    call: Call
    playbook: Playbook

    @property
    def fields(self) -> list[str]:
        """Those that the playbook writes."""
        asked = (one.crm for form in self.playbook.forms for one in form.questions)
        ours = (need.name for need in self.playbook.crm_needs.fields)
        return sorted({*ours, *(name for name in asked if name and _is_field(name))})

    def opportunities(self, _: Crm) -> list[Opportunity]:
        names = ["name", "stage_id", "partner_id", "user_id", "team_id", "tag_ids", *self.fields]
        names += ["active", "lost_reason_id", _REAL]
        all_of_them = {"active_test": False}
        leads = self.call("crm.lead", "search_read", [], names, order="id", context=all_of_them)
        return [self._of_odoo(lead) for lead in leads]

    def _of_odoo(self, lead: dict[str, Any]) -> Opportunity:
        texts = {name: _text(lead[name]) for name in self.fields}
        if lead[_REAL] and lead["probability"] < _WON:
            texts["probability"] = None  # Odoo reckons it itself, as long as nobody has said it
        return Opportunity(
            title=lead["name"],
            stage=self._stage(_name(lead["stage_id"])),
            customer=_name(lead["partner_id"]),
            owner=_name(lead["user_id"]),
            tags=tuple(one["name"] for one in self._named("crm.tag", lead["tag_ids"])),
            fields=tuple((n, _written(text)) for n, text in texts.items() if text not in EMPTY),
            meetings=tuple(self._meetings(lead["id"])),
            activities=tuple(self._activities(lead["id"])),
            notes=tuple(self._notes(lead["id"])),
            lost="" if lead["active"] else _name(lead["lost_reason_id"]) or "no reason",
            team=self._team(_name(lead["team_id"])),
            files=tuple(self._files(lead["id"])),
            mails=tuple(self._mails(lead["id"])),
            quotations=tuple(self._quotations(lead["id"])),
        )

    def _team(self, name: str) -> str:
        """A team that the playbook hands over to: every opportunity of Odoo's has some team."""
        return name if name in self.playbook.crm_needs.teams else ""

    def _stage(self, name: str) -> str:
        """What the playbook calls it first: an Odoo may say Qualified for Qualification."""
        found = (one.names[0] for one in self.playbook.stages if name in one.names)
        return next(found, name)

    def _named(self, model: str, ids: Sequence[int]) -> Any:
        return self.call(model, "read", list(ids), ["name"]) if ids else []

    def _meetings(self, lead: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        domain, order = [("opportunity_id", "=", lead)], "start, id"
        names = ["start", "name", "partner_ids", "user_id"]
        for row in self._rows("calendar.event", domain, names, order):
            start = datetime.fromisoformat(row["start"]).replace(tzinfo=UTC).astimezone(BERLIN)
            there = sorted(one["name"] for one in self._named("res.partner", row["partner_ids"]))
            present = tuple(name for name in there if name != _name(row["user_id"]))
            yield f"{start:%Y-%m-%d %H:%M}", row["name"], present

    def _activities(self, lead: int) -> Iterator[tuple[str, str, bool]]:
        domain, order = _about(lead), "date_deadline, id"
        names = ["summary", "date_deadline", "active"]
        for row in self._rows("mail.activity", domain, names, order):
            yield row["summary"], row["date_deadline"], not row["active"]

    def _notes(self, lead: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        domain = [*_about(lead, "model"), ("message_id", "=like", "<dealdesk-%")]
        for row in self._rows("mail.message", domain, ["body", "author_id"], "id"):
            title, rows = _read_note(row["body"])
            yield title, _name(row["author_id"]).rpartition(", ")[2], rows

    def _files(self, lead: int) -> Iterator[tuple[str, str, int]]:
        names = ["name", "mimetype", "file_size"]
        for row in self._rows("ir.attachment", _about(lead), names, "id"):
            yield row["name"], row["mimetype"], row["file_size"]

    def _mails(self, lead: int) -> Iterator[tuple[str, str, str]]:
        domain = [*_about(lead, "model"), ("body", "ilike", "dealdesk-mail-")]
        for row in self._rows("mail.message", domain, ["body", "subject", "partner_ids"], "id"):
            (partner,) = self.call("res.partner", "read", row["partner_ids"], ["email"])
            text, _ = _read_note(row["body"])
            yield partner["email"], row["subject"], text

    def _quotations(self, lead: int) -> Iterator[tuple[tuple[str, ...], str, str]]:
        names = ["order_line", "note", "amount_untaxed", "state"]
        for row in self._rows("sale.order", [("opportunity_id", "=", lead)], names, "id"):
            assert row["state"] == "draft"
            told = ["name", "product_uom_qty", "price_unit"]
            lines = self._rows("sale.order.line", [("order_id", "=", row["id"])], told, "sequence")
            terms, _ = _read_note(row["note"] or "")
            shown = (_line(o["product_uom_qty"], o["name"], o["price_unit"]) for o in lines)
            yield tuple(shown), terms, _written(row["amount_untaxed"])

    def _rows(self, model: str, domain: list[Any], names: list[str], order: str) -> Any:
        context = {"active_test": False}
        return self.call(model, "search_read", domain, names, order=order, context=context)


def _text(value: Any) -> Any:
    """A link is told by the name of what it leads to."""
    return value[1] if isinstance(value, list) else value


def _is_field(target: str) -> bool:
    return target not in {"customer", "title"} and "." not in target


def _about(lead: int, model: str = "res_model") -> list[Any]:
    return [(model, "=", "crm.lead"), ("res_id", "=", lead)]


def _name(pair: Any) -> str:
    return pair[1] if pair else ""


class _NoteReader(HTMLParser):
    """The paragraph of a note is its title, each item of its list a row."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.rows = "", list[str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "li":
            self.rows.append("")
        elif tag == "br":
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1] += data
        else:
            self.title += data


def _read_note(body: str) -> tuple[str, tuple[str, ...]]:
    reader = _NoteReader()
    reader.feed(body)
    return reader.title, tuple(reader.rows)
