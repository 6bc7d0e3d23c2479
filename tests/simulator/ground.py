"""What all seeds of an OS process share, made once: the playbook, and one database in memory.

A seed begins with the rows of a template; wiping is cheaper than making tables anew. The guards
of the audit trail are left out for that: `oracles` walks along its chain instead.
"""

import sqlite3
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.schema import CreateIndex, CreateTable

from adapters.store.recipes import all_recipes
from adapters.store.sqlite import SQLiteDialect_pysqlite, _written
from adapters.store.tables import metadata
from bot.playbooks import open_library
from dialogs.desk import Desk
from tests.dialogs.edited import decided_by

DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")


class Database:
    """SQLite in memory, used by all replicas of a seed, one transaction at a time."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
        self.cursor = self.connection.cursor()
        for table in metadata.sorted_tables:
            self.cursor.execute(str(CreateTable(table).compile(dialect=DIALECT)))
            for index in sorted(table.indexes, key=lambda one: one.name):
                self.cursor.execute(str(CreateIndex(index).compile(dialect=DIALECT)))
        self._tables = [*(table.name for table in metadata.sorted_tables), "sqlite_sequence"]
        self.texts = {recipe: _written(recipe) for recipe in all_recipes()}
        """What each recipe is in SQL; a planted bug may put another text here."""

    def rows(self, sql, *values):
        return self.cursor.execute(sql, values).fetchall()

    def copy(self):
        """All rows by table."""
        return {name: self.rows(f"SELECT * FROM {name}") for name in self._tables}

    def become(self, copy):
        """Hold these rows and no others."""
        if self.connection.in_transaction:
            self.cursor.execute("ROLLBACK")
        self.cursor.execute("BEGIN")
        for name in reversed(self._tables):
            self.cursor.execute(f"DELETE FROM {name}")
        for name in self._tables:
            rows = copy.get(name, ())
            if rows:
                gaps = ", ".join("?" * len(rows[0]))
                self.cursor.executemany(f"INSERT INTO {name} VALUES ({gaps})", rows)
        self.cursor.execute("COMMIT")


@cache
def database():
    return Database()


RULES = {
    "rules": '[{ approvals = "any" }, { above = 50000, approvals = 2 }]',
    "deputy": '{ name = "Max" }',
    "remind_hours": "0.005",
    "deadline_hours": "0.02",
}
"""The shipped playbook, with votes for what is worth much, and with patience for seconds."""


@cache
def library():
    with TemporaryDirectory() as folder:
        lines = [f"{key} = {value}" for key, value in RULES.items()]
        path = Path(folder, "playbook.toml")
        path.write_text(decided_by(lines), encoding="utf-8")
        return open_library(path, Path(folder))


@cache
def desk():
    return Desk(library())
