"""Intents on their way out: to a chat, into the CRM, to the CRM with a question.

Executes what was claimed, one after another for each order key, and settles it. What fails for
now is due again later with the same key; what is refused for good tells the person. Knows ports.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from bot import codec
from bot.breaker import Breaker
from bot.chats import Chats, unreached
from bot.core import Core
from bot.fetching import let_go, with_files
from bot.invitations import Inviting
from bot.outgoing import Outgoing, place
from bot.outside import Outside
from bot.ownkeys import Held
from bot.redaction import hide
from bot.settlements import LONGEST_MS, dead, later, noted, released, until
from bot.turns import SEARCH_PATIENCE_MS
from dialogs.crm import Delivery
from dialogs.errors import (
    ChatClosed,
    ChatMoved,
    ChatRefused,
    ChatUnavailable,
    CrmDenied,
    CrmRefused,
    CrmUnavailable,
    OwnKeyDenied,
    StoreUnavailable,
)
from dialogs.events import (
    Delayed,
    Delivered,
    Event,
    Found,
    KeyDenied,
    LookedUp,
    Refused,
    Unvouched,
    Vouched,
)
from dialogs.people import CRM_GROUPS
from dialogs.ports import Clock
from dialogs.rows import Arrived, Claimed, Settlement
from dialogs.screens import HITS_SHOWN
from dialogs.shows import Say

log = logging.getLogger(__name__)

CRM_THREADS, SEARCH_THREADS = 6, 3
"""Apart, so that nobody's search waits behind deliveries that hang."""
HITS = HITS_SHOWN + 1  # one more tells that there are more
GREETING = "dealdesk"
SETTLING_PAUSES_S = (0.2, 1.0, 3.0, 10.0, 30.0)
"""A settlement that the store could not keep is tried again; then its lease brings it back."""
POISONED = 5
"""So many attempts a message or an entry has that fails in a way nobody thought of."""
CRM_PATIENCE_S = 45.0
"""Longer than the driver's own deadline, shorter than a lease."""


