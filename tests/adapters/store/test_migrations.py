"""The migrations make the tables the program works with, whole or not at all."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from adapters.store import migrations
from adapters.store.errors import StoreFault
from adapters.store.store import SqlStore
from adapters.store.tables import SCHEMA, metadata
from dialogs.errors import BadConfiguration
from tests.adapters.store.conftest import Opener
from tests.rig.postgres import PostgresServer

Databases = Callable[[], str]
OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%'"
COLUMNS = """
    SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default,
           is_identity
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""
INDEXES = """
    SELECT tablename, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
"""
SHAPES = {"sqlite": [OBJECTS], "postgresql": [COLUMNS, INDEXES, CONSTRAINTS]}
NEWER = text("UPDATE alembic_version SET version_num = '9999'")
FOREIGN = text("CREATE TABLE message (mine INTEGER)")


def test_the_last_migration_is_the_one_the_program_asks_for() -> None:
    assert migrations.revisions()[0] == SCHEMA


def test_migrated_tables_equal_the_metadata(empty_database: Databases, opened: Opener) -> None:
    migrated, made = opened(empty_database()), opened(empty_database())
    migrated.prepare()
    on(made, metadata.create_all)
    assert on(migrated, shape) == on(made, shape)
    assert on(migrated, differences) == []


def test_a_new_database_is_prepared_once(empty_database: Databases, opened: Opener) -> None:
    store = opened(empty_database())
    assert store._engine.revision() is None
    store.prepare()
    assert store._engine.revision() == SCHEMA
    store.prepare()


def test_h4_tables_of_a_newer_program_are_refused(
    empty_database: Databases, opened: Opener
) -> None:
    store = opened(empty_database())
    store.prepare()
    on(store, lambda connection: connection.execute(NEWER))
    told = rf"newer dealdesk \(revision 9999; this one knows up to {SCHEMA}\): start that version"
    with pytest.raises(BadConfiguration, match=told):
        store.prepare()


def test_a_migration_that_fails_leaves_no_table_behind(
    empty_database: Databases, opened: Opener
) -> None:
    store = opened(empty_database())
    on(store, lambda connection: connection.execute(FOREIGN))
    with pytest.raises(StoreFault, match="message"):
        store.prepare()
    assert on(store, lambda connection: inspect(connection).get_table_names()) == ["message"]


def test_the_way_back_leaves_nothing(empty_database: Databases, opened: Opener) -> None:
    store = opened(empty_database())
    store.prepare()
    on(store, migrations.downgrade)
    assert on(store, lambda c: inspect(c).get_table_names()) == ["alembic_version"]


def test_programs_that_start_at_once_prepare_the_tables_once(
    postgres: PostgresServer, opened: Opener
) -> None:
    url = postgres.new_database()
    stores = [opened(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(SqlStore.prepare, stores))
    assert {store._engine.revision() for store in stores} == {SCHEMA}


def on(store: SqlStore, work: Callable[[Connection], object]) -> object:
    engine = store._engine.migrating()
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def shape(connection: Connection) -> list[list[tuple[object, ...]]]:
    asked = SHAPES[connection.dialect.name]
    return [sorted(map(words, connection.execute(text(sql))), key=str) for sql in asked]


def words(row: Sequence[object]) -> tuple[object, ...]:
    """A row with its SQL as words: SQLite puts a later column behind the constraints."""
    *named, last = row
    sql = isinstance(last, str) and last.startswith("CREATE TABLE")
    return (*named, sorted(re.split(r"[\s,()]+", str(last)))) if sql else tuple(row)


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))
