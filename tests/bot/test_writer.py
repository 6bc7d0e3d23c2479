"""The writer alone, over a store that counts its transactions."""

import asyncio
import threading
import time
from contextlib import contextmanager

import pytest

from bot.writer import Worked, Writer
from dialogs.errors import StoreInterrupted, StoreUnavailable


class CountingStore:
    """A store whose books are a list; a transaction that fails leaves it as it was."""

    def __init__(self):
        self.kept = []
        self.transactions = 0
        self.gate = threading.Event()
        self.gate.set()

    @contextmanager
    def transaction(self):
        self.gate.wait()
        self.transactions += 1
        fresh = []
        yield fresh
        self.kept += fresh


def work(books, requests):
    for request in requests:
        if isinstance(request, Exception):
            raise request
        books.append(request)
    return Worked([f"kept {request}" for request in requests])


@pytest.fixture
async def running():
    store = CountingStore()
    writer = Writer(store, work)
    writer.start()
    yield store, writer
    store.gate.set()
    await writer.stop()


async def test_what_gathers_during_a_commit_is_committed_together(running):
    store, writer = running
    store.gate.clear()
    asked = [asyncio.create_task(writer.ask(number)) for number in range(50)]
    await asyncio.sleep(0)
    store.gate.set()
    assert await asyncio.gather(*asked) == [f"kept {number}" for number in range(50)]
    assert store.kept == list(range(50))
    assert store.transactions <= 2


async def test_one_bad_request_costs_the_others_nothing(running):
    store, writer = running
    store.gate.clear()
    asked = [asyncio.create_task(writer.ask(one)) for one in (1, KeyError("poison"), 3)]
    await asyncio.sleep(0)
    store.gate.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers[0] == "kept 1"
    assert isinstance(answers[1], KeyError)
    assert answers[2] == "kept 3"
    assert sorted(store.kept) == [1, 3]


async def test_a_store_that_is_away_answers_all_and_is_not_asked_again(running):
    store, writer = running
    store.gate.clear()
    asked = [asyncio.create_task(writer.ask(one)) for one in (1, StoreUnavailable("full"), 3)]
    await asyncio.sleep(0)
    store.gate.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, StoreUnavailable) for one in answers)
    assert store.kept == []


async def test_what_nobody_waits_for_goes_with_what_comes_next(running):
    store, writer = running
    writer.tell("settled")
    assert await writer.ask("asked") == "kept asked"
    assert store.kept == ["settled", "asked"]
    assert store.transactions == 1


async def test_what_nobody_waits_for_is_done_even_when_nothing_comes():
    store = CountingStore()
    writer = Writer(store, work)
    writer.start()
    writer.tell("settled")
    await writer.stop()
    assert store.kept == ["settled"]


async def test_what_nobody_waits_for_is_kept_when_the_store_is_back():
    gone, store = [True], CountingStore()

    def work_unless_gone(books, requests):
        if gone:
            raise StoreUnavailable("busy")
        return work(books, requests)

    writer = Writer(store, work_unless_gone)
    writer.start()
    writer.tell(1)
    with pytest.raises(StoreUnavailable):
        await writer.ask(2)
    gone.clear()
    assert await writer.ask(3) == "kept 3"
    assert store.kept == [1, 3]
    await writer.stop()


async def test_what_was_interrupted_is_begun_anew_and_nobody_hears_of_it(running):
    _, writer = running
    tries = []

    def interrupted(books, requests):
        tries.append(requests)
        if len(tries) < 3:
            raise StoreInterrupted("a deadlock")
        return Worked(["kept"])

    writer._work = interrupted
    assert await writer.ask(1) == "kept"
    assert len(tries) == 3
    assert writer.interrupted


async def test_what_is_interrupted_again_and_again_is_refused_in_time(running):
    _, writer = running

    def interrupted(books, requests):
        raise StoreInterrupted("a deadlock")

    writer._work = interrupted
    began = time.monotonic()
    with pytest.raises(StoreInterrupted):
        await writer.ask(1)
    assert 1.0 <= time.monotonic() - began < 2.4


async def test_what_nobody_waits_for_any_more_is_not_begun(running):
    store, writer = running
    store.gate.clear()
    first, given_up = (asyncio.create_task(writer.ask(one)) for one in (1, 2))
    await asyncio.sleep(0.05)
    given_up.cancel()
    await asyncio.sleep(0)
    store.gate.set()
    assert await first == "kept 1"
    await writer.ask(3)
    assert 3 in store.kept
