"""The audit trail: what a transaction notes is linked to the chain as its last act.

Last, because on PostgreSQL the head is locked until the commit: whoever holds it waits for
nobody else, so two replicas can't wait for each other, and it is held for the commit alone.
"""

from collections.abc import Sequence
from importlib.metadata import version

from sqlalchemy import ClauseElement, select, update

from adapters.store.engine import Engine
from adapters.store.errors import StoreFault
from adapters.store.inbox import LIMIT
from adapters.store.recipes import Source, Values, batch, fixed, single
from adapters.store.tables import audit, audit_head
from dialogs.rows import AuditLine
from dialogs.trail import Anchor, AuditRow, link

PROGRAMME = version("dealdesk")
ROW = ("seq", "at", "actor", "action", "subject", "channel", "programme", "hash")
FACTS = [audit.c[name] for name in ROW]


ONLY = audit_head.c.id == fixed(1)


@single()
def held_head(_: Source) -> ClauseElement:
    return select(audit_head.c.seq, audit_head.c.hash).where(ONLY).with_for_update()


@single()
def known_head(_: Source) -> ClauseElement:
    return select(audit_head.c.seq, audit_head.c.hash).where(ONLY)


@batch(*FACTS)
def new_audit(brought: Source) -> ClauseElement:
    return brought.insert(audit)


@batch(audit_head.c.seq, audit_head.c.hash)
def moved_head(brought: Source) -> ClauseElement:
    moved = update(audit_head).values(seq=brought.c["seq"], hash=brought.c["hash"])
    return moved.where(ONLY)


@single(audit.c.seq, LIMIT)
def next_audit(brought: Source) -> ClauseElement:
    rows = select(*FACTS).where(audit.c.seq > brought.c["seq"])
    return rows.order_by(audit.c.seq).limit(brought.c["limit"])


class Audit:
    """The part of `Books` that remembers who did what."""

    _engine: Engine
    _noted: list[tuple[int, AuditLine]]

    def note(self, lines: Sequence[AuditLine], now: int) -> None:
        self._noted += [(now, line) for line in lines]

    def trail(self, after: int, limit: int) -> list[AuditRow]:
        return [AuditRow(*row) for row in self._engine.ask(next_audit, after, limit)]

    def trail_head(self) -> Anchor | None:
        rows = self._engine.ask(known_head)
        return Anchor(*rows[0]) if rows else None

    def seal(self) -> None:
        """Link what was noted to the chain; the transaction does nothing after it but commit."""
        if not self._noted:
            return
        noted, self._noted = self._noted, []
        held = self._engine.ask(held_head)
        if not held:
            raise StoreFault("The head of the audit trail is gone: restore a backup.")
        rows = _linked(Anchor(*held[0]), noted)
        self._engine.count(new_audit, rows)
        self._engine.count(moved_head, [(rows[-1][0], rows[-1][-1])])

    def unseal(self) -> None:
        """Nothing of this transaction happened."""
        self._noted = []


def _linked(head: Anchor, noted: Sequence[tuple[int, AuditLine]]) -> list[Values]:
    rows: list[Values] = []
    previous = head.hash
    for seq, (at, one) in enumerate(noted, head.seq + 1):
        facts = (seq, at, one.actor, one.action, one.subject, one.channel, PROGRAMME)
        previous = link(previous, facts)
        rows.append((*facts, previous))
    return rows
