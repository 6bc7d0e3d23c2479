"""The programs at work on these tables. Each counts on; who stopped is for others to judge.

A count and no time, so that no two clocks have to agree. A program that was struck off while it
stood still gets a new number: what it had leased before is no longer its own.
"""

import os
import secrets
import socket
from collections.abc import Collection

from sqlalchemy import ClauseElement, delete, select, update

from adapters.store.engine import Engine
from adapters.store.outbox import PENDING
from adapters.store.recipes import Source, batch, fixed, single
from adapters.store.tables import intent, replica
from dialogs.rows import Roll

NOBODY = 0


@batch(replica.c.name)
def new_replica(brought: Source) -> ClauseElement:
    return brought.insert_new(replica, "name")


@batch(replica.c.seq, replica.c.name)
def beaten_replica(brought: Source) -> ClauseElement:
    counted = update(replica).values(beat=replica.c.beat + fixed(1))
    # After a rollback somebody else may have got the number that we remember.
    ours = (replica.c.seq == brought.c["seq"], replica.c.name == brought.c["name"])
    return counted.where(*ours)


@single()
def any_replica(_: Source) -> ClauseElement:
    return select(replica.c.seq, replica.c.beat)


@batch(replica.c.seq)
def gone_replica(brought: Source) -> ClauseElement:
    return delete(replica).where(replica.c.seq == brought.c["seq"])


@single(intent.c.holder)
def own_lease(brought: Source) -> ClauseElement:
    held = (PENDING, intent.c.lease_until > fixed(0), intent.c.holder == brought.c["holder"])
    return select(intent.c.seq).where(*held)


@batch(intent.c.seq, intent.c.due)
def freed_intent(brought: Source) -> ClauseElement:
    freed = update(intent).values(due=brought.c["due"], lease_until=fixed(0))
    return freed.where(PENDING, intent.c.seq == brought.c["seq"])


@batch(intent.c.holder, intent.c.due)
def orphaned_intent(brought: Source) -> ClauseElement:
    freed = update(intent).values(due=brought.c["due"], lease_until=fixed(0))
    leased = (PENDING, intent.c.lease_until > fixed(0))
    return freed.where(*leased, intent.c.holder == brought.c["holder"])


class Replicas:
    """The part of `Books` that knows who else is at work."""

    _engine: Engine
    _number = NOBODY
    _name = ""

    def beat(self) -> Roll:
        if not self._engine.count(beaten_replica, [(self._number, self._name)]):
            self._number = self._enrolled()
        return Roll(self._number, dict(self._engine.ask(any_replica)))

    def strike_off(self, numbers: Collection[int], now: int) -> int:
        # Their rows first: of two programs that strike off the same, the second finds nothing.
        gone = [n for n in sorted(numbers) if self._engine.count(gone_replica, [(n,)])]
        return sum(self._engine.count(orphaned_intent, [(n, now)]) for n in gone)

    def retire(self, now: int) -> int:
        number, self._number = self._number, NOBODY
        return self.strike_off([number], now)

    def let_go(self, in_hand: Collection[int], now: int) -> int:
        leased = {seq for (seq,) in self._engine.ask(own_lease, self._number)}
        return self._engine.count(freed_intent, [(n, now) for n in sorted(leased - {*in_hand})])

    def _enrolled(self) -> int:
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        (number,) = self._engine.seqs(new_replica, [(self._name,)])
        assert number is not None
        return number
