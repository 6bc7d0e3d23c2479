"""The keys that people gave for the CRM: kept sealed, opened in memory, offered, forgotten.

Knows whose key is whose and which are still good; knows no web page and asks no CRM.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.redaction import hide
from bot.vault import Sealed, Vault
from dialogs.books import Books
from dialogs.people import Person
from dialogs.ports import Clock, OwnAccount
from dialogs.rows import StoredKey, Ticket
from dialogs.turns import Facts, OwnKey, Turn

log = logging.getLogger(__name__)

PATH = "/key"
TOKEN_BYTES = 16
OFFERED_MS = 10 * 60_000
TRIES = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody's key as it can be used now."""

    person: str
    given: str
    account: OwnAccount | None
    """None: it is not accepted any more, or our master keys don't open it."""
    denied: bool = False


class OwnKeys:
    """A snapshot of the keys that one process reads, like `bot.people.People`."""

    def __init__(
        self, vault: Vault | None, clock: Clock, *, address: str, crm_takes_keys: bool
    ) -> None:
        """Without a vault nobody can give a key; `address` is the web server's for browsers."""
        self._vault, self._clock = vault, clock
        self._address, self._crm_takes_keys = address, crm_takes_keys
        self._rows: dict[str, StoredKey] = {}
        self._held: dict[str, Held] = {}

    def refresh(self, books: Books) -> None:
        """Read all keys; those sealed by an earlier master key are sealed anew by the first."""
        rows = {row.person: row for row in books.own_keys()}
        if rows == self._rows:
            return
        for row in list(self._aged(rows.values())):
            books.keep_key(row)
            rows[row.person] = row
        self._rows = rows
        self._held = {row.login: self._opened(row) for row in rows.values()}

    def held(self, login: str) -> Held | None:
        """The key with which entries of that CRM user are made; None: the service account's."""
        return self._held.get(login) if self._crm_takes_keys else None

    def fact(self, person: Person) -> OwnKey:
        """How it stands for this person, with a new address where one can be offered."""
        row = self._rows.get(person.id)
        lacks = self._lacks(person)
        link = "" if lacks else f"{self._address}{PATH}/{secrets.token_urlsafe(TOKEN_BYTES)}"
        if row is None:
            return OwnKey(lacks, link)
        return OwnKey(lacks, link, row.given, row.ends, row.denied)

    def note(self, books: Books, facts: Facts, turn: Turn) -> None:
        """Write down what a turn says becomes of the person's key."""
        person, own = turn.conversation.id, facts.own_key
        now = self._clock.now()
        if own is None:
            return
        match turn.key:
            case "offered":
                token = own.link.rpartition("/")[2]
                books.offer(Ticket(hashed(token), person, now + OFFERED_MS), now)
            case "denied":
                books.deny_key(person, own.given)
            case "forgotten":
                books.forget_key(person)
                books.hasten(now)
            case "kept":
                books.hasten(now)
        self.refresh(books)

    def keep(self, books: Books, person: Person, secret: str, ends: int | None) -> StoredKey:
        """Seal and keep a key that the CRM has accepted."""
        assert self._vault is not None
        login = person.login or ""
        sealed = self._vault.seal(secret, _about(person.id, login))
        row = StoredKey(person.id, login, sealed, self._clock.new_id(), ends)
        books.keep_key(row)
        self.refresh(books)
        return row

    def given_before(self, person: Person) -> str:
        row = self._rows.get(person.id)
        return row.given if row else ""

    def _lacks(self, person: Person) -> Literal["", "crm", "master_key", "login"]:
        if not self._crm_takes_keys:
            return "crm"
        if self._vault is None:
            return "master_key"
        return "" if person.login else "login"

    def _opened(self, row: StoredKey) -> Held:
        secret = None if row.denied else self._secret(row)
        if secret is None:
            return Held(row.person, row.given, None, row.denied)
        hide.learn([secret])
        return Held(row.person, row.given, OwnAccount(row.login, secret))

    def _secret(self, row: StoredKey) -> str | None:
        if self._vault is None:
            return None
        try:
            return self._vault.open(row.sealed, _about(row.person, row.login))
        except Sealed:
            log.warning("no key of DEALDESK_MASTER_KEY opens the API key of %s", row.person)
            return None

    def _aged(self, rows: Iterable[StoredKey]) -> Iterator[StoredKey]:
        for row in rows:
            if self._vault is None or self._vault.is_current(row.sealed):
                continue
            secret = self._secret(row)
            if secret is not None:
                sealed = self._vault.seal(secret, _about(row.person, row.login))
                yield replace(row, sealed=sealed)


def hashed(token: str) -> str:
    """What is kept of a one-time address."""
    return hashlib.sha256(token.encode()).hexdigest()


def _about(person: str, login: str) -> str:
    """Binds a sealed key to its owner: moved to another row it does not open."""
    return f"{person}\n{login}"
