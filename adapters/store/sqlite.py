"""The SQLite engine: one file, the standard library's driver, one row of parameters at a time.

Traps kept here: writers begin with BEGIN IMMEDIATE (a read that becomes a write fails with BUSY at
once, whatever the patience); synchronous=FULL, since a platform was already told that we keep it;
never on a network file system.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from adapters.store.errors import StoreFault
from adapters.store.instance import Instance
from adapters.store.recipes import Parameters, Recipe, Values, Written, all_recipes, written
from dialogs.errors import DealdeskError, StoreUnavailable

PATIENCE = 2000  # milliseconds to wait for another process's short transaction
PRAGMAS = (
    f"busy_timeout = {PATIENCE}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten
    "cache_size = -32000",  # kilobytes: the conversations of a large company stay in memory
)
DAMAGED = "is damaged: restore a backup"
REMEDIES = {
    sqlite3.SQLITE_BUSY: "is busy: another program writes to it. End it if this lasts",
    sqlite3.SQLITE_LOCKED: "is busy: another program writes to it. End it if this lasts",
    sqlite3.SQLITE_FULL: "can't grow: free some space on its disk",
    sqlite3.SQLITE_READONLY: (
        "can't be written: give this account write permission on the file and its folder"
    ),
    sqlite3.SQLITE_IOERR: "got an error from its disk: look into the system's log, check the disk",
    sqlite3.SQLITE_CANTOPEN: "can't be opened: check that its folder exists and may be used",
    sqlite3.SQLITE_PROTOCOL: "can't be locked: it must not lie on a network file system",
    sqlite3.SQLITE_NOMEM: "got no memory: give this machine more",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "is no SQLite database: name another file, or restore a backup",
}


class SqliteEngine:
    """See `Engine`. Used by one thread at a time, whichever that is."""

    errors = sqlite3.Error

    def __init__(self, path: Path, instance: Instance | None) -> None:
        """Open the file, made if missing; `instance` is our claim to be its only program."""
        self.name = str(path)
        self._path = path
        self._instance = instance
        self._texts = {recipe: _written(recipe) for recipe in all_recipes()}
        self._connection = _connected(path)
        self._cursor = self._connection.cursor()

    @property
    def sole(self) -> bool:
        return self._instance is not None

    def explain(self, error: Exception) -> DealdeskError:
        return _explained(self._path, error)

    def begin(self) -> None:
        self._cursor.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._cursor.execute("COMMIT")

    def rollback(self) -> None:
        with suppress(sqlite3.Error):  # a full disk has rolled back by itself
            self._cursor.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()
        if self._instance is not None:
            self._instance.release()

    def tidy(self) -> None:
        self._cursor.execute("PRAGMA busy_timeout = 0")  # the writer waits for no reader
        try:
            with suppress(sqlite3.Error):  # what was cleared is committed already
                self._emptied_log()
        finally:
            self._cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")

    def scrub(self) -> None:
        self._cursor.execute("VACUUM")
        if not self._emptied_log():
            raise StoreUnavailable(
                f"Erased texts may still stand in {self._path}-wal: another program is reading the"
                " database. Run the command again, or stop that program."
            )

    def ask(self, recipe: Recipe, *values: object) -> list[Values]:
        text = self._texts[recipe]
        arranged = text.arrange(values) if text.arrange else values
        return self._cursor.execute(text.sql, arranged).fetchall()

    def lock(self, recipe: Recipe, rows: Sequence[Values]) -> set[Values]:  # noqa: ARG002 - the port's
        """Do nothing: the transaction has held the whole file since it began."""
        return set(rows)

    def rows(self, recipe: Recipe, rows: Sequence[Values]) -> list[Values]:
        sql, rows = self._arranged(recipe, rows)
        execute = self._cursor.execute
        return [found for row in rows for found in execute(sql, row)]

    def count(self, recipe: Recipe, rows: Sequence[Values]) -> int:
        if not rows:
            return 0
        sql, rows = self._arranged(recipe, rows)
        return self._cursor.executemany(sql, rows).rowcount

    def hits(self, recipe: Recipe, rows: Sequence[Values]) -> list[bool]:
        sql, rows = self._arranged(recipe, rows)
        execute = self._cursor.execute
        return [execute(sql, row).rowcount > 0 for row in rows]

    def seqs(self, recipe: Recipe, rows: Sequence[Values]) -> list[int | None]:
        sql, rows = self._arranged(recipe, rows)
        execute = self._cursor.execute
        return [_number(execute(sql, row)) for row in rows]

    def examine(self) -> None:
        (found,) = self._cursor.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreUnavailable(f"The database {self._path} {DAMAGED}. ({found})")

    def revision(self) -> str | None:
        asked = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if self._connection.execute(asked).fetchone() is None:
            return None
        found = self._cursor.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if found is None else str(found[0])

    def migrating(self) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(self._path, isolation_level=None),
            poolclass=sqlalchemy.NullPool,
        )
        # The driver would run each CREATE on its own, and a kill would leave half of them.
        begin = "BEGIN IMMEDIATE"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext() if self._instance is not None else _briefly_alone(self._path)

    def _emptied_log(self) -> bool:
        """Carry the log over into the file and empty it; False while somebody reads from it."""
        (busy, _, _) = self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _arranged(self, recipe: Recipe, rows: Sequence[Values]) -> tuple[str, Sequence[Values]]:
        text = self._texts[recipe]
        if text.arrange is None:
            return text.sql, rows
        return text.sql, [text.arrange(row) for row in rows]


def open_sqlite(path: Path, *, shared: bool) -> SqliteEngine:
    """Open the file, made with its folder where missing; alone unless `shared`.

    Raises:
        StoreUnavailable: it can't be opened, or another program has it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        instance = None if shared else Instance(path)
        os.close(os.open(path, os.O_CREAT, 0o600))  # what people say is not for everybody's eyes
    except OSError as error:
        raise StoreUnavailable(
            f"The database {path} can't be opened ({error}): check its folder and permissions."
        ) from error
    return _opened(path, instance)


def _opened(path: Path, instance: Instance | None) -> SqliteEngine:
    try:
        return SqliteEngine(path, instance)
    except sqlite3.Error as error:
        if instance is not None:
            instance.release()
        raise _explained(path, error) from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _briefly_alone(path: Path) -> Iterator[None]:
    instance = Instance(path)
    try:
        yield
    finally:
        instance.release()


def _explained(path: Path, error: Exception) -> DealdeskError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    remedy = REMEDIES.get(code & 0xFF)  # the rest of the code tells variants apart
    if remedy is None:
        return StoreFault(f"A fault of this program, please report it: {error}")
    return StoreUnavailable(f"The database {path} {remedy}. ({error})")


@cache
def _written(recipe: Recipe) -> Written:
    return written(recipe, Parameters(recipe.takes), SQLiteDialect_pysqlite(paramstyle="qmark"))


def _number(cursor: sqlite3.Cursor) -> int | None:
    return cursor.lastrowid if cursor.rowcount > 0 else None
