"""What has happened and waits for its turn: accepted once by source key, also from timers."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import ClauseElement, func, select, update

from adapters.store.engine import Engine
from adapters.store.recipes import Source, batch, fixed, single
from adapters.store.tables import inbox, timer
from dialogs.rows import Arrived

NEW = inbox.c.status == fixed("new")
ARMED = timer.c.status == fixed("armed")
LIMIT = timer.c.due.label("limit")  # a number; it only lends its type


@batch(inbox.c.source_key, inbox.c.conversation, inbox.c.event_id, inbox.c.at, inbox.c.payload)
def new_event(brought: Source) -> ClauseElement:
    return brought.insert_new(inbox, "source_key")


@batch(inbox.c.seq, inbox.c.error, inbox.c.status)
def failed_event(brought: Source) -> ClauseElement:
    failed = {name: brought.c[name] for name in ("error", "status")}
    counted = update(inbox).values(tries=inbox.c.tries + fixed(1), **failed)
    return counted.where(inbox.c.seq == brought.c["seq"], NEW)


@single(LIMIT)
def waiting_conversation(brought: Source) -> ClauseElement:
    waiting = select(inbox.c.conversation).where(NEW).group_by(inbox.c.conversation)
    return waiting.order_by(func.min(inbox.c.seq)).limit(brought.c["limit"])


@single(timer.c.due, LIMIT)
def due_timer(brought: Source) -> ClauseElement:
    due = select(timer.c.id).where(ARMED, timer.c.due <= brought.c["due"]).order_by(timer.c.due)
    ours = due.limit(brought.c["limit"]).with_for_update(skip_locked=True).cte("ours")
    fired = update(timer).values(status=fixed("fired")).where(timer.c.id.in_(select(ours.c.id)))
    return fired.returning(timer.c.due, timer.c.id, timer.c.conversation, timer.c.payload)


def keep_arrivals(engine: Engine, arrivals: Sequence[Arrived]) -> list[bool]:
    """Put them into the inbox in this order; False for a source key that is known."""
    rows = [(a.source_key, a.conversation, a.event_id, a.at, a.payload) for a in arrivals]
    return [seq is not None for seq in engine.seqs(new_event, rows)]


class Inbox:
    """The part of `Books` that knows what has happened."""

    _engine: Engine

    def accept(self, arrivals: Sequence[Arrived]) -> list[bool]:
        return keep_arrivals(self._engine, arrivals)

    def ready(self, limit: int) -> list[str]:
        return [name for (name,) in self._engine.ask(waiting_conversation, limit)]

    def stumble(self, seq: int, error: str, *, dead: bool) -> None:
        self._engine.count(failed_event, [(seq, error, "dead" if dead else "new")])

    def fire(self, now: int, limit: int) -> list[str]:
        fired = sorted(self._engine.ask(due_timer, now, limit))
        events = [_rung(key, talk, now, payload) for _, key, talk, payload in fired]
        keep_arrivals(self._engine, events)
        return list(dict.fromkeys(event.conversation for event in events))


def _rung(key: str, talk: str, now: int, payload: str) -> Arrived:
    """Make a fired timer's event; as lasting as the timer's id, from which its own derives."""
    source_key = f"timer:{key}"
    event_id = sha256(source_key.encode()).hexdigest()[:32]
    return Arrived(source_key, talk, event_id, now, payload)
