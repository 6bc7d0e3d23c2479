"""Bring the tables of a database to the program's revision; Alembic's only importer.

Run from `Store.prepare`; no file outside this package is needed. A new revision is a new module in
`versions`, and `tables.SCHEMA` names the last one.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from adapters.store.tables import SCHEMA
from dialogs.errors import BadConfiguration


def upgrade(engine: Engine, name: str) -> None:
    """Migrate in one transaction; a kill leaves the tables as they were.

    Raises:
        BadConfiguration: the tables of the database called `name` are newer than this program.
    """
    with engine.begin() as connection:
        _refuse_newer(connection, name)
        command.upgrade(_config(connection), "head")


def downgrade(connection: Connection) -> None:
    """Undo all migrations: the way back a test walks, so that each has one."""
    command.downgrade(_config(connection), "base")


def revisions() -> list[str]:
    """Return the revisions this program knows, the newest first."""
    directory = ScriptDirectory.from_config(_config())
    return [script.revision for script in directory.walk_revisions()]


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    here = str(Path(__file__).parent)
    config.set_main_option("script_location", here.replace("%", "%%"))
    return config


def _refuse_newer(connection: Connection, name: str) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in revisions():
        raise BadConfiguration(
            f"The tables of {name} are of a newer dealdesk (revision {found}; this one knows up to"
            f" {SCHEMA}): start that version again, or restore a backup made before the update."
        )
