"""One thread that owns the books: it takes whatever is asked for and commits it together.

Group commit without a timer: while one transaction is being flushed, the next batch gathers.
A batch that fails is rolled back and its requests are tried one by one, so that one bad request
costs the others nothing but time.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from dialogs.books import Books, Store
from dialogs.errors import StoreInterrupted, StoreUnavailable

log = logging.getLogger(__name__)

Q = TypeVar("Q")
A = TypeVar("A")
BATCH = 256
PATIENCE_S = 0.02
AGAIN_S, PAUSE_S = 1.0, 0.05
"""For how long an interrupted batch is begun anew, and the pause between; then its askers hear."""


@dataclass(frozen=True, slots=True)
class Worked(Generic[A]):
    """Answers in the order of the requests, and what to do on the loop once it is committed."""

    answers: Sequence[A]
    after: Callable[[], None] | None = None
    kept: Callable[[], None] | None = None
    """Called once it is committed, still on the thread, before anything else is begun."""


Work = Callable[[Books, Sequence[Q]], Worked[A]]


class Asked(Generic[Q, A]):
    """A request on its way to the books, and who waits for its answer."""

    __slots__ = ("future", "request")

    def __init__(self, request: Q, future: "asyncio.Future[A] | None") -> None:
        self.request = request
        self.future = future


class Writer(Generic[Q, A]):
    """Carries requests to the store's thread and answers back to the loop."""

    def __init__(self, store: Store, work: Work[Q, A]) -> None:
        """`work` answers a batch of requests inside a transaction; it runs on the thread."""
        self._store, self._work = store, work
        self._queue: SimpleQueue[Asked[Q, A] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="dealdesk-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._left: list[Asked[Q, A]] = []
        """What nobody waits for and the store could not keep: it goes with what comes next."""
        self.interrupted = False
        """True once a transaction ended in doubt; whoever puts that in order sets it back."""

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def ask(self, request: Q) -> A:
        """Have it done and committed.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._hand_over(Asked(request, answer))
        return await answer

    def tell(self, request: Q) -> None:
        """Have it done soon, together with what comes next; nobody waits for it."""
        self._hand_over(Asked(request, None))

    async def stop(self) -> None:
        """Finish what was asked before, then end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _hand_over(self, asked: "Asked[Q, A]") -> None:
        self._queue.put(asked)

    def _run(self) -> None:
        going = True
        while going:
            batch = self._gathered()
            going = None not in batch
            self.work_off([one for one in batch if one is not None])

    def _gathered(self) -> "list[Asked[Q, A] | None]":
        """All that waits. What nobody waits for gives company a moment to come along."""
        batch: list[Asked[Q, A] | None] = [self._queue.get()]
        with suppress(Empty):
            while len(batch) < BATCH:
                batch.append(self._queue.get(*_patience(batch[-1])))
        return batch

    def work_off(self, batch: "list[Asked[Q, A]]") -> None:
        """Do what was gathered, after what an earlier batch left; on whatever owns the books."""
        left, self._left = self._left, []
        self._answer([*left, *batch])

    def _answer(self, batch: "list[Asked[Q, A]]") -> None:
        batch = [one for one in batch if one.future is None or not one.future.done()]
        if not batch:
            return
        try:
            worked = self._together(batch)
        except Exception as error:  # noqa: BLE001 - whatever it is, the askers must hear of it
            self._one_by_one(batch, error)
            return
        self._tell(batch, worked.answers, worked.after)

    def _tell(
        self,
        batch: "list[Asked[Q, A]]",
        answers: "Sequence[A | Exception]",
        after: Callable[[], None] | None = None,
    ) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(_resolve, batch, answers, after)

    def _together(self, batch: "list[Asked[Q, A]]") -> Worked[A]:
        """Do it all, once more and once more while others are in the way or the connection breaks.

        That is harmless also when a commit's answer was lost: source keys, versions and leases
        tell what was kept.
        """
        until = time.monotonic() + AGAIN_S
        while True:
            try:
                return self._once(batch)
            except StoreInterrupted as error:
                if time.monotonic() > until:
                    raise
                log.info("a batch of %d begins anew: %s", len(batch), error)
                time.sleep(PAUSE_S)

    def _once(self, batch: "list[Asked[Q, A]]") -> Worked[A]:
        try:
            with self._store.transaction() as books:
                worked = self._work(books, [one.request for one in batch])
        except StoreUnavailable:
            self.interrupted = True
            raise
        if worked.kept is not None:
            worked.kept()
        return worked

    def _one_by_one(self, batch: "list[Asked[Q, A]]", error: Exception) -> None:
        if isinstance(error, StoreUnavailable):
            self._left += [one for one in batch if one.future is None]
            batch = [one for one in batch if one.future is not None]
        if len(batch) <= 1 or isinstance(error, StoreUnavailable):
            self._tell(batch, [error] * len(batch))
            return
        log.warning("a batch of %d failed (%s): trying one by one", len(batch), type(error))
        for one in batch:
            self._answer([one])


def _patience(last: "Asked[Q, A] | None") -> tuple[bool, float]:
    """Arguments of the queue's `get`: wait only while nobody waits for what came last."""
    return (True, PATIENCE_S) if last is not None and last.future is None else (False, 0)


def _resolve(
    batch: "list[Asked[Q, A]]",
    answers: "Sequence[A | Exception]",
    after: Callable[[], None] | None,
) -> None:
    if after is not None:
        after()
    for one, answer in zip(batch, answers, strict=True):
        if one.future is None:
            if isinstance(answer, Exception):
                log.error("nobody waited for it, and it failed", exc_info=answer)
            continue
        if one.future.done():
            continue
        if isinstance(answer, Exception):
            one.future.set_exception(answer)
        else:
            one.future.set_result(answer)
