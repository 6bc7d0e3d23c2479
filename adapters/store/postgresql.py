"""The PostgreSQL engine: psycopg, one connection, one statement for a whole batch of rows.

The only module that imports psycopg, so that SQLite needs none of it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
import sqlalchemy
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from sqlalchemy import (
    BigInteger,
    ClauseElement,
    LargeBinary,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    column,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.base import PGDialect

from adapters.store import arrays
from adapters.store.errors import StoreFault
from adapters.store.recipes import (
    Column,
    Parameters,
    Recipe,
    Upsert,
    Values,
    all_recipes,
    written,
)
from adapters.store.tables import metadata
from dialogs.errors import DealdeskError, StoreInterrupted, StoreUnavailable

CONNECTION: Mapping[str, Any] = {  # a peer that went silently is noticed within half a minute
    "connect_timeout": 2,  # seconds; libpq knows nothing shorter
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
    "application_name": "dealdesk",
}
SESSION = (  # and so it is by the server, whose row locks others wait for
    # A transaction of ours idles for milliseconds; one that idles for seconds is of a program that
    # stands still. Who waits for its rows gives up before a platform does, and asks again.
    "SET lock_timeout = '800ms'; SET idle_in_transaction_session_timeout = '5s';"
    " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;"
    # The rows of a batch are looked up by index, one by one. Plans are kept: one made while the
    # tables were small would read them from end to end when they are large.
    " SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
    " SET jit = off"
)
BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED"
MIGRATION_LOCK = 0x6465616C6465736B  # "dealdesk"
REMEDIES = {  # by SQLSTATE, or its class
    "25006": "is a read-only copy: name the primary server in DEALDESK_DATABASE_URL",
    "40": "was busy with the same rows; it is tried again",
    "53": "has no room left: free disk space or connections of the server",
    "55": "was busy with the same rows; it is tried again",
    "57014": "took too long; it is tried again",
}
AGAIN = ("08", "40", "55", "57")
"""Classes of what may be over at once: connection lost, conflict, lock not got, server going."""
OUTSIDE = (psycopg.OperationalError, psycopg.InternalError, psycopg.InterfaceError)
AWAY = (  # a refused login has no SQLSTATE, but says in its own words what is wrong
    "can't be used: check that PostgreSQL runs, and address, database, user and password in"
    " DEALDESK_DATABASE_URL"
)


Connection = psycopg.Connection[Values]
Cursor = psycopg.Cursor[Values]


class Texts(list[str | None]):
    """A column of texts."""


class Numbers(list[int | None]):
    """A column of whole numbers."""


class Contents(list[bytes]):
    """A column of files' contents."""


class TextsDumper(Dumper):
    format = Format.BINARY
    oid = 1009

    def dump(self, obj: Texts) -> Buffer:
        return arrays.texts(obj)


class NumbersDumper(Dumper):
    format = Format.BINARY
    oid = 1016

    def dump(self, obj: Numbers) -> Buffer:
        return arrays.numbers(obj)


class ContentsDumper(Dumper):
    format = Format.BINARY
    oid = 1001

    def dump(self, obj: Contents) -> Buffer:
        return arrays.contents(obj)


class Arrays:
    """A source whose rows come all at once: a table made of one array for each column."""

    def __init__(self, takes: Sequence[Column]) -> None:
        types = {str(taken.key): _stored(taken) for taken in takes}
        brought = [
            cast(bindparam(f"b_{name}"), postgresql.ARRAY(kind)) for name, kind in types.items()
        ]
        named = [column(name, kind) for name, kind in types.items()]
        self._rows = (
            func.unnest(*brought).table_valued(*named, with_ordinality="nth").render_derived("b")
        )
        self.c: Mapping[str, Column] = {name: self._rows.c[name] for name in types}

    def insert(self, table: Table) -> Upsert:
        rows = select(*self.c.values()).order_by(self._rows.c.nth)
        return postgresql.insert(table).from_select(list(self.c), rows)

    def insert_new(self, table: Table, key: str) -> ClauseElement:
        known = self.insert(table).on_conflict_do_nothing(index_elements=[key])
        return known.returning(table.c.seq, table.c[key])

    def select(self, *columns: Column) -> Select[tuple[object, ...]]:
        return select(*columns).select_from(self._rows)

    def hits(self, statement: Update) -> ClauseElement:
        return statement.returning(self._rows.c.nth)


@dataclass(frozen=True, slots=True)
class Statement:
    """A written recipe with what turns its columns into arrays."""

    sql: bytes
    arrange: Callable[[Values], Values] | None
    columns: tuple[type[Texts | Numbers | Contents], ...]


