"""Copies of SQLite files that are whole, while programs write to them.

SQLite's own online backup: the copy is the file as it stood at one moment, its log included.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy
from sqlalchemy.exc import ArgumentError

from dialogs.errors import BadConfiguration, StoreUnavailable

SOUND = [("ok",)]


def file_of(url: str) -> Path | None:
    """The SQLite file of an address; None for a server's.

    Raises:
        BadConfiguration: it is no address.
    """
    try:
        address = sqlalchemy.make_url(url)
    except ArgumentError:
        raise BadConfiguration("DEALDESK_DATABASE_URL is no address.") from None
    return Path(address.database or "") if address.drivername == "sqlite" else None


def dump_command(url: str, target: Path) -> str:
    """What an administrator types for a PostgreSQL database; without its password."""
    given = sqlalchemy.make_url(url)
    address = sqlalchemy.URL.create(
        "postgresql", given.username, None, given.host, given.port, given.database, given.query
    )
    return f"pg_dump --format=custom --file={target} '{address.render_as_string()}'"


def copy_database(source: Path, target: Path) -> None:
    """Copy it and look whether the copy is sound. Writers are not kept waiting.

    Raises:
        StoreUnavailable: it can't be read or the copy not written, or one of them is damaged.
    """
    try:
        # Not read-only: whoever reads a log that nobody has open needs to write beside it.
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            found = written.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{source} could not be copied to {target}: {error}") from error
    if found != SOUND:
        raise StoreUnavailable(f"{source} is damaged ({found[0][0]}): restore an older backup.")
