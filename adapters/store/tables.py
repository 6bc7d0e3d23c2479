"""The tables. Knows columns, keys and indexes; nothing of who reads or writes them.

Times are epoch milliseconds; texts named state, payload, body and subject are JSON nobody here
looks into. Table names are singular. A change here needs a new migration and a new `SCHEMA`.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from adapters.store.guards import guarded

SCHEMA = "0008"
"""The revision of the migrations that makes these tables."""

metadata = MetaData()
_BIG = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is a row's own number there


def _seq() -> Column[int]:
    """Make a number that grows and is never given twice, also after the newest row was deleted."""
    return Column("seq", _BIG, Identity(), primary_key=True)


def _text(name: str, default: str | None = None) -> Column[str]:
    server = None if default is None else text(f"'{default}'")
    return Column(name, Text, nullable=False, server_default=server)


def _number(name: str, default: int | None = None) -> Column[int]:
    server = None if default is None else text(str(default))
    return Column(name, BigInteger, nullable=False, server_default=server)


def _index(name: str, *columns: str, where: str | None = None) -> Index:
    condition = None if where is None else text(where)
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


inbox = Table(
    "inbox",
    metadata,
    _seq(),
    _text("source_key"),
    _text("conversation"),
    _text("event_id"),
    _number("at"),
    _text("payload"),
    _text("status", "new"),  # new, done, dead
    _number("tries", 0),
    _text("error", ""),
    UniqueConstraint("source_key", name="inbox_source_key"),
    _index("inbox_new", "conversation", "seq", where="status = 'new'"),
    _index("inbox_dead", "seq", where="status = 'dead'"),
    sqlite_autoincrement=True,
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text),
    _number("version", 0),
)

case_file = Table(
    "case_file",
    metadata,
    Column("id", Text, primary_key=True),
    _text("owner"),
    _text("step"),
    _text("state"),
    _number("opened"),
    _number("updated"),
    _index("case_file_owner", "owner", "opened"),
)

approval = Table(
    "approval",
    metadata,
    Column("id", Text, primary_key=True),
    _text("case_id"),
    _text("owner"),
    _text("status"),  # open, approved, rejected, withdrawn
    _text("subject"),
    _number("asked"),
    Column("decided_by", Text),
    Column("decided_at", BigInteger),
    _index("approval_open", "asked", where="status = 'open'"),
)

vote = Table(
    "vote",
    metadata,
    Column("approval", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    _text("verdict"),  # approved, rejected
    _number("at"),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Text, primary_key=True),
    _text("conversation"),
    _text("kind"),
    _number("due"),
    _text("payload"),
    _text("status", "armed"),  # armed, fired, cancelled
    _index("timer_armed", "due", where="status = 'armed'"),
)

intent = Table(
    "intent",
    metadata,
    _seq(),
    _text("key"),
    _text("target"),  # chat, crm, search, rights, invite
    _text("order_key"),
    _text("conversation"),
    _text("body"),
    _text("status", "pending"),  # pending, done, dead, dropped
    # 0: in nobody's way; 1: later ones wait while it is pending; 2: also while it is dead
    Column("blocking", SmallInteger, nullable=False),
    _number("attempts"),
    _number("due"),  # when it is to be looked at next: while it is leased, the end of the lease
    _number("lease_until", 0),  # 0: nobody has it
    Column("expires", BigInteger),
    _number("created"),
    _text("error", ""),
    _text("result", ""),
    _number("holder", 0),  # the replica that leased it last
    UniqueConstraint("key", name="intent_key"),
    _index("intent_order", "order_key", "seq", where="blocking > 0"),
    _index("intent_due", "due", where="status = 'pending'"),
    _index("intent_crm", "status", "seq", where="target = 'crm'"),
    _index("intent_dead", "target", where="status = 'dead'"),
    sqlite_autoincrement=True,
)

replica = Table(
    "replica",
    metadata,
    _seq(),  # the lowest leads
    _text("name"),
    _number("beat", 0),
    UniqueConstraint("name", name="replica_name"),
    sqlite_autoincrement=True,
)

place = Table(
    "place",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    _text("ref"),
    sqlite_with_rowid=False,  # rows are as small as their key: one tree instead of two
)

moved_chat = Table(
    "moved_chat",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    _text("goes_on"),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", Text, primary_key=True),
    _number("at"),
)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    _text("role"),
    _text("language"),
    _text("zone"),
    Column("login", Text),
    Column("crm_user", BigInteger),
    Column("crm_role", Text),  # gone, none, sales, management; null before the CRM was asked
)

link_code = Table(
    "link_code",
    metadata,
    Column("hash", Text, primary_key=True),
    _text("person"),
    _text("subject"),
    _number("expires"),
    Column("used", BigInteger),
    _index("link_code_person", "person", "expires"),
)

address = Table(
    "address",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    _text("chat"),
    Column(
        "person",
        Text,
        ForeignKey("person.id", name="address_person", ondelete="CASCADE"),
        nullable=False,
    ),
    _number("position"),  # 0 is the one used last
    _index("address_person_position", "person", "position"),
)

own_key = Table(
    "own_key",
    metadata,
    Column("person", Text, primary_key=True),
    _text("login"),
    _text("sealed"),  # the key, encrypted; what opens it is not in the database
    _text("given"),
    Column("ends", BigInteger),
    _number("denied", 0),  # 1: the CRM no longer accepts it
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", Text, primary_key=True),  # hash of a one-time address
    _text("person"),
    _number("ends"),
    _number("tries", 0),
)

audit = Table(
    "audit",
    metadata,
    # Numbered by the chain itself, without a gap.
    Column("seq", _BIG, primary_key=True, autoincrement=False),
    _number("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("channel"),
    _text("programme"),
    _text("hash"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", _BIG, primary_key=True, autoincrement=False),  # 1: there is one head
    _number("seq"),
    _text("hash"),
)

message = Table(
    "message",
    metadata,
    _seq(),
    _text("channel"),
    _text("chat"),
    _text("ref"),
    _text("body"),
    _number("at"),
    UniqueConstraint("channel", "chat", "ref", name="message_ref"),
    _index("message_order", "channel", "chat", "seq"),
    sqlite_autoincrement=True,
)

upload = Table(
    "upload",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    _number("at"),
    _number("done", 0),  # when it was in the CRM; 0 while it is not
    Column("content", LargeBinary, nullable=False),  # last: SQLite reads past it to what is behind
)

guarded(metadata)