class PostgresqlEngine:
    """See `Engine`. Connects when first used and again after the connection was lost."""

    errors = psycopg.Error

    def __init__(self, url: sqlalchemy.URL) -> None:
        self.name = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self._url = url
        self._statements = {recipe: _statement(recipe) for recipe in all_recipes()}
        self._connection: Connection | None = None
        self._cursor: Cursor

    def explain(self, error: Exception) -> DealdeskError:
        state = getattr(error, "sqlstate", None) or ""
        if not isinstance(error, OUTSIDE):
            return StoreFault(f"A fault of this program, please report it: {error}")
        remedies = (REMEDIES.get(key) for key in (state, state[:2]))
        remedy = next(filter(None, remedies), AWAY)
        kind = StoreInterrupted if not state or state[:2] in AGAIN else StoreUnavailable
        return kind(f"The database {self.name} {remedy}. ({error})")

    def begin(self) -> None:
        if self._connection is None:
            self._connect()
        else:
            self._connect_again_if_lost()

    def commit(self) -> None:
        self._cursor.execute(b"COMMIT")

    def rollback(self) -> None:
        try:
            self._cursor.execute(b"ROLLBACK")
        except psycopg.Error:  # the server rolls back by itself when the connection is gone
            self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def tidy(self) -> None:
        """Nothing to do: the server's autovacuum does it."""

    def scrub(self) -> None:
        self.begin()
        self.rollback()  # VACUUM runs outside of a transaction
        self._cursor.execute(f"VACUUM {', '.join(metadata.tables)}".encode())

    def ask(self, recipe: Recipe, *values: object) -> list[Values]:
        statement = self._statements[recipe]
        arranged = statement.arrange(values) if statement.arrange else values
        return self._cursor.execute(statement.sql, arranged).fetchall()

    def lock(self, recipe: Recipe, rows: Sequence[Values]) -> set[Values]:
        return set(self.rows(recipe, rows))

    def rows(self, recipe: Recipe, rows: Sequence[Values]) -> list[Values]:
        return self._run(recipe, rows).fetchall() if rows else []

    def count(self, recipe: Recipe, rows: Sequence[Values]) -> int:
        return self._run(recipe, rows).rowcount if rows else 0

    def hits(self, recipe: Recipe, rows: Sequence[Values]) -> list[bool]:
        hit = {nth for (nth,) in self.rows(recipe, rows)}
        return [nth in hit for nth in range(1, len(rows) + 1)]

    def seqs(self, recipe: Recipe, rows: Sequence[Values]) -> list[int | None]:
        made = {key: seq for seq, key in self.rows(recipe, rows)}
        return [made.pop(row[0], None) for row in rows]

    def examine(self) -> None:
        """Do nothing: the server's own checksums and its administrator see to it."""

    def revision(self) -> str | None:
        self.begin()
        try:
            there = self._cursor.execute(b"SELECT to_regclass('alembic_version')").fetchone()
            if there == (None,):
                return None
            found = self._cursor.execute(b"SELECT version_num FROM alembic_version").fetchone()
            return None if found is None else str(found[0])
        finally:
            self.rollback()

    def migrating(self) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(
            self._url.set(drivername="postgresql+psycopg"), poolclass=sqlalchemy.NullPool
        )
        # Two replicas that start at once would both create the tables: the second waits here.
        lock = f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(lock))
        return engine

    @property
    def sole(self) -> bool:
        return False  # other replicas may be at work

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()  # the lock in `migrating` sees to it

    def _connect(self) -> None:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = psycopg.connect(
            address, autocommit=True, cursor_factory=psycopg.RawCursor, **CONNECTION
        )
        connection.adapters.register_dumper(Texts, TextsDumper)
        connection.adapters.register_dumper(Numbers, NumbersDumper)
        connection.adapters.register_dumper(Contents, ContentsDumper)
        self._connection, self._cursor = connection, connection.cursor()
        try:
            self._cursor.execute(SESSION)
            self._cursor.execute(BEGIN)
        except psycopg.Error:
            self.close()
            raise

    def _connect_again_if_lost(self) -> None:
        try:
            self._cursor.execute(BEGIN)
        except psycopg.OperationalError:  # while we were idle: nothing was in it
            self.close()
            self._connect()

    def _run(self, recipe: Recipe, rows: Sequence[Values]) -> Cursor:
        statement = self._statements[recipe]
        turned = zip(*rows, strict=True)
        columns = [make(items) for make, items in zip(statement.columns, turned, strict=True)]
        arranged = statement.arrange(tuple(columns)) if statement.arrange else columns
        return self._cursor.execute(statement.sql, arranged)


@cache
def _statement(recipe: Recipe) -> Statement:
    source = Arrays(recipe.takes) if recipe.batch else Parameters(recipe.takes)
    dialect = PGDialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call] # SQLAlchemy's
    text = written(recipe, source, dialect)
    columns = tuple(_array(taken) for taken in recipe.takes)
    return Statement(text.sql.encode(), text.arrange, columns)


def _array(taken: Column) -> type[Texts | Numbers | Contents]:
    match taken.type:
        case Text():
            return Texts
        case LargeBinary():
            return Contents
        case _:
            return Numbers


def _stored(taken: Column) -> Text | LargeBinary | BigInteger:
    array = _array(taken)
    if array is Texts:
        return Text()
    return LargeBinary() if array is Contents else BigInteger()
