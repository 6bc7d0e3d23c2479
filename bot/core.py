"""The durable core: one inbox in, turns, intents out. Everything that happens passes here.

Knows the ports only. `accept` is the one door for channels; deliveries come back through `settle`.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from bot.outgoing import Outgoing, outgoing
from bot.ownkeys import OwnKeys
from bot.people import People
from bot.turns import LEASE_MS, Batch, Turns
from bot.writer import Work, Worked, Writer
from dialogs.books import Books, Store
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival
from dialogs.people import Directory
from dialogs.ports import Clock, Receipt
from dialogs.rows import Arrived, Settlement
from dialogs.shows import FormReply

log = logging.getLogger(__name__)

T = TypeVar("T")
SWEEP = 200
ACCEPT_S = 2.4
"""Slack waits three seconds. What is given up has not begun, or is known when it comes again."""
Request = Arrival | Settlement | Callable[[Books], Any]
Deliver = Callable[[Sequence[Outgoing]], None]


@dataclass(slots=True)
class _Answers:
    """Answers of one batch, by the place of the request."""

    given: dict[int, Any] = field(default_factory=dict)
    arrived: dict[int, Arrived] = field(default_factory=dict)
    fresh: dict[int, bool] = field(default_factory=dict)


class Core:
    """Inbox, turns and intents of one process."""

    def __init__(
        self,
        store: Store,
        turns: Turns,
        people: People,
        clock: Clock,
        *,
        keys: OwnKeys | None = None,
        writer: Callable[[Store, Work[Request, Any]], Writer[Request, Any]] = Writer,
    ) -> None:
        """Nothing starts before `start`. `writer` makes what owns the books: here, a thread."""
        self._keys = keys
        self._turns, self._people, self._clock, self._store = turns, people, clock, store
        self._writer = writer(store, self._work)
        self._deliver: Deliver = _nobody
        self._outbox: list[Outgoing] = []
        self._blocked: Counter[str] = Counter()
        self._in_hand: set[int] = set()
        """Intents that were handed to `deliver` and are not settled."""

    @property
    def people(self) -> Directory:
        """The people as they are now."""
        return self._people.directory

    async def start(self, deliver: Deliver) -> None:
        """Begin; `deliver` gets what is to go out, on the event loop."""
        self._deliver = deliver
        self._writer.start()
        await self.do(self._begun)

    def _begun(self, books: Books) -> None:
        self._refresh(books)
        if self._store.sole:
            books.take_back(self._clock.now())
        else:
            books.beat()

    def _refresh(self, books: Books) -> None:
        """See what other programs changed."""
        self._people.refresh(books)
        if self._keys is not None:
            self._keys.refresh(books)

    async def stop(self) -> None:
        """End the thread; what was not finished, another replica takes up at once."""
        if not self._store.sole:
            with suppress(StoreUnavailable):
                await self.do(lambda books: books.retire(self._clock.now()))
        await self._writer.stop()

    async def accept(self, arrival: Arrival) -> Receipt:
        """Keep the event and run its turn; when this returns it is committed.

        Raises:
            StoreUnavailable: it is not known to be kept; the platform must not be told otherwise.
        """
        try:
            async with asyncio.timeout(ACCEPT_S):
                receipt: Receipt = await self._writer.ask(arrival)
        except TimeoutError:
            raise StoreUnavailable(
                f"The database did not keep an event within {ACCEPT_S} s; it is delivered again."
            ) from None
        return receipt

    async def settle(self, settlement: Settlement) -> None:
        await self._writer.ask(settlement)

    def settle_soon(self, settlement: Settlement) -> None:
        """Settle together with what comes next.

        For what nothing waits on: should the process die before, the message is shown once more.
        """
        self._writer.tell(settlement)

    async def do(self, job: Callable[[Books], T]) -> T:
        """Run a function inside the writer's transaction."""
        result: T = await self._writer.ask(job)
        return result

    async def sweep(self) -> int | None:
        """Do what nobody did: due timers, events left over, intents whose lease ran out.

        Returns when the next timer or intent is due, epoch milliseconds, or None.
        """
        return await self.do(self._swept)

    def _swept(self, books: Books) -> int | None:
        now = self._clock.now()
        self._let_go(books, now)
        self._refresh(books)
        waiting = books.fire(now, SWEEP) + books.ready(SWEEP)
        batch = self._turns.run(books, waiting, set())
        self._blocked.update(batch.blocked)
        claimed = books.claim(now, now + LEASE_MS, SWEEP)
        self._outbox += batch.outgoing + outgoing(books, claimed)
        return books.next_due()

    def _let_go(self, books: Books, now: int) -> None:
        """After a transaction in doubt: what it may have claimed, nobody was given."""
        if self._writer.interrupted:
            self._writer.interrupted = False  # first: it may be set again while we look
            books.let_go(self._in_hand, now)

    def dropped(self, seqs: Iterable[int]) -> None:
        """What was delivered can't be settled: the sweep takes it up when the store is back."""
        self._in_hand.difference_update(seqs)
        self._writer.interrupted = True

    def _work(self, books: Books, requests: Sequence[Request]) -> Worked[Any]:
        """One transaction: settle, run the jobs, accept, then the turns of all that arrived."""
        answers = _Answers()
        self._outbox = []
        touched = self._settled(books, requests)
        for place, request in enumerate(requests):
            if callable(request):
                answers.given[place] = request(books)
        touched |= self._accepted(books, requests, answers)
        expected = {one.event_id for place, one in answers.arrived.items() if answers.fresh[place]}
        batch = self._turns.run(books, touched, expected) if touched else Batch()
        self._receipts(answers, batch)
        self._blocked.update(batch.blocked)
        out = self._outbox + batch.outgoing
        given = [answers.given.get(place) for place in range(len(requests))]
        if not out:
            return Worked(given)
        taken = [one.claimed.seq for one in out]
        return Worked(given, partial(self._deliver, out), partial(self._in_hand.update, taken))

    def _settled(self, books: Books, requests: Sequence[Request]) -> set[str]:
        settled = [one for one in requests if isinstance(one, Settlement)]
        if settled:
            books.settle(settled, self._clock.now())
            self._in_hand.difference_update(one.seq for one in settled)
            self._unblock(books)
        return {arrived.conversation for one in settled for arrived in one.arrivals}

    def _unblock(self, books: Books) -> None:
        """Something was settled: intents that waited behind it may go now, not at the sweep."""
        if not self._blocked:
            return
        now = self._clock.now()
        claimed = books.claim(now, now + LEASE_MS, SWEEP)
        self._blocked.subtract(one.order_key for one in claimed if one.attempts == 1)
        self._blocked = +self._blocked
        self._outbox += outgoing(books, claimed)

    def _accepted(self, books: Books, requests: Sequence[Request], answers: _Answers) -> set[str]:
        for place, request in enumerate(requests):
            if isinstance(request, Arrival):
                answers.arrived[place] = self._turns.arrived(request)
        new = books.accept(list(answers.arrived.values())) if answers.arrived else []
        answers.fresh = dict(zip(answers.arrived, new, strict=True))
        return {one.conversation for place, one in answers.arrived.items() if answers.fresh[place]}

    def _receipts(self, answers: _Answers, batch: Batch) -> None:
        for place, arrived in answers.arrived.items():
            reply: FormReply | None = batch.replies.get(arrived.event_id)
            forged = arrived.event_id in batch.forged
            answers.given[place] = Receipt(answers.fresh[place], reply, forged)


def _nobody(batch: Sequence[Outgoing]) -> None:
    log.error("%d intents had nobody to deliver them; they go out after their lease", len(batch))
