"""SQLite's own troubles: one program a file, a full disk, a busy or read-only file, a bad disk."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from adapters.store.errors import StoreFault
from adapters.store.recipes import Parameters, Recipe, all_recipes, written
from adapters.store.sqlite import SqliteEngine
from adapters.store.store import SqlStore
from adapters.store.tables import metadata
from dialogs.errors import StoreUnavailable
from dialogs.rows import Arrived
from tests.adapters.store.conftest import Opener

REPOSITORY = Path(__file__).parents[3]
HOLDS = """
import sys
from adapters.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
SQLITE = SQLiteDialect_pysqlite(paramstyle="qmark")
NOBODY = 65534
WHOLE_TABLES = {f"SCAN {name}" for name in metadata.tables}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/deals.db"


@pytest.fixture
def store(url: str, opened: Opener) -> SqlStore:
    store = opened(url)
    store.prepare()
    return store


def test_a_second_program_on_the_same_file_is_refused(store: SqlStore, opened: Opener) -> None:
    path = engine_of(store).name
    told = rf"Another dealdesk \(process {os.getpid()}\) runs on {path}: stop it first"
    with pytest.raises(StoreUnavailable, match=told):
        opened(f"sqlite:///{path}")


def test_a_file_is_free_again_after_its_program_was_killed(url: str, opened: Opener) -> None:
    command = [sys.executable, "-c", HOLDS, url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe) as program:
        assert program.stdout
        assert program.stdout.readline() == b"open\n"
        with pytest.raises(StoreUnavailable, match=rf"process {program.pid}"):
            opened(url)
        program.kill()
    opened(url).prepare()


def test_a_file_is_free_again_after_closing_it_twice(url: str, opened: Opener) -> None:
    first = opened(url)
    first.close()
    first.close()
    opened(url).prepare()


def test_the_command_line_writes_beside_the_running_program(
    store: SqlStore, url: str, opened: Opener
) -> None:
    aside = opened(url, shared=True)
    aside.prepare()
    assert accept(aside, "a") == [True]
    assert accept(store, "a") == [False]


def test_the_command_line_does_not_migrate_under_the_running_program(
    url: str, opened: Opener
) -> None:
    opened(url)  # it has made no tables yet
    with pytest.raises(StoreUnavailable, match="Another dealdesk"):
        opened(url, shared=True).prepare()


def test_the_command_line_makes_the_tables_where_no_program_runs(url: str, opened: Opener) -> None:
    aside = opened(url, shared=True)
    aside.prepare()
    assert accept(aside, "a") == [True]
    opened(url)  # and gives the file free


def test_what_was_told_to_be_kept_survives_a_power_cut(store: SqlStore) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2  # FULL
    assert pragma(store, "foreign_keys") == 1


def test_g2_a_full_disk_keeps_nothing_and_says_so(store: SqlStore) -> None:
    pages = pragma(store, "page_count")
    assert pragma(store, f"max_page_count = {pages}") == pages
    with pytest.raises(StoreUnavailable, match=r"can't grow: free some space on its disk"):
        accept(store, "a", size=100_000)
    assert accept(store, "small") == [True]
    pragma(store, "max_page_count = 1000000")
    assert accept(store, "a", size=100_000) == [True]


def test_g3_a_busy_file_keeps_nothing_and_says_so(store: SqlStore) -> None:
    pragma(store, "busy_timeout = 0")
    other = sqlite3.connect(engine_of(store).name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="busy: another program writes to it"):
        accept(store, "a")
    other.close()
    assert accept(store, "a") == [True]


def test_a_disk_that_fails_keeps_nothing_and_says_so(store: SqlStore) -> None:
    log = Path(f"{engine_of(store).name}-wal")
    told = pytest.raises(StoreUnavailable, match="got an error from its disk")
    with told, no_file_beyond(log.stat().st_size + 4096):
        accept(store, "a", size=100_000)
    assert accept(store, "a") == [True]


def test_g5_a_file_without_write_permission_says_so(store: SqlStore, opened: Opener) -> None:
    store.close()
    with folder_of_somebody_else() as folder:
        path = folder / "deals.db"
        shutil.copy(engine_of(store).name, path)
        path.chmod(0o444)
        with without_privileges():
            reader = opened(f"sqlite:///{path}")
            reader.prepare()
            with pytest.raises(StoreUnavailable, match="give this account write permission"):
                accept(reader, "a")
            reader.close()


def test_g5_a_file_that_is_no_database_is_refused_and_set_free(
    tmp_path: Path, opened: Opener
) -> None:
    path = tmp_path / "deals.db"
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(StoreUnavailable, match="is no SQLite database"):
        opened(f"sqlite:///{path}")
    path.unlink()
    opened(f"sqlite:///{path}")


def test_tables_that_were_not_prepared_are_a_fault_of_the_program(url: str, opened: Opener) -> None:
    store = opened(url)
    with pytest.raises(StoreFault, match="no such table"):
        accept(store, "a")


def test_only_lists_and_the_daily_clearing_read_whole_tables(store: SqlStore) -> None:
    connection = engine_of(store)._connection
    reading = {
        recipe.build.__name__ for recipe in all_recipes() if reads_a_whole_table(connection, recipe)
    }
    clearing = {"old_event", "read_event", "old_intent", "ended_intent", "old_timer"}
    clearing |= {"rung_timer", "old_message", "old_approval", "old_upload", "silent_guest"}
    clearing |= {"old_code", "old_ticket", "left_ticket"}  # a handful of rows at any time
    erasing = {"left_event", "left_intent", "left_show"}
    assert reading == clearing | erasing | {"any_case", "any_replica"}


def accept(store: SqlStore, key: str, size: int = 10) -> list[bool]:
    with store.transaction() as books:
        return books.accept([Arrived(key, "telegram:1", "event", 0, "x" * size)])


def engine_of(store: SqlStore) -> SqliteEngine:
    assert isinstance(store._engine, SqliteEngine)
    return store._engine


def reads_a_whole_table(connection: sqlite3.Connection, recipe: Recipe) -> bool:
    sql = written(recipe, Parameters(recipe.takes), SQLITE).sql
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
    return any(step in WHOLE_TABLES for *_, step in plan)


def pragma(store: SqlStore, words: str) -> object:
    row = engine_of(store)._connection.execute(f"PRAGMA {words}").fetchone()
    return None if row is None else row[0]


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let the system refuse to write further: an error SQLite takes for the disk's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def folder_of_somebody_else() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may write everywhere, so be nobody for a while; everybody else stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
