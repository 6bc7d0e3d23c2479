"""An inbox by hand: keeps what arrives, knows what it knew, and can be out of order for a while."""

import asyncio

from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, FromPerson
from dialogs.ports import Receipt


class Inbox:
    """`accept` is the door; `refusals` says how often, and with what, it stays shut."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.tries = 0
        self._known: set[str] = set()
        self._refusals: list[Exception] = []
        self._more = asyncio.Event()

    @property
    def events(self) -> list[FromPerson]:
        return [arrival.event for arrival in self.arrivals]

    def shut(self, times: int, error: Exception | None = None) -> None:
        """Keep nothing, so many times."""
        self._refusals += [error or StoreUnavailable("busy")] * times

    async def accept(self, arrival: Arrival) -> Receipt:
        self.tries += 1
        if self._refusals:
            raise self._refusals.pop()
        new = arrival.source_key not in self._known
        self._known.add(arrival.source_key)
        if new:
            self.arrivals.append(arrival)
            more, self._more = self._more, asyncio.Event()
            more.set()
        return Receipt(new)

    async def holds(self, count: int) -> list[FromPerson]:
        """Wait until so many have arrived; return them."""
        async with asyncio.timeout(10):
            while len(self.arrivals) < count:
                await self._more.wait()
        return self.events
