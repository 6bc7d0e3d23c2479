"""The real store over the shared database, with faults at its begin, statements and commit.

Says what each commit held: the oracles watch turns, claims and settlements from here.
"""

import sqlite3

from adapters.store.sqlite import SqliteEngine
from adapters.store.store import SqlBooks, SqlStore
from dialogs.errors import StoreInterrupted


class Killed(BaseException):
    """The process is gone, in the middle of a transaction."""


class _Broken(sqlite3.OperationalError):
    """What a driver says whose server is gone for a moment; see `StoreInterrupted`."""


class ShakyEngine(SqliteEngine):
    """The SQLite engine on a connection that is not its own, and that can fail."""

    def __init__(self, database, replica):
        self.name, self._path, self._instance = "memory", "memory", None
        self._texts = database.texts
        self._connection, self._cursor = database.connection, database.cursor
        self.replica = replica
        self.log = []
        self._failing = False

    @property
    def sole(self):
        return self.replica.world.sole

    def begin(self):
        self.log, self._failing = [], False
        self._cursor.execute("BEGIN IMMEDIATE")

    def commit(self):
        faults = self.replica.world.faults
        if faults.strikes("killed before the commit"):
            raise Killed
        if faults.strikes("connection breaks"):
            raise _Broken
        if faults.strikes("disk is full"):
            raise _error("database or disk is full", sqlite3.SQLITE_FULL)
        self._cursor.execute("COMMIT")
        self.replica.world.watch.committed(self.replica, self.log)
        if faults.strikes("killed after the commit, before the answer"):
            raise Killed
        if faults.strikes("commit happens, its answer is lost"):
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)
        if faults.strikes("commit happens, the connection breaks"):
            raise _Broken

    def explain(self, error):
        if isinstance(error, _Broken):
            return StoreInterrupted("the connection broke")
        return super().explain(error)

    def close(self):
        """The connection is the database's."""

    def ask(self, recipe, *values):
        self._stumble()
        return super().ask(recipe, *values)

    def rows(self, recipe, rows):
        self._stumble()
        return super().rows(recipe, rows)

    def count(self, recipe, rows):
        if rows:
            self._stumble()
        return super().count(recipe, rows)

    def hits(self, recipe, rows):
        self._stumble()
        return super().hits(recipe, rows)

    def seqs(self, recipe, rows):
        if rows:
            self._stumble()
        return super().seqs(recipe, rows)

    def _stumble(self):
        """Once a statement failed, all that follow in its transaction do, as on PostgreSQL."""
        if self._failing or self.replica.world.faults.strikes("statement fails"):
            self._failing = True
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)


class WatchedBooks(SqlBooks):
    """The real books; notes what would hold if this transaction is committed."""

    def take(self, conversations):
        taken = super().take(conversations)
        self._engine.log += [("take", one) for one in taken]
        return taken

    def write(self, done, now, lease_until):
        claimed = super().write(done, now, lease_until)
        self._engine.log += [("turn", one) for one in done]
        self._engine.log += [("claim", one) for one in claimed]
        return claimed

    def claim(self, now, lease_until, limit):
        claimed = super().claim(now, lease_until, limit)
        self._engine.log += [("claim", one) for one in claimed]
        return claimed

    def take_back(self, now):
        self._engine.log.append(("take back", None))
        return super().take_back(now)

    def settle(self, settlements, now):
        for one in settlements:
            before = self._row(one.seq)
            super().settle([one], now)
            self._engine.log.append(("settle", (one, before, self._row(one.seq))))

    def stumble(self, seq, error, *, dead):
        super().stumble(seq, error, dead=dead)
        self._engine.log.append(("stumble", (seq, error, dead)))

    def apologise(self, apology, now, lease_until):
        claimed = super().apologise(apology, now, lease_until)
        self._engine.log += [("claim", one) for one in claimed]
        return claimed

    def beat(self):
        roll = super().beat()
        self._engine.log.append(("beat", roll.mine))
        return roll

    def strike_off(self, numbers, now):
        freed = super().strike_off(numbers, now)
        self._engine.log.append(("strike off", tuple(numbers)))
        return freed

    def _row(self, seq):
        asked = "SELECT status, attempts, lease_until FROM intent WHERE seq = ?"
        return self._engine._cursor.execute(asked, (seq,)).fetchone()


class SimStore(SqlStore):
    """One replica's door to the shared database."""

    def __init__(self, database, replica):
        super().__init__(ShakyEngine(database, replica))
        self._books = WatchedBooks(self._engine)


def _error(text, code):
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error