class Deliveries:
    """Carries out claimed intents on the event loop."""

    def __init__(self, core: Core, outside: Outside, clock: Clock) -> None:
        """Nothing runs before `deliver` is called."""
        self._core, self._outside, self._clock = core, outside, clock
        self._breaker = Breaker(clock)
        self.chats = Chats(outside.channels, clock)
        self._pool = ThreadPoolExecutor(CRM_THREADS, thread_name_prefix="dealdesk-crm")
        self._searching = ThreadPoolExecutor(SEARCH_THREADS, thread_name_prefix="dealdesk-search")
        self._tasks: set[asyncio.Task[None]] = set()
        self._tails: dict[str, asyncio.Task[None]] = {}

    def deliver(self, batch: Sequence[Outgoing]) -> None:
        """Start delivering; returns at once. Intents of one order key go one after another."""
        for order_key, run in groupby(
            sorted(batch, key=_order), key=lambda one: one.claimed.order_key
        ):
            self._start(order_key, self._kept(list(run), self._tails.get(order_key)))

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
            search = self._outside.crm.search_customers
            await self._in_pool(self._searching, lambda: search(GREETING, 1))

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
        for pool in (self._pool, self._searching):
            pool.shutdown(wait=False, cancel_futures=True)

    async def _kept(self, run: Sequence[Outgoing], before: "asyncio.Task[None] | None") -> None:
        try:
            await self._run(run, before)
        except StoreUnavailable as error:
            log.warning("what became of a delivery can't be kept: %s", error)
            self._core.dropped(one.claimed.seq for one in run)

    async def _run(self, run: Sequence[Outgoing], before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        for number, one in enumerate(run):
            settlement = await self._tried(one)
            if settlement.outcome == "done" and not settlement.arrivals:
                self._core.settle_soon(settlement)
                continue
            await self._settled(settlement)
            if settlement.outcome == "retry":
                await self._release(run[number + 1 :])
                return

    async def _release(self, rest: Iterable[Outgoing]) -> None:
        for one in rest:
            await self._settled(released(one.claimed))

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

    async def _tried(self, one: Outgoing) -> Settlement:
        try:
            return await self._carried_out(one)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a poison intent must not shut what is behind it
            return self._stumbled(one.claimed, error)

    def _stumbled(self, claimed: Claimed, error: Exception) -> Settlement:
        """It can't be carried out as we are built; what somebody waits for is not given up."""
        log.error("intent %s failed, attempt %d", claimed.seq, claimed.attempts, exc_info=error)
        why = f"dealdesk stumbled over it ({type(error).__name__})"
        match (claimed.attempts >= POISONED, claimed.target):
            case (True, "chat"):
                return dead(claimed, why)
            case (True, "crm"):
                return self._refused(claimed, codec.delivery.read(claimed.body).case, why)
            case _:
                return self._later(claimed, why)

    async def _carried_out(self, one: Outgoing) -> Settlement:
        match one.claimed.target:
            case "chat":
                return await self._chat(one)
            case "crm":
                return await self._crm(one.claimed)
            case "search":
                return await self._search(one.claimed)
            case "lookup":
                return await self._look_up(one.claimed)
            case "rights":
                return await self._rights(one.claimed)
            case "invite":
                return await self._invite(one.claimed)

    async def _chat(self, one: Outgoing) -> Settlement:
        claimed, say = one.claimed, one.say or codec.said.read(one.claimed.body)
        if say.address.channel not in self.chats:
            return dead(claimed, f"the channel {say.address.channel} is not connected")
        try:
            ref = await self.chats.show(await self._outside.drawn(say), one.previous)
        except ChatUnavailable as error:
            wait = None if error.retry_after is None else int(error.retry_after * 1000)
            return self._later(claimed, hide(str(error)), wait)
        except ChatClosed as error:
            log.warning("%s is closed to us: %s", say.address.channel, error)
            now = self._clock.now()
            return dead(
                claimed, hide(str(error)), *unreached(self._outside.people, claimed, say, now)
            )
        except ChatRefused as error:
            log.warning("intent %s was refused by %s: %s", claimed.seq, say.address.channel, error)
            return dead(claimed, hide(str(error)))
        except ChatMoved as move:
            return await self._moved(claimed, say, move)
        return Settlement(claimed.seq, claimed.attempts, "done", result=ref, place=place(say))

    async def _moved(self, claimed: Claimed, say: Say, move: ChatMoved) -> Settlement:
        """Remember where the chat went; the same intent then goes there."""
        at = say.address
        await self._core.do(lambda books: books.move_chat(at.channel, at.chat, move.chat))
        return self._later(claimed, str(move), 0)

    async def _crm(self, claimed: Claimed) -> Settlement:
        delivery = codec.delivery.read(claimed.body)
        waits = self._breaker.waits_until()
        if waits:
            return self._delayed(claimed, delivery.case, "the CRM is away", waits)
        own = self._outside.own_key(delivery.author.login)
        if own is not None and own.account is None:
            return self._locked(claimed, delivery, own)
        return await self._entered(claimed, delivery, own)

    async def _entered(self, claimed: Claimed, delivery: Delivery, own: Held | None) -> Settlement:
        delivery = await self._outside.illustrated(delivery)
        try:
            whole = await with_files(delivery, self._outside.channels)
            receipt = await self._in_pool(
                self._pool,
                lambda: self._outside.delivered(whole, fresh=claimed.fresh, own=own),
            )
        except ChatUnavailable as error:  # its files are with a chat that can't be asked now
            return self._later(claimed, hide(str(error)))
        except OwnKeyDenied as error:
            assert own is not None
            log.warning("delivery %s waits: %s", claimed.key, error)
            return self._keyless(claimed, str(error), self._missed(own))
        except (CrmUnavailable, CrmDenied, TimeoutError) as error:
            due = self._breaker.failed(_asked_s(error))
            log.warning("delivery %s waits: %s", claimed.key, error)
            return self._delayed(claimed, delivery.case, hide(str(error)), due)
        except CrmRefused as error:
            # Odoo's words can quote the entry: they are for the person and `dealdesk deliveries`.
            log.warning("delivery %s was refused (%s)", claimed.key, type(error).__name__)
            return self._refused(claimed, delivery.case, hide(str(error)))
        self._breaker.worked()
        await let_go(delivery, self._outside.channels)
        found = receipt.opportunity, receipt.url, delivery.errand
        more = receipt.overtaken, receipt.order, receipt.customer
        done = Delivered(claimed.key, delivery.case, *found, *more)
        return Settlement(
            claimed.seq,
            claimed.attempts,
            "done",
            result=codec.receipt.write(receipt),
            arrivals=(self._arrived(claimed, "delivered", done),),
            audit=(
                noted(
                    "overtaken" if receipt.overtaken else "delivered",
                    f"{claimed.key} {receipt.opportunity}",
                ),
            ),
        )

    async def _search(self, claimed: Claimed) -> Settlement:
        query = codec.search.read(claimed.body).query
        left = (claimed.expires or self._clock.now() + SEARCH_PATIENCE_MS) - self._clock.now()
        hits = None
        if left > 0 and not self._breaker.waits_until():
            try:
                async with asyncio.timeout(left / 1000):
                    search = self._outside.crm.search_customers
                    hits = await self._in_pool(self._searching, lambda: search(query, HITS))
            except (CrmUnavailable, CrmDenied, TimeoutError) as error:
                self._breaker.failed(_asked_s(error))
            except CrmRefused as error:
                log.warning("the CRM refuses to be searched: %s", error)
        found = self._arrived(claimed, "found", Found(query, hits))
        return Settlement(claimed.seq, claimed.attempts, "done", arrivals=(found,))

    async def _look_up(self, claimed: Claimed) -> Settlement:
        """Let the CRM read something; who does not wait for ever gets None in the end."""
        ask, answer = codec.ask.read(claimed.body), None
        left = None if claimed.expires is None else claimed.expires - self._clock.now()
        if left is None or (left > 0 and not self._breaker.waits_until()):
            try:
                async with asyncio.timeout(None if left is None else left / 1000):
                    call = partial(self._outside.crm.look_up, ask.lookup)
                    answer = await self._in_pool(self._searching, call)
            except (CrmUnavailable, CrmDenied, TimeoutError) as error:
                due = self._breaker.failed(_asked_s(error))
                if left is None:
                    return until(claimed, hide(str(error)), due)
            except CrmRefused as error:
                log.warning("the CRM refuses to answer %s: %s", ask.lookup.type, error)
        event = LookedUp(ask.purpose, ask.subject, answer)
        told = self._arrived(claimed, "looked_up", event, once=True)
        return Settlement(claimed.seq, claimed.attempts, "done", arrivals=(told,))

    async def _rights(self, claimed: Claimed) -> Settlement:
        """Ask the CRM who decided; without its answer nothing is decided."""
        inquiry = codec.inquiry.read(claimed.body)
        waits = self._breaker.waits_until()
        if waits:
            return self._unvouched(claimed, inquiry.approval, "the CRM is away", waits)
        ask = self._outside.crm.standing
        try:
            (standing,) = await self._in_pool(
                self._searching, lambda: ask((inquiry.colleague,), tuple(CRM_GROUPS))
            )
        except (CrmUnavailable, CrmRefused, TimeoutError) as error:
            log.warning("the right to decide can't be checked now: %s", error)
            return self._unvouched(claimed, inquiry.approval, str(error), self._breaker.failed())
        self._breaker.worked()
        event = Vouched(standing.active, tuple(sorted(standing.groups)), inquiry.approval)
        arrived = self._arrived(claimed, "vouched", event)
        return Settlement(claimed.seq, claimed.attempts, "done", arrivals=(arrived,))

    def _unvouched(self, claimed: Claimed, approval: str, error: str, due: int) -> Settlement:
        arrived = self._arrived(claimed, "unvouched", Unvouched(approval), once=True)
        return until(claimed, error, due, arrived)

    async def _invite(self, claimed: Claimed) -> Settlement:
        """Let the CRM send a link code to its user; whether it has one is told to nobody."""
        done = Settlement(claimed.seq, claimed.attempts, "done")
        if (claimed.expires or 0) <= self._clock.now():
            return done
        invitation = codec.invitation.read(claimed.body)
        inviting = Inviting(self._core, self._outside.crm, self._clock, self._outside.newcomer)
        try:
            await inviting.send(invitation, partial(self._in_pool, self._searching))
        except (CrmUnavailable, CrmDenied, TimeoutError) as error:
            return self._later(claimed, str(error))
        except CrmRefused as error:
            log.warning("a link code could not be sent: %s", error)
        return done

    async def _in_pool(self, pool: ThreadPoolExecutor, call: Callable[[], Any]) -> Any:
        async with asyncio.timeout(CRM_PATIENCE_S):
            return await asyncio.get_running_loop().run_in_executor(pool, call)

    def _delayed(self, claimed: Claimed, case: str, error: str, due: int) -> Settlement:
        event = self._arrived(claimed, "delayed", Delayed(claimed.key, case), once=True)
        return until(claimed, error, due, event)

    def _refused(self, claimed: Claimed, case: str, why: str) -> Settlement:
        event = Refused(claimed.key, case, why)
        settled = dead(claimed, why, self._arrived(claimed, "refused", event))
        return replace(settled, audit=(noted("refused", claimed.key),))

    def _locked(self, claimed: Claimed, delivery: Delivery, own: Held) -> Settlement:
        """The author's key is no longer accepted, or our master keys don't open it."""
        if own.denied:
            return self._keyless(claimed, "It waits for a new API key of its author.")
        why = "DEALDESK_MASTER_KEY does not open the API key of its author: add the earlier one."
        return self._delayed(claimed, delivery.case, why, self._clock.now() + LONGEST_MS)

    def _keyless(self, claimed: Claimed, error: str, *arrivals: Arrived) -> Settlement:
        """Only this author's entries wait, until they give another key or let it be forgotten."""
        return until(claimed, error, self._clock.now() + LONGEST_MS, *arrivals)

    def _missed(self, own: Held) -> Arrived:
        """For the key's owner, once for each key."""
        payload = codec.happened.write(codec.Happened(KeyDenied(own.given), None))
        now = self._clock.now()
        return Arrived(f"key_denied:{own.given}", own.person, self._clock.new_id(), now, payload)

    def _later(self, claimed: Claimed, error: str, wait: int | None = None) -> Settlement:
        return later(self._clock, claimed, error, wait)

    def _arrived(self, claimed: Claimed, what: str, event: Event, *, once: bool = False) -> Arrived:
        """An answer as an inbox row; `once` for the key, else once for each attempt."""
        key = f"{what}:{claimed.key}" if once else f"{what}:{claimed.key}:{claimed.attempts}"
        payload = codec.happened.write(codec.Happened(event, None))
        now = self._clock.now()
        return Arrived(key, claimed.conversation, self._clock.new_id(), now, payload)


def _order(one: Outgoing) -> tuple[str, int]:
    return one.claimed.order_key, one.claimed.seq


def _asked_s(error: Exception) -> float | None:
    """How long the CRM wants to be left alone, in seconds, where it says so."""
    return error.retry_after if isinstance(error, CrmUnavailable) else None
