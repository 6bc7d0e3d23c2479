"""What is to be done outside: written in a turn, claimed with a lease, settled with fencing.

The order of an order key: an intent is claimed only when no older one stands in its way. One that
is pending does, whether it is leased, waits for its next attempt or is blocked itself; a dead one
does where it says so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ClauseElement,
    ColumnElement,
    case,
    column,
    exists,
    func,
    null,
    select,
    tuple_,
    update,
)

from adapters.store.audit import Audit
from adapters.store.engine import Engine
from adapters.store.inbox import ARMED, LIMIT, keep_arrivals
from adapters.store.recipes import Source, Values, batch, fixed, single
from adapters.store.tables import intent, place, timer
from dialogs.rows import Claimed, DeliveryLine, Intent, Settlement

UNTIL_DONE = 1  # values of `blocking`
ALSO_DEAD = 2
PENDING = intent.c.status == fixed("pending")
DEAD = intent.c.status == fixed("dead")
CRM = intent.c.target == fixed("crm")
KEPT: Mapping[str, str] = {"done": "done", "dead": "dead", "retry": "pending", "release": "pending"}


def _columns(names: str) -> list[ColumnElement[Any]]:
    return [intent.c[name] for name in names.split()]


def _free() -> ColumnElement[bool]:
    older = intent.alias("older")
    same = older.c.order_key == intent.c.order_key
    # Asked for a lower seq alone, PostgreSQL with old statistics reads along the primary key: four
    # minutes for 20 000 rows. Only intent_order can answer for the pair.
    mine = tuple_(intent.c.order_key, intent.c.seq)
    before = tuple_(older.c.order_key, older.c.seq) < mine
    return ~exists().where(same, before, older.c.blocking > fixed(0))


@batch(intent.c.order_key)
def blocked_order(brought: Source) -> ClauseElement:
    key = brought.c["order_key"]
    blocking = exists().where(intent.c.order_key == key, intent.c.blocking > fixed(0))
    return brought.select(key).where(blocking)


@batch(
    *_columns("key target order_key conversation body"),
    *_columns("blocking attempts due lease_until expires created holder"),
)
def new_intent(brought: Source) -> ClauseElement:
    return brought.insert_new(intent, "key")


@single(intent.c.due, intent.c.lease_until, LIMIT, intent.c.holder)
def due_intent(brought: Source) -> ClauseElement:
    due = select(intent.c.seq).where(PENDING, intent.c.due <= brought.c["due"], _free())
    first = due.order_by(intent.c.due, intent.c.seq).limit(brought.c["limit"])
    ours = first.with_for_update(of=intent, skip_locked=True).cte("ours")
    lease = brought.c["lease_until"]
    more = intent.c.attempts + fixed(1)
    leased = {"due": lease, "lease_until": lease, "holder": brought.c["holder"]}
    claimed = update(intent).values(attempts=more, **leased)
    told = _columns("seq key target order_key conversation body attempts created expires")
    return claimed.where(intent.c.seq.in_(select(ours.c.seq))).returning(*told)


@batch(*_columns("seq attempts status due error result"), column("uncounted", BigInteger))
def settled_intent(brought: Source) -> ClauseElement:
    b = brought.c
    shown = (b["status"] == fixed("done")) & (intent.c.target == fixed("chat"))
    settled = update(intent).values(
        status=b["status"],
        due=b["due"],
        lease_until=fixed(0),
        attempts=intent.c.attempts - b["uncounted"],
        error=func.coalesce(b["error"], intent.c.error),
        result=b["result"],
        blocking=_still_blocking(b["status"]),
        body=case((shown, fixed("")), else_=intent.c.body),  # the chat keeps what was shown
    )
    ours = (intent.c.seq == b["seq"], intent.c.attempts == b["attempts"])
    # Only what is pending has a lease; asked for "pending", PostgreSQL reads all of intent_due.
    return brought.hits(settled.where(*ours, intent.c.lease_until > fixed(0)))


@single(intent.c.due)
def leased_intent(brought: Source) -> ClauseElement:
    freed = update(intent).values(due=brought.c["due"], lease_until=fixed(0))
    return freed.where(PENDING, intent.c.lease_until > fixed(0)).returning(intent.c.seq)


@batch(*_columns("seq due"))
def revived_intent(brought: Source) -> ClauseElement:
    b = brought.c
    revived = update(intent).values(
        status=fixed("pending"),
        due=b["due"],
        expires=null(),
        blocking=case((intent.c.blocking == fixed(0), fixed(UNTIL_DONE)), else_=intent.c.blocking),
    )
    return revived.where(intent.c.seq == b["seq"], DEAD, CRM)


@batch(*_columns("seq due"))
def dropped_intent(brought: Source) -> ClauseElement:
    dropped = update(intent).values(
        status=fixed("dropped"), due=brought.c["due"], blocking=fixed(0)
    )
    return dropped.where(intent.c.seq == brought.c["seq"], DEAD, CRM)


@single(intent.c.status, LIMIT)
def crm_intent(brought: Source) -> ClauseElement:
    told = _columns("seq key status attempts created due error body conversation")
    lines = select(*told).where(CRM, intent.c.status == brought.c["status"])
    return lines.order_by(intent.c.seq.desc()).limit(brought.c["limit"])


@single()
def next_due(_: Source) -> ClauseElement:
    rings = select(func.min(timer.c.due)).where(ARMED).scalar_subquery()
    waits = select(intent.c.due).where(PENDING, _free()).order_by(intent.c.due)
    return select(rings, waits.limit(fixed(1)).scalar_subquery())


@batch(place.c.channel, place.c.chat, place.c.slot)
def known_place(brought: Source) -> ClauseElement:
    found = select(place.c.channel, place.c.chat, place.c.slot, place.c.ref)
    return found.where(*(place.c[name] == at for name, at in brought.c.items()))


@batch(place.c.channel, place.c.chat, place.c.slot, place.c.ref)
def kept_place(brought: Source) -> ClauseElement:
    put = brought.insert(place)
    key = ["channel", "chat", "slot"]
    return put.on_conflict_do_update(index_elements=key, set_={"ref": put.excluded.ref})


def enqueue(
    engine: Engine, turns: Sequence[Sequence[Intent]], now: int, lease_until: int, holder: int
) -> list[Claimed]:
    """Keep the intents of these turns and claim those nothing older stands in the way of."""
    keys = {wanted.order_key for intents in turns for wanted in intents}
    blocked = {key for (key,) in engine.rows(blocked_order, [(key,) for key in keys])}
    news = list(_sorted_out(turns, blocked))
    rows = [_row(new, now, lease_until if free else 0, holder) for new, free in news]
    seqs = engine.seqs(new_intent, rows)
    claimed = [(seq, new) for seq, (new, free) in zip(seqs, news, strict=True) if free and seq]
    return [_claimed(seq, new, now) for seq, new in claimed]


class Outbox(Audit):
    """The part of `Books` that knows what is to be done outside."""

    _number: int

    def apologise(self, apology: Intent, now: int, lease_until: int) -> list[Claimed]:
        return enqueue(self._engine, [[apology]], now, lease_until, self._number)

    def claim(self, now: int, lease_until: int, limit: int) -> list[Claimed]:
        rows = sorted(self._engine.ask(due_intent, now, lease_until, limit, self._number))
        return [_claimed_again(row) for row in rows]

    def take_back(self, now: int) -> int:
        return len(self._engine.ask(leased_intent, now))

    def settle(self, settlements: Sequence[Settlement], now: int) -> None:
        hits = self._engine.hits(settled_intent, [_settled(s, now) for s in settlements])
        counted = [s for s, hit in zip(settlements, hits, strict=True) if hit]
        keep_arrivals(self._engine, [arrival for s in counted for arrival in s.arrivals])
        self.note([line for s in counted for line in s.audit], now)
        standing = {s.place: s.result for s in counted if s.place is not None}
        self._engine.count(kept_place, [(*at, ref) for at, ref in standing.items()])

    def places(self, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
        rows = self._engine.rows(known_place, list(keys))
        return {(channel, chat, slot): ref for channel, chat, slot, ref in rows}

    def next_due(self) -> int | None:
        ((rings, waits),) = self._engine.ask(next_due)
        return min((due for due in (rings, waits) if due is not None), default=None)

    def deliveries(self, status: Collection[str], limit: int) -> list[DeliveryLine]:
        rows = [row for one in set(status) for row in self._engine.ask(crm_intent, one, limit)]
        return [DeliveryLine(*row) for row in sorted(rows, reverse=True)[:limit]]

    def revive(self, seq: int, now: int) -> bool:
        return self._engine.count(revived_intent, [(seq, now)]) == 1

    def drop(self, seq: int, now: int) -> bool:
        return self._engine.count(dropped_intent, [(seq, now)]) == 1


def _sorted_out(
    turns: Sequence[Sequence[Intent]], blocked: set[str]
) -> Iterator[tuple[Intent, bool]]:
    """Tell which intents are free: a turn's own with one order key go together, as one run."""
    for intents in turns:
        for wanted in intents:
            yield wanted, wanted.order_key not in blocked
        blocked.update(wanted.order_key for wanted in intents)


