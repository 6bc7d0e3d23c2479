"""One running program for each SQLite file: a lock that the system frees when its holder dies."""

import fcntl
import os
from pathlib import Path

from dialogs.errors import StoreUnavailable


class Instance:
    """The claim to be the only program that runs on a database file."""

    def __init__(self, database: Path) -> None:
        """Take it.

        Raises:
            StoreUnavailable: another program has it; the message names its process.
            OSError: the lock file can't be made.
        """
        path = f"{database.resolve()}.lock"
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with self._file:
                holder = self._file.read()
            raise StoreUnavailable(
                f"Another dealdesk (process {holder}) runs on {database}: stop it first, or give"
                " this one a database of its own in DEALDESK_DATABASE_URL."
            ) from None
        self._file.truncate()
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Give it up; the file stays, since removing it would let two in."""
        self._file.close()
