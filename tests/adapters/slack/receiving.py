"""An inbox by hand: keeps what arrives, answers by script, and refuses when it is told to."""

import asyncio

from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival
from dialogs.ports import Receipt
from dialogs.shows import FormReply

PATIENCE = 5.0


class Inbox:
    """`accept` is what a channel gets; a known key is answered `new=False`, as by the real one."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.again: list[str] = []
        """Keys of redeliveries."""
        self.replies: list[FormReply] = []
        """For the next new arrivals, in order; then None."""
        self.closed = False
        self.failure: Exception | None = None
        self.gate = asyncio.Event()
        """Cleared, it holds up whoever comes."""
        self.gate.set()
        self.knocked = asyncio.Event()
        """Somebody stands at the gate."""
        self._came: asyncio.Queue[Arrival] = asyncio.Queue()

    async def accept(self, arrival: Arrival) -> Receipt:
        self.knocked.set()
        await self.gate.wait()
        if self.closed:
            raise StoreUnavailable("the disk is full: make room")
        if self.failure is not None:
            raise self.failure
        new = arrival.source_key not in {known.source_key for known in self.arrivals}
        (self.arrivals if new else self.again).append(arrival if new else arrival.source_key)
        await self._came.put(arrival)
        return Receipt(new=new, reply=self.replies.pop(0) if new and self.replies else None)

    async def gets(self) -> Arrival:
        """Wait for the next arrival, new or not."""
        async with asyncio.timeout(PATIENCE):
            return await self._came.get()

    @property
    def events(self) -> list[object]:
        return [arrival.event for arrival in self.arrivals]
