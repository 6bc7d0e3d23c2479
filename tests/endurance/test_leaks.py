"""Twenty thousand updates later: as much memory as before, and nothing left open."""

import asyncio
import ctypes
import gc
import os
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.store.sqlite import SqliteEngine
from adapters.store.store import SqlStore
from tests.endurance.front import person
from tests.endurance.office import Office, office
from tests.endurance.sizes import UPDATES

WHO = [f"person{n}" for n in range(50)]
LINES = ("record", "Meyer", "back", "cancel", "status", "help", "what?", "pending")
WARM = 4_000
GROWTH = 5 * 2**20
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Held:
    memory: int
    tasks: int
    threads: int
    files: int


def held() -> Held:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what the allocator keeps for later is no leak
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    files = len(list(Path("/proc/self/fd").iterdir()))
    return Held(resident, len(asyncio.all_tasks()), threading.active_count(), files)


async def updates(front: Office, number: int) -> Held:
    for _ in range(number // (len(WHO) * len(LINES))):
        await asyncio.gather(*(front.says(who, *LINES) for who in WHO))
        front.shown.clear()
    await front.program.deliveries.idle()
    return held()


def small_cache(front: Office) -> None:
    """The database's own cache has its limit, 32 MB, and would be taken for a leak until then."""
    store = front.program.store
    assert isinstance(store, SqlStore)
    assert isinstance(store._engine, SqliteEngine)
    store._engine._connection.execute("PRAGMA cache_size = -1000")


@pytest.mark.timeout(3600)
async def test_r15_twenty_thousand_updates_leave_nothing_behind(tmp_path: Path) -> None:
    async with office(tmp_path, [person(who) for who in WHO]) as front:
        await front.program.core.do(lambda _: small_cache(front))
        before = await updates(front, WARM)
        after = await updates(front, UPDATES)
    assert after.memory - before.memory <= GROWTH, (before, after)
    assert (after.tasks, after.threads, after.files) == (
        before.tasks,
        before.threads,
        before.files,
    )
