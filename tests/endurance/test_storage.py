"""The disk is full, the file is held by somebody else, a statement fails: nothing is promised."""

import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.store.sqlite import SqliteEngine
from adapters.store.store import SqlStore
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, Said
from tests.endurance.front import person
from tests.endurance.office import Office, office
from tests.endurance.sizes import busy

ACKNOWLEDGED_S = 2.5


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path, [person("sam")]) as made:
        await made.says("sam", "help")
        yield made


def engine(front: Office) -> SqliteEngine:
    store = front.program.store
    assert isinstance(store, SqlStore)
    assert isinstance(store._engine, SqliteEngine)
    return store._engine


async def accepted(front: Office, arrival: Arrival) -> bool:
    """Whether it was acknowledged; one try."""
    try:
        await front.program.core.accept(arrival)
    except StoreUnavailable:
        return False
    return True


def kept(front: Office) -> int:
    with sqlite3.connect(engine(front).name) as aside:
        (number,) = aside.execute("SELECT count(*) FROM inbox").fetchone()
    aside.close()
    return int(number)


async def test_g2_a_full_disk_acknowledges_nothing_and_recovers_by_itself(front: Office) -> None:
    before = kept(front)
    await front.program.core.do(lambda _: limited(front, "page_count"))
    answers = [await accepted(front, front.arrival("sam", Said("x" * 3000))) for _ in range(30)]
    assert not answers[-1]
    assert kept(front) == before + sum(answers)
    assert await front.program.core.do(lambda _: limited(front, "1000000"))
    assert await accepted(front, front.arrival("sam", Said("help")))
    await front.hears("sam", "Or type or press")
    assert await troubles(front) == 200


def limited(front: Office, pages: str) -> bool:
    run = engine(front)._connection.execute
    number = run("PRAGMA page_count").fetchone()[0] if pages == "page_count" else int(pages)
    return bool(run(f"PRAGMA max_page_count = {number}").fetchone()[0] == number)


async def troubles(front: Office) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{front.house.url}/readyz", timeout=30)).status_code


async def test_g3_a_file_held_by_somebody_else_is_said_in_time_and_nothing_is_lost(
    front: Office,
) -> None:
    other = sqlite3.connect(engine(front).name, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    before, said = kept(front), [front.arrival("sam", Said("help")) for _ in range(3)]
    for arrival in said:
        began = time.monotonic()
        assert not await accepted(front, arrival)
        assert time.monotonic() - began <= ACKNOWLEDGED_S * busy()
    other.execute("ROLLBACK")
    other.close()
    assert all([await accepted(front, arrival) for arrival in said])  # delivered again
    assert kept(front) == before + len(said)


class Failing:
    """A cursor whose N-th statement fails, with all that follow it."""

    def __init__(self, cursor: sqlite3.Cursor, nth: int) -> None:
        self._cursor, self._left = cursor, nth

    @property
    def failed(self) -> bool:
        return self._left <= 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._cursor.execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._cursor.executemany(sql, *values)

    def _count(self, sql: str) -> None:
        self._left -= 1
        if self._left <= 0 and sql != "ROLLBACK":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error


async def test_r17_whichever_statement_fails_nothing_is_acknowledged_that_is_not_kept(
    tmp_path: Path,
) -> None:
    async with office(tmp_path, [person("sam")]) as front:
        await front.says("sam", "record", "Meyer")
        await front.program.deliveries.idle()
        for nth in range(1, 200):
            before, failing = kept(front), failing_from(front, nth)
            acknowledged = await accepted(front, front.arrival("sam", Said(f"note {nth}")))
            restored(front)
            assert kept(front) - before >= acknowledged
            if acknowledged and not failing.failed:
                break
            assert not acknowledged or not failing.failed or kept(front) == before + 1
        assert nth > 5
        await front.says("sam", "help")
        await front.hears("sam", "Or type or press")


def failing_from(front: Office, nth: int) -> Failing:
    run = engine(front)
    failing = Failing(run._connection.cursor(), nth)
    run._cursor = failing  # type: ignore[assignment] # it stands in for the cursor
    return failing


def restored(front: Office) -> None:
    run = engine(front)
    if run._connection.in_transaction:
        run._connection.execute("ROLLBACK")
    run._cursor = run._connection.cursor()
