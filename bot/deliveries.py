"""Intents on their way out: to a chat, into the CRM, to the CRM with a question.

Executes what was claimed, one after another for each order key, and settles it. What fails for
now is due again later with the same key; what is refused for good tells the person. Knows ports.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot import codec
from bot.breaker import Breaker
from bot.core import Core
from bot.turns import SEARCH_PATIENCE_MS, Outgoing, place
from dialogs.errors import (
    ChatRefused,
    ChatUnavailable,
    CrmDenied,
    CrmRefused,
    CrmUnavailable,
    StoreUnavailable,
)
from dialogs.events import Delayed, Delivered, Event, Found, Refused
from dialogs.ports import Channel, Clock, Crm
from dialogs.rows import Arrived, Claimed, Settlement

log = logging.getLogger(__name__)

CRM_THREADS = 8
HITS = 8
GREETING = "dealdesk"
BACKOFF_MS, LONGEST_MS = 2_000, 30 * 60_000
SETTLING_PAUSES_S = (0.2, 1.0, 3.0, 10.0, 30.0)
"""A settlement that the store could not keep is tried again; then its lease brings it back."""
CRM_PATIENCE_S = 45.0
"""Longer than the driver's own deadline, shorter than a lease."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Who intents go to."""

    channels: Mapping[str, Channel]
    crm: Crm


