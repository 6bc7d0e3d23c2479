"""The one-time page on which somebody gives their own key for the CRM: who, when, how often.

A function of method, token, headers and body, free of any web framework. A key is tried on the CRM
before it is kept, and only for the account of the person whose address it is.
"""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from bot import codec
from bot.core import Core
from bot.ownkeys import TRIES, OwnKeys, hashed
from bot.people import People
from bot.redaction import hide
from dialogs.books import Books
from dialogs.credentials import ODOO_KEY
from dialogs.crm import KeyReport
from dialogs.errors import CrmRefused, CrmUnavailable
from dialogs.events import KeyKept
from dialogs.keypage import POLICY, Told, asking, ended
from dialogs.keys import DAY_MS
from dialogs.people import Person
from dialogs.ports import Clock, HttpAnswer, KeyedCrm, OwnAccount
from dialogs.rows import Arrived

ASSUMED_DAYS = 90
"""How long Odoo lets a key of an internal user live unless told otherwise."""
PATIENCE_S = 45.0
STATUS: dict[Told, HTTPStatus] = {
    "": HTTPStatus.OK,
    "shape": HTTPStatus.UNPROCESSABLE_ENTITY,
    "denied": HTTPStatus.UNPROCESSABLE_ENTITY,
    "away": HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class _Visit:
    """Somebody at an address that is good."""

    person: Person
    ticket: str


class KeyForm:
    """See `dialogs.ports.PathPage`."""

    def __init__(
        self, core: Core, keys: OwnKeys, people: People, clock: Clock, crm: KeyedCrm
    ) -> None:
        """Everything it needs."""
        self._core, self._keys, self._people = core, keys, people
        self._clock, self._crm = clock, crm

    async def __call__(self, method: str, token: str, headers: Any, body: bytes) -> HttpAnswer:  # noqa: ARG002 - the port's
        if method not in {"GET", "HEAD", "POST"}:
            return HttpAnswer(HTTPStatus.METHOD_NOT_ALLOWED, b"only GET and POST")
        visit = await self._core.do(lambda books: self._visit(books, token))
        if visit is None:
            return _page(HTTPStatus.GONE, ended("en", "gone"))
        # Chats look at addresses to draw a preview: only sending the form uses one up.
        return await self._sent(visit, body) if method == "POST" else _form(visit.person)

    def _visit(self, books: Books, token: str) -> _Visit | None:
        ticket = books.ticket(hashed(token), self._clock.now())
        person = self._people.directory.persons.get(ticket.person) if ticket else None
        if ticket is None or person is None or not person.login or ticket.tries >= TRIES:
            return None
        return _Visit(person, ticket.id)

    async def _sent(self, visit: _Visit, body: bytes) -> HttpAnswer:
        secret = parse_qs(body.decode(errors="replace")).get("key", [""])[0].strip()
        if ODOO_KEY.fullmatch(secret) is None:
            return _form(visit.person, "shape")
        hide.learn([secret])
        await self._core.do(lambda books: books.try_ticket(visit.ticket))
        try:
            report = await self._report(OwnAccount(visit.person.login or "", secret))
        except CrmRefused:
            return _form(visit.person, "denied")
        except (CrmUnavailable, TimeoutError):
            return _form(visit.person, "away")
        kept = await self._core.do(lambda books: self._kept(books, visit, secret, report))
        person = visit.person
        if not kept:
            return _page(HTTPStatus.GONE, ended(person.language, "gone"))
        return _page(HTTPStatus.OK, ended(person.language, "done"))

    async def _report(self, own: OwnAccount) -> KeyReport:
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.to_thread(self._crm.examine_key, own)

    def _kept(self, books: Books, visit: _Visit, secret: str, report: KeyReport) -> bool:
        """Keep the key, use the address up and let the person's conversation know: all or none."""
        now, person = self._clock.now(), visit.person
        if books.ticket(visit.ticket, now) is None:
            return False
        books.spend(person.id)
        ends = report.ends if report.known else now + ASSUMED_DAYS * DAY_MS
        before = self._keys.given_before(person)
        key = self._keys.keep(books, person, secret, ends)
        event = KeyKept(key.given, ends, not report.known, before)
        payload = codec.happened.write(codec.Happened(event, None))
        source = f"key_kept:{key.given}"
        books.accept([Arrived(source, person.id, self._clock.new_id(), now, payload)])
        return True


def _form(person: Person, told: Told = "") -> HttpAnswer:
    page = asking(person.language, person.name, person.login or "", told)
    return _page(STATUS[told], page)


def _page(status: int, body: bytes) -> HttpAnswer:
    headers = (("cache-control", "no-store"), ("content-security-policy", POLICY))
    return HttpAnswer(status, body, "text/html; charset=utf-8", headers)
