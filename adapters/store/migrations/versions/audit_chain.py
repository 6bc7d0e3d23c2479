"""The audit trail becomes a chain of hashes that only grows; rows of before are linked too."""

import sqlalchemy as sa
from alembic import op

from adapters.store.guards import BY_DIALECT
from dialogs.trail import GENESIS, link

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD = ("at", "actor", "action", "subject")
BEFORE = "0.1.0"
"""The one version that wrote rows without their version."""


def upgrade() -> None:
    connection = op.get_bind()
    old = sa.table("audit", *map(sa.column, ("seq", *OLD)))
    asked = sa.select(*(old.c[name] for name in OLD)).order_by(old.c.seq)
    kept = connection.execute(asked).all()
    op.drop_table("audit")
    audit, head = _tables()
    rows = _linked([tuple(row) for row in kept])
    if rows:
        op.bulk_insert(audit, rows)
    end = rows[-1] if rows else {"seq": 0, "hash": GENESIS}
    op.bulk_insert(head, [{"id": 1, "seq": end["seq"], "hash": end["hash"]}])
    for guard in BY_DIALECT[connection.dialect.name]:
        op.execute(guard)


def downgrade() -> None:
    """Give up the chain; the rows go with it."""
    op.drop_table("audit")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_only_grows()")
    texts = [sa.Column(name, sa.Text, nullable=False) for name in OLD[1:]]
    kind = _big()
    op.create_table(
        "audit",
        sa.Column("seq", kind, sa.Identity(), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        *texts,
        sqlite_autoincrement=True,
    )


def _tables() -> tuple[sa.Table, sa.Table]:
    texts = ("actor", "action", "subject", "channel", "programme", "hash")
    audit = op.create_table(
        "audit",
        sa.Column("seq", _big(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", _big(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    return audit, head


def _linked(kept: list[tuple[int | str, ...]]) -> list[dict[str, int | str]]:
    """Rows with their number from 1, the columns that were not known then, and their hash."""
    rows: list[dict[str, int | str]] = []
    previous = GENESIS
    for seq, old in enumerate(kept, 1):
        facts = (seq, *old, "", BEFORE)
        previous = link(previous, facts)
        names = ("seq", *OLD, "channel", "programme", "hash")
        rows.append(dict(zip(names, (*facts, previous), strict=True)))
    return rows


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
