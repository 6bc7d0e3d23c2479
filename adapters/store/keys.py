"""Keys that people gave for the CRM, sealed, and the one-time addresses at which they give them.

Knows neither a key in the clear nor an address: it holds what was sealed, and hashes.
"""

from dataclasses import replace

from sqlalchemy import ClauseElement, delete, select, update

from adapters.store.engine import Engine
from adapters.store.outbox import CRM, PENDING
from adapters.store.recipes import Source, batch, fixed, single
from adapters.store.tables import intent, own_key, ticket
from dialogs.rows import StoredKey, Ticket

KEY = ("person", "login", "sealed", "given", "ends", "denied")
TICKET = ("id", "person", "ends", "tries")


@single()
def any_key(_: Source) -> ClauseElement:
    return select(*(own_key.c[name] for name in KEY)).order_by(own_key.c.person)


@batch(*(own_key.c[name] for name in KEY))
def kept_key(brought: Source) -> ClauseElement:
    put = brought.insert(own_key)
    newer = {name: put.excluded[name] for name in KEY if name != "person"}
    return put.on_conflict_do_update(index_elements=["person"], set_=newer)


@batch(own_key.c.person)
def dropped_key(brought: Source) -> ClauseElement:
    return delete(own_key).where(own_key.c.person == brought.c["person"])


@batch(own_key.c.person, own_key.c.given)
def denied_key(brought: Source) -> ClauseElement:
    ours = (own_key.c.person == brought.c["person"], own_key.c.given == brought.c["given"])
    return update(own_key).values(denied=fixed(1)).where(*ours)


@single(ticket.c.id, ticket.c.ends)
def live_ticket(brought: Source) -> ClauseElement:
    told = select(*(ticket.c[name] for name in TICKET))
    return told.where(ticket.c.id == brought.c["id"], ticket.c.ends > brought.c["ends"])


@batch(*(ticket.c[name] for name in TICKET))
def new_ticket(brought: Source) -> ClauseElement:
    return brought.insert(ticket)


@batch(ticket.c.id)
def tried_ticket(brought: Source) -> ClauseElement:
    tried = update(ticket).values(tries=ticket.c.tries + fixed(1))
    return tried.where(ticket.c.id == brought.c["id"])


@batch(ticket.c.person)
def left_ticket(brought: Source) -> ClauseElement:
    return delete(ticket).where(ticket.c.person == brought.c["person"])


@batch(ticket.c.ends)
def old_ticket(brought: Source) -> ClauseElement:
    return delete(ticket).where(ticket.c.ends <= brought.c["ends"])


@batch(intent.c.due)
def waiting_entry(brought: Source) -> ClauseElement:
    hurried = update(intent).values(due=brought.c["due"])
    free = (intent.c.lease_until == fixed(0), intent.c.due > brought.c["due"])
    return hurried.where(PENDING, CRM, *free)


class Keys:
    """The part of `Books` that keeps people's own keys."""

    _engine: Engine

    def own_keys(self) -> list[StoredKey]:
        rows = self._engine.ask(any_key)
        return [replace(StoredKey(*row), denied=bool(row[-1])) for row in rows]

    def keep_key(self, key: StoredKey) -> None:
        row = (key.person, key.login, key.sealed, key.given, key.ends, int(key.denied))
        self._engine.count(kept_key, [row])

    def forget_key(self, person: str) -> bool:
        return self._engine.count(dropped_key, [(person,)]) == 1

    def deny_key(self, person: str, given: str) -> bool:
        return self._engine.count(denied_key, [(person, given)]) == 1

    def offer(self, ticket: Ticket, now: int) -> None:
        self._engine.count(old_ticket, [(now,)])
        self._engine.count(left_ticket, [(ticket.person,)])
        self._engine.count(new_ticket, [(ticket.id, ticket.person, ticket.ends, ticket.tries)])

    def ticket(self, id_: str, now: int) -> Ticket | None:
        rows = self._engine.ask(live_ticket, id_, now)
        return Ticket(*rows[0]) if rows else None

    def try_ticket(self, id_: str) -> None:
        self._engine.count(tried_ticket, [(id_,)])

    def spend(self, person: str) -> None:
        self._engine.count(left_ticket, [(person,)])

    def hasten(self, now: int) -> None:
        self._engine.count(waiting_entry, [(now,)])
