"""The program's ports with traps around them: store, channels and CRM do what they did before."""

import random
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, cast

from dialogs.books import Books, Store
from dialogs.crm import Delivery, DeliveryReceipt, Staff, Standing
from dialogs.events import Arrival, Hit
from dialogs.ports import Accept, Channel, Crm, HttpHook, Receipt
from dialogs.shows import Say
from tests.torture.fail_points import Trap

LONGEST_DELIVERY_S = 0.12
"""A death during a delivery comes after at most that; one takes about as long."""
KINDS = {"accept": "an arrival", "settle": "a settlement"}
"""Methods of the books, and what a transaction is of that calls them."""


class TrappedBooks:
    """Notes what a transaction is about."""

    def __init__(self, books: Books, trap: Trap) -> None:
        self._books, self._trap = books, trap
        self.kinds: dict[str, None] = {}

    def __getattr__(self, name: str) -> Any:
        if name in KINDS:
            self.kinds[KINDS[name]] = None
        return getattr(self._books, name)

    def take_back(self, now: int) -> int:
        self._trap.passes("before the leases are taken back")
        freed = self._books.take_back(now)
        self._trap.passes("after the leases are taken back")
        return freed


class TrappedStore:
    """See `Store`."""

    def __init__(self, store: Store, trap: Trap) -> None:
        self._store, self._trap = store, trap

    @property
    def sole(self) -> bool:
        return self._store.sole

    def transaction(self) -> AbstractContextManager[Books]:
        return self._trapped()

    @contextmanager
    def _trapped(self) -> Iterator[Books]:
        with self._store.transaction() as books:
            trapped = TrappedBooks(books, self._trap)
            yield cast("Books", trapped)
            for kind in trapped.kinds:
                self._trap.passes(f"before {kind} is committed")
        for kind in trapped.kinds:
            self._trap.passes(f"after {kind} is committed")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def close(self) -> None:
        self._trap.passes("stopping: store still open")
        self._store.close()


class TrappedChannel:
    """See `Channel`."""

    def __init__(self, channel: Channel, trap: Trap) -> None:
        self._channel, self._trap = channel, trap

    @property
    def name(self) -> str:
        return self._channel.name

    async def show(self, say: Say, previous: str | None) -> str:
        self._trap.passes("before a show")
        ref = await self._channel.show(say, previous)
        self._trap.passes("after a show")
        return ref

    async def serve(self, accept: Accept) -> None:
        await self._channel.serve(self._trapped(accept))

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        return self._channel.hooks(self._trapped(accept))

    def _trapped(self, accept: Accept) -> Accept:
        async def accepted(arrival: Arrival) -> Receipt:
            self._trap.passes("received and not kept")
            receipt = await accept(arrival)
            self._trap.passes("kept and not acknowledged")
            return receipt

        return accepted

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    async def close(self) -> None:
        self._trap.passes("stopping: channels still open")
        await self._channel.close()


class TrappedCrm:
    """See `Crm`."""

    def __init__(self, crm: Crm, trap: Trap) -> None:
        self._crm, self._trap = crm, trap

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        self._trap.passes("before a delivery")
        self._soon("during a delivery")
        receipt = self._crm.deliver(delivery, fresh=fresh)
        self._trap.passes("after a delivery")
        return receipt

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        self._trap.passes("before a search")
        hits = self._crm.search_customers(text, limit)
        self._trap.passes("after a search")
        return hits

    def standing(
        self, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        self._trap.passes("before a check of rights")
        standings = self._crm.standing(colleagues, groups)
        self._trap.passes("after a check of rights")
        return standings

    def _soon(self, point: str) -> None:
        if self._trap.point == point:
            after = random.uniform(0.0, LONGEST_DELIVERY_S)
            threading.Timer(after, self._trap.passes, [point]).start()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crm, name)


def trapped_opening(open_store: Callable[[str], Store], trap: Trap) -> Callable[[str], Store]:
    """The wiring's way to open a store, with a trap around what it opens."""
    return lambda url: TrappedStore(open_store(url), trap)
