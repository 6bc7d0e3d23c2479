"""One running dealdesk: the real core, turns, deliveries and dispatcher, on a clock of its own.

It can be killed between any two steps, put to sleep, stopped and started again. Channels and CRM
are doors that know which replica calls.
"""

import asyncio
from contextlib import suppress
from contextvars import ContextVar, copy_context
from pathlib import Path

from bot.calendar_watch import CalendarWatch
from bot.clock import SystemClock, ulid
from bot.core import Core
from bot.deliveries import Deliveries
from bot.dispatcher import Dispatcher, LocalWaker
from bot.lead_watch import LeadWatch
from bot.outside import Outside
from bot.people import People
from bot.replicas import Replicas
from bot.running import DRAIN_S
from bot.turns import Turns
from bot.turnstile import Turnstile
from bot.upkeep import Upkeep
from bot.writer import Writer
from dialogs.errors import StoreUnavailable
from tests.simulator.ground import library
from tests.simulator.store import Killed, SimStore

EPOCH = 1_795_186_800_000
"""Friday 20 November 2026, 16:00 in Berlin."""
REPLICA = ContextVar("replica", default=None)
CARRIED = ContextVar("carried", default=None)
"""The claim that is being carried out: a channel is not told, the oracles want to know."""
PLATFORM_WAITS_S = 30
KEEP_DAYS = 90


class TurnedClock(SystemClock):
    """The real clock on virtual time, and what somebody turned the wall clock by."""

    def __init__(self, world):
        self._world, self.jump = world, 0
        super().__init__(lambda: self._steady() + self.jump, self._virtual)

    def _virtual(self):
        return EPOCH + self._world.loop.at * 1000

    def new_id(self):
        return ulid(self.now(), self._world.dice.getrandbits(80))

    def jitter(self):
        return self._world.dice.random()


class LoopWriter(Writer):
    """The real writer; its batches are worked off on the loop instead of on a thread."""

    def __init__(self, replica, store, work):
        super().__init__(store, work)
        self._replica, self.waiting, self._rung = replica, [], False

    def start(self):
        self._loop = asyncio.get_running_loop()

    async def stop(self):
        self._flush()

    def _hand_over(self, asked):
        self.waiting.append(asked)
        if not self._rung:
            world = self._replica.world
            slow = world.faults.strikes("store is slow")
            self._ring(world.dice.uniform(0.1, 1.5) if slow else world.dice.uniform(0.0005, 0.02))

    def _ring(self, seconds):
        self._rung = True
        self._loop.call_later(seconds, self._flush, context=self._replica.context.copy())

    def _flush(self):
        self._rung = False
        if not self._replica.alive:
            return
        if self._replica.sleeps:
            self._ring(self._replica.sleeps)
            return
        batch, self.waiting = self.waiting, []
        try:
            self.work_off(batch)
        except Killed:
            self._replica.kill()


class WatchedDeliveries(Deliveries):
    """The real deliveries; tells the oracles what is being carried out."""

    def __init__(self, replica, core, outside, clock):
        super().__init__(core, outside, clock)
        self._replica = replica

    async def _carried_out(self, one):
        watch = self._replica.world.watch
        watch.begins(self._replica, one.claimed)
        CARRIED.set(one.claimed)
        try:
            return await super()._carried_out(one)
        finally:
            watch.ends(self._replica, one.claimed)


class Housekeeping(Upkeep):
    """The real upkeep; its anchors go to the oracles instead of into a file."""

    def __init__(self, replica, core, clock):
        super().__init__(core, clock, library(), KEEP_DAYS, Path("nowhere"))
        self._replica = replica

    async def _anchor(self, now):
        self._replica.world.watch.anchors.append(await self._core.do(lambda b: b.trail_head()))


