"""The ledger behind the port `Crm`, and what a page and a test may do with it besides."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from adapters.crm_rules.carried import carried
from adapters.ledger import (
    calendar,
    contacts,
    customers,
    entries,
    leads,
    orders,
    pieces,
    views,
)
from adapters.ledger import colleagues as staff_book
from adapters.ledger.answers import answer
from adapters.ledger.errands import overtaken
from adapters.ledger.schema import Ledger
from adapters.ledger.views import Opportunity
from dialogs.crm import Contact, CrmNeeds, Delivery, DeliveryReceipt, Finding, Staff, Standing
from dialogs.errors import CrmRefused, CrmUnavailable
from dialogs.events import Hit
from dialogs.lookups import Answer, Lookup

PAGES: Final = "/ledger"


def _now() -> datetime:
    return datetime.now(UTC)


class LedgerCrm:
    """A CRM in one SQLite file; safe to use from several threads and processes."""

    def __init__(
        self,
        path: Path,
        needs: CrmNeeds,
        *,
        examples: bool = False,
        zone: str = "Europe/Berlin",
        pages: str = PAGES,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Open or make the file and set up what the playbook needs.

        `examples` adds a few companies to an empty one; `pages` is the address under which
        somebody shows `opportunity(id)` as `<pages>/<id>`.

        Raises:
            CrmUnavailable: the file cannot be opened or is busy.
            CrmRefused: it is damaged, or of a newer version.
        """
        self._ledger = Ledger(path)
        self._language = needs.language
        self._zone = ZoneInfo(zone)
        self._pages = pages
        self._clock = clock
        with self._ledger.writing() as books:
            pieces.establish(books, [*pieces.standard(), *pieces.needed(needs)])
            if examples:
                customers.add_examples(books)

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        del fresh  # the look costs nothing here
        delivery = carried(delivery)
        with self._ledger.writing() as books:
            if entries.stands(books, delivery.key) is None:
                faster = overtaken(books, delivery, entries.found(books, delivery))
                if faster is not None:
                    number = delivery.lead or 0
                    return DeliveryReceipt(number, self._url(number), overtaken=faster)
                entries.enter(books, delivery, self._clock(), self._zone)
            made = entries.stands(books, delivery.key)
            quotation = orders.number_of(books, delivery.key)
        assert made is not None
        page = self._url(made.opportunity)
        order = orders.address(page, quotation) if quotation is not None else ""
        return DeliveryReceipt(made.opportunity, page, made.customer, order=order)

    def _url(self, opportunity: int) -> str:
        return f"{self._pages}/{opportunity}"

    def stands(self, key: str) -> bool:
        with self._ledger.reading() as books:
            return entries.stands(books, key) is not None

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        with self._ledger.reading() as books:
            return customers.search(books, text, limit)

    def look_up(self, lookup: Lookup) -> Answer:
        with self._ledger.reading() as books:
            return answer(books, lookup, self._url, self._zone)

    def staff(self, login: str) -> Staff | None:
        with self._ledger.reading() as books:
            return staff_book.find(books, login)

    def standing(
        self, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        with self._ledger.reading() as books:
            return tuple(staff_book.standing(books, one, groups) for one in colleagues)

    def staff_at(self, email: str) -> Staff | None:
        """See `Crm`; in the ledger the login is the e-mail."""
        return self.staff(email.strip().lower())

    def notify(self, user: int, subject: str, text: str) -> None:
        """See `Crm`.

        Raises:
            CrmRefused: always; the ledger sends no mail.
        """
        del user, subject, text
        raise CrmRefused("The embedded ledger sends no mail: an administrator has to give a code.")

    def examine(self, needs: CrmNeeds) -> tuple[Finding, ...]:
        try:
            with self._ledger.reading() as books:
                found = [finding for _, finding in pieces.findings(books, needs)]
        except (CrmUnavailable, CrmRefused) as error:
            return (Finding("ledger", "wrong", str(error)),)
        return (Finding("ledger", "ok"), *found)

    def prepare(self, needs: CrmNeeds, *, dry_run: bool) -> tuple[Finding, ...]:
        with self._ledger.writing() as books:
            return tuple(pieces.prepared(books, needs, dry_run=dry_run))

    def close(self) -> None:
        """Nothing is kept open between jobs."""

    def overview(self) -> tuple[Opportunity, ...]:
        """All opportunities, the newest first, labels in the company's language."""
        with self._ledger.reading() as books:
            return views.all_of(books, self._language)

    def opportunity(self, opportunity: int) -> Opportunity | None:
        with self._ledger.reading() as books:
            return views.one_of(books, opportunity, self._language)

    def file(self, key: str, number: int) -> tuple[str, bytes] | None:
        """Media type and content of a file that came with that delivery, if there is one."""
        with self._ledger.reading() as books:
            return views.content(books, key, number)

    def add_customer(self, name: str, city: str = "", email: str = "") -> int:
        """Add a company as a person would, whether or not there is one of that name."""
        with self._ledger.writing() as books:
            return customers.add(books, name, city, email)

    def add_lead(self, title: str, leader: str = "", **fields: str) -> int:
        """Add a lead as a website does; `leader` is the login of its sales team's leader."""
        with self._ledger.writing() as books:
            at = int(self._clock().timestamp() * 1000)
            return leads.come_in(books, title, fields, at, leader)

    def add_task(self, opportunity: int, owner: str, summary: str, due: str, note: str) -> None:
        """Add an activity as a person does; `due` is an ISO date, `owner` a name."""
        with self._ledger.writing() as books:
            leads.plan(books, opportunity, owner, summary, due, note)

    def move_task(self, summary: str, due: str) -> None:
        """Change the due date of an activity as a person would."""
        with self._ledger.writing() as books:
            books.execute("UPDATE activity SET due = ? WHERE summary = ?", (due, summary))

    def plan_meeting(
        self,
        subject: str,
        start: int,
        stop: int,
        owner: str,
        *,
        customer: int | None = None,
        opportunity: int | None = None,
        guests: Collection[str] = (),
        location: str = "",
    ) -> int:
        """Put a meeting into the calendar as a person would; times in epoch milliseconds."""
        with self._ledger.writing() as books:
            return calendar.plan(
                books, subject=subject, start=start, stop=stop, owner=owner, location=location,
                customer=customer, people=json.dumps(dict.fromkeys(guests, "guest")),
                opportunity=opportunity,
            )  # fmt: skip

    def move_meeting(self, meeting: int, start: int, stop: int) -> None:
        with self._ledger.writing() as books:
            moved = "UPDATE calendar SET start = ?, stop = ? WHERE id = ?"
            books.execute(moved, (start, stop, meeting))

    def answer_meeting(self, meeting: int, name: str, answer: str) -> None:
        """Let somebody answer: `guest`, `colleague`, `guest declined`, `host declined`."""
        with self._ledger.writing() as books:
            calendar.answered(books, meeting, name, answer)

    def cancel_meeting(self, meeting: int) -> None:
        with self._ledger.writing() as books:
            books.execute("DELETE FROM calendar WHERE id = ?", (meeting,))

    def add_contact(self, customer: int, name: str, email: str) -> int:
        """Add somebody at a customer as a person would."""
        with self._ledger.writing() as books:
            return contacts.add(books, customer, Contact(name, None, email))

    def add_staff(self, name: str, login: str, groups: Collection[str] = ()) -> Staff:
        """Add a user, or change the name and the groups of the one with that login."""
        with self._ledger.writing() as books:
            return staff_book.add(books, name, login, groups)

    def remove_staff(self, login: str) -> None:
        with self._ledger.writing() as books:
            books.execute("DELETE FROM staff WHERE login = ?", (login,))

    def edit(
        self,
        opportunity: int,
        *,
        title: str | None = None,
        owner: str | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Change an opportunity as a person would; what is None stays."""
        with self._ledger.writing() as books:
            _edit(books, opportunity, title, owner, fields or {})

    def delete_opportunity(self, opportunity: int) -> None:
        """Delete it with its meetings, activities and notes."""
        with self._ledger.writing() as books:
            books.execute("DELETE FROM opportunity WHERE id = ?", (opportunity,))

    def delete_activity(self, key: str) -> None:
        with self._ledger.writing() as books:
            books.execute("DELETE FROM activity WHERE key = ?", (key,))


def _edit(
    books: sqlite3.Connection,
    opportunity: int,
    title: str | None,
    owner: str | None,
    fields: Mapping[str, str],
) -> None:
    told = {name: {"cell": text, "text": text} for name, text in fields.items()}
    books.execute(
        "UPDATE opportunity SET title = coalesce(?, title), owner = coalesce(?, owner), "
        "fields = json_patch(fields, ?) WHERE id = ?",
        (
            title,
            owner,
            json.dumps(told),
            opportunity,
        ),
    )
