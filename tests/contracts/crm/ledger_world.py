"""The embedded ledger as a world of the contract."""

import json
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.ledger import LedgerCrm
from dialogs.crm import Staff
from tests.contracts.crm.world import (
    NEEDS,
    SAM,
    SOFIA,
    ZONE,
    Seen,
    SeenMail,
    SeenMeeting,
    SeenNote,
    SeenOrder,
)


class LedgerWorld:
    sends_mail = False

    def __init__(self, directory: Path) -> None:
        self.path = directory / "ledger.sqlite3"
        self.crm = LedgerCrm(self.path, NEEDS, zone=ZONE)
        self.administrator = self.crm
        for colleague in (SAM, SOFIA):
            assert colleague.login
            self.crm.add_staff(colleague.name, colleague.login)

    def restarted(self) -> LedgerCrm:
        return LedgerCrm(self.path, NEEDS, zone=ZONE)

    def add_company(self, name: str, city: str = "") -> int:
        return self.crm.add_customer(name, city)

    def add_contact(self, company: int, name: str, email: str) -> int:
        return self.crm.add_contact(company, name, email)

    def partner(self, company: int) -> dict[str, str]:
        with closing(sqlite3.connect(self.path)) as books:
            asked = "SELECT facts FROM customer WHERE id = ?"
            (text,) = books.execute(asked, (company,)).fetchone()
        kept = json.loads(text)
        return {name: kept.get(name, "") for name in ("website", "industry_id", "category_id")}

    def moves_site(self, company: int, website: str) -> None:
        with closing(sqlite3.connect(self.path)) as books, books:
            changed = "UPDATE customer SET facts = json_set(facts, '$.website', ?) WHERE id = ?"
            books.execute(changed, (website, company))

    def mails(self, opportunity: int) -> list[SeenMail]:
        shown = self.crm.opportunity(opportunity)
        assert shown
        told = ((one.address, shown.notes[0].author, one.subject, one.body) for one in shown.mails)
        return [SeenMail(*one) for one in told]

    def orders(self, opportunity: int) -> list[SeenOrder]:
        shown = self.crm.opportunity(opportunity)
        assert shown
        assert shown.customer_id
        return [
            SeenOrder(
                shown.customer_id,
                one.terms,
                tuple((line.text, float(line.quantity), float(line.price)) for line in one.lines),
                float(one.total),
            )
            for one in shown.quotations
        ]

    def companies(self, name: str) -> int:
        return self._count("SELECT count(*) FROM customer WHERE name = ?", name)

    def opportunities(self, title: str) -> int:
        return self._count("SELECT count(*) FROM opportunity WHERE title = ?", title)

    def see(self, opportunity: int) -> Seen:
        shown = self.crm.opportunity(opportunity)
        assert shown
        return Seen(
            shown.title,
            shown.customer_id,
            shown.owner,
            shown.stage,
            shown.tags,
            self._fields(opportunity),
            tuple(
                SeenMeeting(
                    one.subject,
                    datetime.fromisoformat(one.start).astimezone(UTC),
                    one.minutes,
                    one.location,
                    one.attendees,
                    one.held,
                )
                for one in shown.meetings
            ),
            {one.summary: one.done for one in shown.activities},
            tuple(
                SeenNote(
                    note.author,
                    "\n".join([note.title, *(f"{row.label}: {row.value}" for row in note.rows)]),
                )
                for note in shown.notes
            ),
            float(self._cells(opportunity).get("probability") or 0),
            shown.lost,
            shown.team,
            {one.summary: one.owner for one in shown.activities},
        )

    def edit(self, opportunity: int, title: str, owner: Staff, text: str) -> None:
        self.crm.edit(
            opportunity, title=title, owner=owner.name, fields={"x_dealdesk_t_char": text}
        )

    def delete(self, opportunity: int) -> None:
        self.crm.delete_opportunity(opportunity)

    def delete_activities(self, opportunity: int) -> None:
        shown = self.crm.opportunity(opportunity)
        assert shown
        for activity in shown.activities:
            self.crm.delete_activity(activity.key)

    def hire(self, name: str, group: str = "") -> Staff:
        login = f"{secrets.token_hex(4)}@example.com"
        return self.crm.add_staff(name, login, [group] if group else [])

    def move(self, colleague: Staff, group: str) -> None:
        self.crm.add_staff(colleague.name, colleague.login or "", [group])

    def dismiss(self, colleague: Staff) -> None:
        self.crm.remove_staff(colleague.login or "")

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
        if kind:
            return 0  # the ledger has no such meetings
        began = int(start.timestamp() * 1000)
        planned = self.crm.plan_meeting(
            "Visit", began, began + minutes * 60_000, host.name, customer=company,
            opportunity=opportunity, guests=[guest] if guest else [], location="Hamburg",
        )  # fmt: skip
        if colleague:
            self.crm.answer_meeting(planned, colleague.name, "colleague")
        return planned

    def put_off(self, meeting: int, start: datetime, minutes: int) -> None:
        began = int(start.timestamp() * 1000)
        self.crm.move_meeting(meeting, began, began + minutes * 60_000)

    def call_off(self, meeting: int) -> None:
        self.crm.cancel_meeting(meeting)

    def decline(self, meeting: int, name: str) -> None:
        guests = name.startswith("Guest")
        self.crm.answer_meeting(meeting, name, "guest declined" if guests else "host declined")

    def attached(self, opportunity: int) -> list[tuple[str, bytes]]:
        shown = self.crm.opportunity(opportunity)
        assert shown
        return [(one.name, self._content(one.key, one.number)) for one in shown.files]

    def _content(self, key: str, number: int) -> bytes:
        found = self.crm.file(key, number)
        assert found
        return found[1]

    def read_by(self, colleague: Staff) -> list[str]:
        raise NotImplementedError

    def completed(self, opportunity: int) -> dict[str, tuple[str, str]]:
        question = "SELECT summary, feedback, finished FROM activity WHERE done AND opportunity = ?"
        with closing(sqlite3.connect(self.path)) as books:
            rows = books.execute(question, (opportunity,)).fetchall()
        return {summary: (result, day) for summary, result, day in rows}

    def comes_in(self, title: str, email: str = "", phone: str = "") -> int:
        return self.crm.add_lead(title, email_from=email, phone=phone)

    def declined(self, opportunity: int) -> str:
        with closing(sqlite3.connect(self.path)) as books:
            question = "SELECT lost FROM opportunity WHERE id = ?"
            (reason,) = books.execute(question, (opportunity,)).fetchone()
        assert reason is not None
        return str(reason)

    def came_by(self, opportunity: int) -> tuple[str, str, str]:
        cells = self._cells(opportunity)
        return cells["source_id"], cells["medium_id"], cells["campaign_id"]

    def _cells(self, opportunity: int) -> Mapping[str, str]:
        with closing(sqlite3.connect(self.path)) as books:
            question = "SELECT fields FROM opportunity WHERE id = ?"
            (text,) = books.execute(question, (opportunity,)).fetchone()
        return {name: told["cell"] for name, told in json.loads(text).items()}

    def _fields(self, opportunity: int) -> Mapping[str, object]:
        cells = self._cells(opportunity)
        typed = {need.name: _TYPED.get(need.type, str) for need in NEEDS.fields}
        return {name: typed[name](cell) for name, cell in cells.items() if cell and name in typed}

    def _count(self, question: str, value: str) -> int:
        with closing(sqlite3.connect(self.path)) as books:
            (count,) = books.execute(question, (value,)).fetchone()
        return int(count)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


_TYPED = {
    "integer": int,
    "float": float,
    "boolean": lambda cell: cell == "1",
    "datetime": _moment,
}