class Replica:
    """A process, as far as the outside can tell."""

    def __init__(self, world, name):
        self.world, self.name = world, name
        self.alive, self.taking = True, False
        self._asleep_until = 0.0
        self._tasks = []
        self.context = copy_context()
        self.context.run(REPLICA.set, self)
        self.clock = TurnedClock(world)
        self._wire()

    def _wire(self):
        world, clock, people, waker = self.world, self.clock, People(), LocalWaker()
        store = SimStore(world.database, self)
        turns = Turns(world.desk, people, clock, waker, None)
        self.core = Core(store, turns, people, clock, writer=self._writer)
        self.turnstile = Turnstile(self.core.accept)
        outside = Outside(world.chats.doors(self), world.crm, people=people)
        self.deliveries = WatchedDeliveries(self, self.core, outside, clock)
        others = Replicas(clock, alone=store.sole, seconds=world.loop.time)
        upkeep = Housekeeping(self, self.core, clock)
        self.dispatcher = Dispatcher(self.core, waker, clock, upkeep, others)
        self._watches = (
            LeadWatch(self.core, world.crm, library(), clock),
            CalendarWatch(self.core, world.crm, clock, library(), 0),
        )

    def _writer(self, store, work):
        self._writes = LoopWriter(self, store, work)
        return self._writes

    @property
    def sleeps(self):
        """Seconds for which it will not do anything."""
        return max(0.0, self._asleep_until - self.world.loop.at)

    def spawn(self, work):
        """Start a task that dies with this process."""
        return self.world.loop.create_task(work, context=self.context.copy())

    def owns(self, task):
        self._tasks.append(task)

    async def start(self):
        """Begin, as often as it takes; then take what the platforms bring."""
        await asyncio.wait([self.spawn(self._started())])

    async def _started(self):
        while True:
            try:
                await self.core.start(self.deliveries.deliver)
                break
            except StoreUnavailable:
                await asyncio.sleep(1)
        self._sweeping = self.spawn(self.dispatcher.run())
        self.taking = True

    async def takes(self, arrival):
        """The receipt, or None if the platform got no answer."""
        if not self.taking:
            return None
        asked = self.spawn(self.turnstile.accept(arrival))
        await asyncio.wait([asked], timeout=PLATFORM_WAITS_S)
        if not self.alive or not asked.done() or asked.cancelled() or asked.exception():
            return None
        return asked.result()

    def looks(self):
        """See what came into the CRM by itself: here when something did, else every few seconds."""
        for one in self._watches:
            self.spawn(self._looked(one))

    async def _looked(self, watch):
        with suppress(StoreUnavailable):
            await watch.look()

    async def breath(self, seconds):
        """Let time pass, also that for which the process sleeps."""
        await asyncio.sleep(seconds)
        while self.sleeps:  # noqa: ASYNC110 - virtual time: nothing is polled
            await asyncio.sleep(self.sleeps)

    def pause(self, seconds):
        """Stop it like SIGSTOP does."""
        self._asleep_until = self.world.loop.at + seconds

    @property
    def busy(self):
        return bool(self.sleeps or self._writes.waiting)

    async def stop(self):
        """End it politely, as `dealdesk run` does on SIGTERM."""
        self.taking = False
        self._sweeping.cancel()
        if self.world.faults.strikes("killed while it stops"):
            self.world.loop.call_later(self.world.dice.uniform(0, 3), self.kill)
        await asyncio.wait([self.spawn(self._stopped())])

    async def _stopped(self):
        await self.deliveries.drain(DRAIN_S)
        await self.core.stop()
        self.kill()

    def kill(self):
        """End it at once: no code of it runs from here on that could change anything."""
        if not self.alive:
            return
        self.alive = self.taking = False
        self.world.watch.died(self)
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self.world.died(self)


def own_task(loop, work, context=None):
    """A task factory: a task belongs to the process in whose context it is made."""
    task = asyncio.Task(work, loop=loop, context=context)
    replica = context.get(REPLICA) if context is not None else REPLICA.get()
    if replica is not None:
        replica.owns(task)
        if not replica.alive:
            task.cancel()
    return task
