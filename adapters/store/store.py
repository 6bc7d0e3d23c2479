"""The store: opens a database by its address, keeps its tables up to date, hands out transactions.

One writer at a time: a second transaction at once is a fault of the program.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy
from sqlalchemy.exc import ArgumentError, DBAPIError

from adapters.store.audit import Audit
from adapters.store.desk import Desk
from adapters.store.engine import Engine
from adapters.store.inbox import Inbox
from adapters.store.keys import Keys
from adapters.store.outbox import Outbox
from adapters.store.people import People
from adapters.store.privacy import Privacy
from adapters.store.replicas import Replicas
from adapters.store.sqlite import open_sqlite
from adapters.store.tables import SCHEMA
from adapters.store.turns import Turns
from adapters.store.upkeep import Upkeep
from adapters.store.uploads import Uploads
from adapters.store.whereabouts import Whereabouts
from dialogs.books import Books, Store
from dialogs.errors import BadConfiguration

FORMS = "sqlite:///folder/file.db or postgresql://user:password@host/database"


class SqlBooks(
    Replicas,
    Inbox,
    Turns,
    Outbox,
    Desk,
    Uploads,
    People,
    Whereabouts,
    Keys,
    Upkeep,
    Privacy,
    Audit,
):
    """See `Books`; each part has its own module."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._noted = []
        self.cleared = False


class SqlStore:
    """See `Store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._books = SqlBooks(engine)
        self._writing = Lock()

    @property
    def sole(self) -> bool:
        return self._engine.sole

    @contextmanager
    def transaction(self) -> Iterator[Books]:
        """See `Store`.

        A connection lost during the very commit leaves open whether it happened; the source keys,
        versions and leases in the tables make it harmless to do the same again.

        Raises:
            StoreUnavailable: see `Store`.
            StoreFault: the tables forbid what was asked; nothing was kept.
        """
        if not self._writing.acquire(blocking=False):
            raise RuntimeError("This store writes already: one transaction at a time.")
        try:
            with self._explaining(), self._all_or_nothing():
                yield self._books
            self._tidy()
        finally:
            self._writing.release()

    def prepare(self) -> None:
        """See `Store`.

        Raises:
            BadConfiguration: the tables are of a newer program.
            StoreUnavailable: see `Store`; the file is damaged; or a running program still works
                with older tables.
        """
        with self._explaining():
            if self._engine.sole:
                self._engine.examine()
            before = self._engine.revision()
            if before == SCHEMA:
                return
            with self._engine.alone():
                self._migrate()
                if before is not None:  # what it deleted, an older program may not have overwritten
                    self._engine.scrub()

    def scrub(self) -> None:
        with self._explaining():
            self._engine.scrub()

    def close(self) -> None:
        self._engine.close()

    def _tidy(self) -> None:
        """What a transaction cleared is not to linger in a log beside the database."""
        if self._books.cleared:
            self._books.cleared = False
            self._engine.tidy()

    def _migrate(self) -> None:
        from adapters.store import migrations  # noqa: PLC0415 - Alembic is seldom needed, and slow

        engine = self._engine.migrating()
        try:
            migrations.upgrade(engine, self._engine.name)
        except DBAPIError as error:
            raise self._engine.explain(error.orig or error) from error
        finally:
            engine.dispose()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except self._engine.errors as error:
            raise self._engine.explain(error) from error

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._engine.begin()
        try:
            yield
            self._books.seal()
            self._engine.commit()
        except BaseException:
            self._books.unseal()
            self._engine.rollback()
            raise


def open_store(url: str, *, shared: bool = False) -> Store:
    """Open the database at an address; its tables are made by `prepare`.

    `shared` is for the command line beside a running program: an SQLite file is then opened
    without the claim to be its only program. PostgreSQL is always shared.

    Raises:
        BadConfiguration: the address is none, or its driver is not installed.
        StoreUnavailable: the file can't be opened, or another program runs on it.
    """
    try:
        address = sqlalchemy.make_url(url)
    except ArgumentError:
        raise BadConfiguration(f"DEALDESK_DATABASE_URL is no address: write {FORMS}.") from None
    return SqlStore(_engine(address, shared=shared))


def _engine(address: sqlalchemy.URL, *, shared: bool) -> Engine:
    match address.drivername:
        case "sqlite" if address.database and address.database != ":memory:":
            return open_sqlite(Path(address.database), shared=shared)
        case "postgresql" | "postgresql+psycopg":
            return _postgresql(address)
    raise BadConfiguration(
        f"DEALDESK_DATABASE_URL names {address.drivername!r} without a file or a known database:"
        f" write {FORMS}."
    )


def _postgresql(address: sqlalchemy.URL) -> Engine:
    try:
        from adapters.store.postgresql import PostgresqlEngine  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BadConfiguration(
            f"PostgreSQL needs its driver ({error}): install dealdesk[postgresql]."
        ) from error
    return PostgresqlEngine(address)
