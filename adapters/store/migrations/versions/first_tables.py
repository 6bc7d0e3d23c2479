"""The first tables: inbox, conversations, cases, approvals, timers, intents, places, people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _what_happens()
    _what_is_decided()
    _what_is_done_outside()
    _who_is_there()
    _what_is_kept()


def downgrade() -> None:
    """Remove everything; only sensible on a database without a history."""
    names = "message audit address person place intent timer approval case_file conversation inbox"
    for name in names.split():
        op.drop_table(name)


def _what_happens() -> None:
    op.create_table(
        "inbox",
        _seq(),
        _text("source_key"),
        _text("conversation"),
        _text("event_id"),
        _number("at"),
        _text("payload"),
        _text("status", "new"),
        _number("tries", 0),
        _text("error", ""),
        sa.UniqueConstraint("source_key", name="inbox_source_key"),
        sqlite_autoincrement=True,
    )
    _index("inbox_new", "inbox", "conversation", "seq", where="status = 'new'")
    _index("inbox_dead", "inbox", "seq", where="status = 'dead'")
    op.create_table(
        "timer",
        sa.Column("id", sa.Text, primary_key=True),
        _text("conversation"),
        _text("kind"),
        _number("due"),
        _text("payload"),
        _text("status", "armed"),
    )
    _index("timer_armed", "timer", "due", where="status = 'armed'")


def _what_is_decided() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text),
        _number("version", 0),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.Text, primary_key=True),
        _text("owner"),
        _text("step"),
        _text("state"),
        _number("opened"),
        _number("updated"),
    )
    _index("case_file_owner", "case_file", "owner", "opened")
    op.create_table(
        "approval",
        sa.Column("id", sa.Text, primary_key=True),
        _text("case_id"),
        _text("owner"),
        _text("status"),
        _text("subject"),
        _number("asked"),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.BigInteger),
    )
    _index("approval_open", "approval", "asked", where="status = 'open'")


def _what_is_done_outside() -> None:
    op.create_table(
        "intent",
        _seq(),
        _text("key"),
        _text("target"),
        _text("order_key"),
        _text("conversation"),
        _text("body"),
        _text("status", "pending"),
        sa.Column("blocking", sa.SmallInteger, nullable=False),
        _number("attempts"),
        _number("due"),
        _number("lease_until", 0),
        sa.Column("expires", sa.BigInteger),
        _number("created"),
        _text("error", ""),
        _text("result", ""),
        sa.UniqueConstraint("key", name="intent_key"),
        sqlite_autoincrement=True,
    )
    _index("intent_order", "intent", "order_key", "seq", where="blocking > 0")
    _index("intent_due", "intent", "due", where="status = 'pending'")
    _index("intent_crm", "intent", "status", "seq", where="target = 'crm'")
    _index("intent_dead", "intent", "target", where="status = 'dead'")
    op.create_table(
        "place",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("slot", sa.Text, primary_key=True),
        _text("ref"),
        sqlite_with_rowid=False,
    )


def _who_is_there() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text, primary_key=True),
        _text("name"),
        _text("role"),
        _text("language"),
        _text("zone"),
        sa.Column("login", sa.Text),
        sa.Column("crm_user", sa.BigInteger),
    )
    owner = sa.ForeignKey("person.id", name="address_person", ondelete="CASCADE")
    op.create_table(
        "address",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, primary_key=True),
        _text("chat"),
        sa.Column("person", sa.Text, owner, nullable=False),
        _number("position"),
    )
    _index("address_person_position", "address", "person", "position")


def _what_is_kept() -> None:
    op.create_table(
        "audit",
        _seq(),
        _number("at"),
        _text("actor"),
        _text("action"),
        _text("subject"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message",
        _seq(),
        _text("channel"),
        _text("chat"),
        _text("ref"),
        _text("body"),
        _number("at"),
        sa.UniqueConstraint("channel", "chat", "ref", name="message_ref"),
        sqlite_autoincrement=True,
    )
    _index("message_order", "message", "channel", "chat", "seq")


def _seq() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column("seq", kind, sa.Identity(), primary_key=True)


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    server = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.Text, nullable=False, server_default=server)


def _number(name: str, default: int | None = None) -> sa.Column[int]:
    server = None if default is None else sa.text(str(default))
    return sa.Column(name, sa.BigInteger, nullable=False, server_default=server)


def _index(name: str, table: str, *columns: str, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