def _row(new: Intent, now: int, lease: int, holder: int) -> Values:
    return (
        new.key,
        new.target,
        new.order_key,
        new.conversation,
        new.body,
        ALSO_DEAD if new.blocks_when_dead else UNTIL_DONE,
        1 if lease else 0,
        lease or now,
        lease,
        new.expires,
        now,
        holder,
    )


def _claimed(seq: int, new: Intent, now: int) -> Claimed:
    return Claimed(
        seq,
        new.key,
        new.target,
        new.order_key,
        new.conversation,
        new.body,
        attempts=1,
        fresh=True,
        created=now,
        expires=new.expires,
    )


def _claimed_again(row: Values) -> Claimed:
    seq, key, target, order, talk, body, attempts, created, expires = row
    fresh = False
    return Claimed(seq, key, target, order, talk, body, attempts, fresh, created, expires)


def _settled(s: Settlement, now: int) -> Values:
    due = s.due if s.outcome == "retry" else now
    error = None if s.outcome == "release" else s.error
    result = s.result if s.outcome in ("done", "dead") else ""
    return s.seq, s.attempts, KEPT[s.outcome], due, error, result, int(s.outcome == "release")


def _still_blocking(status: ColumnElement[str]) -> ColumnElement[int]:
    in_the_way = (status == fixed("dead")) & (intent.c.blocking == fixed(ALSO_DEAD))
    return case(
        (status == fixed("pending"), intent.c.blocking),
        (in_the_way, fixed(ALSO_DEAD)),
        else_=fixed(0),
    )
