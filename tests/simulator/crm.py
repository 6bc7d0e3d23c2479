"""The CRM as a model: create-if-absent by key, behind a network that can lose either direction.

A request that is under way arrives although the process that sent it is dead or has given up.
"""

import asyncio

from dialogs.crm import DeliveryReceipt, Standing
from dialogs.errors import CrmDenied, CrmRefused, CrmUnavailable
from dialogs.events import Hit
from tests.simulator import known
from tests.simulator.replica import REPLICA

DEADLINE_S = 15.0
MANAGES, SELLS = "sales_team.group_sale_manager", "sales_team.group_sale_salesman"
CUSTOMERS = ("Airbus", "Meyer Werft", "Meyer GmbH", "Krones", "Sick AG")


class ModelCrm:
    """What stands in the CRM; see the port `Crm`."""

    def __init__(self, world):
        self._world = world
        self.entries = {}
        """Deliveries by key; each list should hold one."""
        self.opportunities = {}
        self.leads, self.meetings = [], []
        """What came in by itself, and meetings that have ended."""
        self.refused = set()
        self.managers = {"max"}
        """Logins of those whose groups let them decide."""
        self.down_until = 0.0

    def copy(self):
        entries = {key: list(made) for key, made in self.entries.items()}
        return entries, dict(self.opportunities), list(self.leads)

    def become(self, copy):
        entries, opportunities, leads = copy
        self.entries = {key: list(made) for key, made in entries.items()}
        self.opportunities = dict(opportunities)
        self.leads = list(leads)

    def deliver(self, delivery, *, fresh):
        key = delivery.key
        if key not in self.entries:
            self._refuse(key)
            self._world.watch.enters(delivery, self.entries)
            self.make(delivery)
        number = self.opportunities[delivery.case]
        made = next(iter(self.entries[key]))
        customer = known.customer_number(made.customer.name) if made.customer else None
        return DeliveryReceipt(number, f"/crm/{number}", customer)

    def make(self, delivery):
        """Enter it, whether or not it stands there already."""
        self.entries.setdefault(delivery.key, []).append(delivery)
        self.opportunities.setdefault(delivery.case, len(self.opportunities) + 1)
        self._world.note("crm", "entered", delivery.key)

    def _refuse(self, key):
        if key in self.refused or self._world.faults.strikes("CRM refuses an entry"):
            self.refused.add(key)
            raise CrmRefused("The stage is unknown.")

    def search_customers(self, text, limit):
        words = text.casefold()
        found = [name for name in CUSTOMERS if words in name.casefold()]
        return tuple(Hit(known.customer_number(name), name) for name in found[:limit])

    def look_up(self, lookup):
        return known.answer(lookup, self)

    def standing(self, colleagues, groups):
        answers = [self._standing(one.login) for one in colleagues]
        return tuple(Standing(active=True, groups=known & set(groups)) for known in answers)

    def _standing(self, login):
        manages = login in self.managers
        self._world.watch.vouched(login, manages=manages)
        return frozenset({MANAGES} if manages else {SELLS})

    def mend(self):
        """The administrator has seen to it."""
        self.refused.clear()
        self.down_until = 0.0


class CrmNetwork:
    """Carries calls to the model and answers back, each on a way of its own."""

    def __init__(self, world):
        self._world = world

    def carry(self, call):
        """The future of a call that leaves now."""
        replica = REPLICA.get()
        answer = self._world.loop.create_future()
        self._world.loop.create_task(self._way(replica, call, answer))
        return answer

    async def _way(self, replica, call, answer):
        REPLICA.set(None)  # what is on the wire outlives the process
        strikes, dice = self._world.faults.strikes, self._world.dice
        if self._world.loop.at < self._world.crm.down_until:
            return await self._fails(replica, answer, 0.1, "the CRM is down")
        if strikes("CRM refuses the connection"):
            return await self._fails(replica, answer, 0.1, "connection refused")
        if strikes("CRM denies our credentials"):
            return await self._fails(replica, answer, 0.1, "the key has ended", CrmDenied)
        if strikes("CRM times out before its commit"):
            return await self._fails(replica, answer, DEADLINE_S, "timeout")
        if strikes("CRM is slow"):
            await asyncio.sleep(dice.uniform(2, 12))
        if strikes("CRM hangs and commits much later"):
            await asyncio.sleep(dice.uniform(40, 200))
        await asyncio.sleep(dice.uniform(0.005, 0.3))
        return await self._arrived(replica, call, answer)

    async def _arrived(self, replica, call, answer):
        strikes = self._world.faults.strikes
        if strikes("killed before the CRM commits"):
            replica.kill()
        try:
            result = call()
        except CrmRefused as error:
            result = error
        if strikes("killed after the CRM committed"):
            replica.kill()
        if strikes("CRM times out after its commit"):
            return await self._fails(replica, answer, DEADLINE_S, "timeout")
        if strikes("CRM answers 5xx after its commit"):
            return await self._fails(replica, answer, 0.1, "502")
        return await self._answered(replica, answer, result, self._world.dice.uniform(0.005, 0.2))

    async def _fails(self, replica, answer, seconds, text, error=CrmUnavailable):
        await self._answered(replica, answer, error(text), seconds)

    async def _answered(self, replica, answer, result, seconds):
        await replica.breath(seconds)
        if not replica.alive or answer.done():
            return
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
