"""The ledger's tables, and how they are opened: one short connection for each job."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dialogs.errors import CrmRefused, CrmUnavailable

PATIENCE: Final = 5.0  # seconds that a writer waits for another one
VERSION: Final = 5

_TABLES: Final = """
CREATE TABLE customer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, normal TEXT NOT NULL,
    city TEXT NOT NULL, email TEXT NOT NULL
);
CREATE INDEX customer_normal ON customer (normal);
CREATE TABLE opportunity (
    id INTEGER PRIMARY KEY AUTOINCREMENT, casekey TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    customer INTEGER REFERENCES customer, owner TEXT NOT NULL, stage TEXT,
    fields TEXT NOT NULL, tags TEXT NOT NULL
);
CREATE TABLE meeting (
    key TEXT PRIMARY KEY, opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    subject TEXT NOT NULL, start TEXT NOT NULL, minutes INTEGER NOT NULL, location TEXT NOT NULL
);
CREATE TABLE activity (
    key TEXT PRIMARY KEY, opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    summary TEXT NOT NULL, due TEXT NOT NULL, note TEXT NOT NULL, owner TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE note (
    key TEXT PRIMARY KEY, opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    author TEXT NOT NULL, title TEXT NOT NULL, rows TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE file (
    key TEXT NOT NULL, number INTEGER NOT NULL,
    opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    name TEXT NOT NULL, type TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (key, number)
);
CREATE TABLE delivery (
    key TEXT PRIMARY KEY, casekey TEXT NOT NULL, opportunity INTEGER NOT NULL
);
CREATE INDEX delivery_case ON delivery (casekey);
CREATE TABLE email (
    key TEXT PRIMARY KEY, opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    recipient TEXT NOT NULL, address TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE quotation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
    opportunity INTEGER NOT NULL REFERENCES opportunity ON DELETE CASCADE,
    terms TEXT NOT NULL, due TEXT NOT NULL, lines TEXT NOT NULL
);
CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE
);
CREATE TABLE membership (
    staff INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, "group" TEXT NOT NULL,
    PRIMARY KEY (staff, "group")
);
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, owner TEXT NOT NULL, location TEXT NOT NULL,
    customer INTEGER REFERENCES customer, people TEXT NOT NULL,
    opportunity INTEGER REFERENCES opportunity ON DELETE CASCADE, meeting TEXT
);
CREATE INDEX calendar_stop ON calendar (stop);
CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL
);
CREATE INDEX contact_customer ON contact (customer);
CREATE TABLE attendance (
    meeting TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE, name TEXT NOT NULL,
    PRIMARY KEY (meeting, name)
);
CREATE TABLE piece (
    kind TEXT NOT NULL, id TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
"""
"""`delivery` outlives its opportunity: so a deleted one is told from one that never was. `piece`
holds what an administrator sets up: fields, stages, lost reasons, each with its facts as JSON.
`membership` came with version 2; with 3 `file`, `email`, `quotation`, `contact`, `attendance` and
`calendar`: the meetings that people plan, times in epoch milliseconds, `people` as JSON by name;
its `meeting` is the entry under an opportunity it became."""

_COLUMNS: Final = (
    ("activity", "feedback", "TEXT NOT NULL DEFAULT ''"),
    ("activity", "finished", "TEXT NOT NULL DEFAULT ''"),
    ("customer", "facts", "TEXT NOT NULL DEFAULT '{}'"),
    ("opportunity", "lost", "TEXT"),
    ("opportunity", "team", "TEXT NOT NULL DEFAULT ''"),
    ("opportunity", "came", "INTEGER"),
    ("opportunity", "leader", "TEXT NOT NULL DEFAULT ''"),
    ("opportunity", "created", "TEXT NOT NULL DEFAULT ''"),
    ("opportunity", "closed", "TEXT NOT NULL DEFAULT ''"),
    ("meeting", "held", "TEXT NOT NULL DEFAULT ''"),
)
"""Table, column and declaration of what came later; `_create` adds what is missing. `came` is the
moment in which a lead came in by itself, epoch milliseconds."""


class Ledger:
    """The file. Any number of threads and processes may use it; one writes at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.writing() as books:
            if _version(books) > VERSION:
                raise CrmRefused(
                    f"{path} was written by a newer dealdesk: start that one, or name another file."
                )
            if _version(books) < VERSION:
                _create(books)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with _translated(self._path), _opened(self._path) as books:
            yield books

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is done inside stands, or nothing."""
        with self.reading() as books:
            books.execute("BEGIN IMMEDIATE")
            try:
                yield books
            except BaseException:
                books.execute("ROLLBACK")
                raise
            books.execute("COMMIT")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    books = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        books.row_factory = sqlite3.Row
        books.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        )
        yield books
    finally:
        books.close()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CrmUnavailable(f"The ledger {path} is busy or cannot be opened: {error}.") from None
    except sqlite3.DatabaseError as error:
        raise CrmRefused(
            f"The ledger {path} is damaged or no ledger ({error}): restore it from a backup."
        ) from None


def _version(books: sqlite3.Connection) -> int:
    (version,) = books.execute("PRAGMA user_version").fetchone()
    return int(version)


def _create(books: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";"):
        books.execute(re.sub(r"CREATE (TABLE|INDEX)", r"CREATE \1 IF NOT EXISTS", statement))
    for table, column, declaration in _COLUMNS:
        there = {row["name"] for row in books.execute(f"PRAGMA table_info({table})")}
        if column not in there:
            books.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
    books.execute(f"PRAGMA user_version = {VERSION:d}")