class Deliveries:
    """Carries out claimed intents on the event loop."""

    def __init__(self, core: Core, outside: Outside, clock: Clock) -> None:
        """Nothing runs before `deliver` is called."""
        self._core, self._outside, self._clock = core, outside, clock
        self._breaker = Breaker(clock)
        self._pool = ThreadPoolExecutor(CRM_THREADS, thread_name_prefix="dealdesk-crm")
        self._tasks: set[asyncio.Task[None]] = set()
        self._tails: dict[str, asyncio.Task[None]] = {}

    def deliver(self, batch: Sequence[Outgoing]) -> None:
        """Start delivering; returns at once. Intents of one order key go one after another."""
        for order_key, run in groupby(
            sorted(batch, key=_order), key=lambda one: one.claimed.order_key
        ):
            self._start(order_key, self._run(list(run), self._tails.get(order_key)))

    def _start(self, order_key: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        self._tails[order_key] = task
        task.add_done_callback(lambda done: self._ended(order_key, done))

    def _ended(self, order_key: str, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if self._tails.get(order_key) is task:
            del self._tails[order_key]
        if not task.cancelled() and task.exception() is not None:
            log.error("a delivery died; its lease brings it back", exc_info=task.exception())

    async def greet(self) -> None:
        """Log in to the CRM before somebody waits for it; one that is away is asked later."""
        with suppress(CrmUnavailable, CrmRefused, TimeoutError):
            await self._in_pool(lambda: self._outside.crm.search_customers(GREETING, 1))

    async def idle(self) -> None:
        """Return once nothing is on its way out; what waits for its next attempt does not count."""
        while True:
            # What was settled without anybody's waiting may let others go.
            await self._core.do(lambda _: None)
            if not self._tasks:
                return
            await asyncio.wait(self._tasks)

    async def drain(self, seconds: float) -> None:
        """Wait for running deliveries; what is not done by then comes back after its lease."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, run: Sequence[Outgoing], before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        for number, one in enumerate(run):
            settlement = await self._carried_out(one)
            if settlement.outcome == "done" and not settlement.arrivals:
                self._core.settle_soon(settlement)
                continue
            await self._settled(settlement)
            if settlement.outcome == "retry":
                await self._release(run[number + 1 :])
                return

    async def _release(self, rest: Iterable[Outgoing]) -> None:
        for one in rest:
            await self._settled(Settlement(one.claimed.seq, one.claimed.attempts, "release"))

    async def _settled(self, settlement: Settlement) -> None:
        """Write it down, also when the store is away for a while: it is known and may not wait."""
        for pause in SETTLING_PAUSES_S:
            try:
                await self._core.settle(settlement)
            except StoreUnavailable as error:
                log.warning("intent %s can't be settled yet: %s", settlement.seq, error)
                await asyncio.sleep(pause)
            else:
                return
        await self._core.settle(settlement)

    async def _carried_out(self, one: Outgoing) -> Settlement:
        match one.claimed.target:
            case "chat":
                return await self._chat(one)
            case "crm":
                return await self._crm(one.claimed)
            case "search":
                return await self._search(one.claimed)

    async def _chat(self, one: Outgoing) -> Settlement:
        claimed, say = one.claimed, one.say or codec.said.read(one.claimed.body)
        channel = self._outside.channels.get(say.address.channel)
        if channel is None:
            return _dead(claimed, f"the channel {say.address.channel} is not connected")
        try:
            ref = await channel.show(say, one.previous)
        except ChatUnavailable as error:
            wait = None if error.retry_after is None else int(error.retry_after * 1000)
            return self._later(claimed, str(error), wait)
        except ChatRefused as error:
            log.warning("intent %s was refused by %s: %s", claimed.seq, channel.name, error)
            return _dead(claimed, str(error))
        return Settlement(claimed.seq, claimed.attempts, "done", result=ref, place=place(say))

    async def _crm(self, claimed: Claimed) -> Settlement:
        delivery = codec.delivery.read(claimed.body)
        waits = self._breaker.waits_until()
        if waits:
            return self._delayed(claimed, delivery.case, "the CRM is away", waits)
        try:
            receipt = await self._in_pool(
                lambda: self._outside.crm.deliver(delivery, fresh=claimed.fresh)
            )
        except (CrmUnavailable, CrmDenied, TimeoutError) as error:
            due = self._breaker.failed()
            log.warning("delivery %s waits: %s", claimed.key, error)
            return self._delayed(claimed, delivery.case, str(error), due)
        except CrmRefused as error:
            log.warning("delivery %s was refused: %s", claimed.key, error)
            event = Refused(claimed.key, delivery.case, str(error))
            return _dead(claimed, str(error), self._arrived(claimed, "refused", event))
        self._breaker.worked()
        done = Delivered(claimed.key, delivery.case, receipt.opportunity, receipt.url)
        return Settlement(
            claimed.seq,
            claimed.attempts,
            "done",
            result=codec.receipt.write(receipt),
            arrivals=(self._arrived(claimed, "delivered", done),),
        )

    async def _search(self, claimed: Claimed) -> Settlement:
        query = codec.search.read(claimed.body).query
        left = (claimed.expires or self._clock.now() + SEARCH_PATIENCE_MS) - self._clock.now()
        hits = None
        if left > 0 and not self._breaker.waits_until():
            try:
                async with asyncio.timeout(left / 1000):
                    search = self._outside.crm.search_customers
                    hits = await self._in_pool(lambda: search(query, HITS))
            except (CrmUnavailable, CrmDenied, TimeoutError):
                self._breaker.failed()
            except CrmRefused as error:
                log.warning("the CRM refuses to be searched: %s", error)
        found = self._arrived(claimed, "found", Found(query, hits))
        return Settlement(claimed.seq, claimed.attempts, "done", arrivals=(found,))

    async def _in_pool(self, call: Callable[[], Any]) -> Any:
        async with asyncio.timeout(CRM_PATIENCE_S):
            return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def _delayed(self, claimed: Claimed, case: str, error: str, due: int) -> Settlement:
        event = self._arrived(claimed, "delayed", Delayed(claimed.key, case), once=True)
        return Settlement(
            claimed.seq, claimed.attempts, "retry", due=due, error=error, arrivals=(event,)
        )

    def _later(self, claimed: Claimed, error: str, wait: int | None = None) -> Settlement:
        grown = min(BACKOFF_MS * 2 ** min(claimed.attempts - 1, 12), LONGEST_MS)
        spread = int(grown * (1 + self._clock.jitter() / 4))
        due = self._clock.now() + (spread if wait is None else wait)
        return Settlement(claimed.seq, claimed.attempts, "retry", due=due, error=error)

    def _arrived(self, claimed: Claimed, what: str, event: Event, *, once: bool = False) -> Arrived:
        """An answer as an inbox row; `once` for the key, else once for each attempt."""
        key = f"{what}:{claimed.key}" if once else f"{what}:{claimed.key}:{claimed.attempts}"
        payload = codec.happened.write(codec.Happened(event, None))
        now = self._clock.now()
        return Arrived(key, claimed.conversation, self._clock.new_id(), now, payload)


def _order(one: Outgoing) -> tuple[str, int]:
    return one.claimed.order_key, one.claimed.seq


def _dead(claimed: Claimed, error: str, *arrivals: Arrived) -> Settlement:
    return Settlement(claimed.seq, claimed.attempts, "dead", error=error, arrivals=arrivals)
