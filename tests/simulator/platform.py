"""How an event gets from a person to a replica: with redelivery, copies and detours.

A platform brings an event again until it is told that the event was taken.
"""

import asyncio

from dialogs.events import Arrival
from tests.simulator.replica import EPOCH

PAUSES_S = (0.5, 5, 30, 60)


class Platform:
    """All platforms, as far as the inbox can tell them apart."""

    def __init__(self, world, prefix):
        self._world, self.prefix, self._count = world, prefix, 0
        self.recent = []
        self.sent = {}
        """Arrivals by source key, as far as their bringing began."""
        self._under_way = 0

    @property
    def busy(self):
        return self._under_way > 0

    def send(self, address, event, stood=None):
        """Begin to bring it; the task gives its receipt. `stood`: see `Message`."""
        self._count += 1
        at = EPOCH + int(self._world.loop.at * 1000)
        arrival = Arrival(f"{self.prefix}:{self._count}", address, at, event)
        self.sent[arrival.source_key] = arrival
        self._world.watch.meant[arrival.source_key] = stood
        self.recent = [*self.recent[-4:], arrival]
        self._world.note(address.account, "sends", arrival.source_key, _text(event))
        faults, dice = self._world.faults, self._world.dice
        if faults.strikes("delivered twice at once"):
            self._begin(arrival, dice.uniform(0.01, 0.3))
        if faults.strikes("delivered again later"):
            self._begin(arrival, dice.uniform(5, 400))
        late = faults.strikes("delivered out of order")
        return self._begin(arrival, dice.uniform(1, 8) if late else dice.uniform(0.01, 0.3))

    def restarted(self):
        """Some platforms bring the last events again after a reconnect."""
        if self._world.faults.strikes("delivered again after a restart"):
            for arrival in self.recent:
                self._begin(arrival, self._world.dice.uniform(0.1, 2))

    def _begin(self, arrival, delay):
        self._under_way += 1
        return self._world.loop.create_task(self._brought(arrival, delay))

    async def _brought(self, arrival, delay):
        try:
            await asyncio.sleep(delay)
            return await self._until_taken(arrival)
        finally:
            self._under_way -= 1

    async def _until_taken(self, arrival):
        strikes, dice, tries = self._world.faults.strikes, self._world.dice, 0
        while True:
            if not strikes("first delivery lost"):
                receipt = await self._asked(arrival)
                if receipt is not None:
                    self._world.watch.receipt(arrival, receipt)
                    if not strikes("acknowledgement lost"):
                        return receipt
            await asyncio.sleep(PAUSES_S[min(tries, 3)] * dice.uniform(0.8, 1.2))
            tries += 1

    async def _asked(self, arrival):
        replica = self._world.someone()
        return await replica.takes(arrival) if replica else None


def _text(event):
    match event.type:
        case "said":
            return repr(event.text[:30])
        case "pressed":
            return event.token
        case _:
            return event.type
