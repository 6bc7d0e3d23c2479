"""Bringing payloads to the app: events with their retries, interactions once.

Knows when an attempt is made and what its outcome means; how it travels is the door's business
(`http_delivery`, `socket_mode`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from .changes import Changes
from .clock import Clock
from .violations import Violations

ACK_SECONDS = 3.0
RETRY_DELAYS = (0.0, 60.0, 300.0)
HOURLY_FOR_A_DAY = (3600.0,) * 24  # Slack's "Delayed Events"

Kind = Literal["events_api", "interactive", "slash_commands"]
EventFault = Literal["lost", "twice", "both"]


@dataclass(frozen=True)
class Reply:
    """How one attempt ended; `reason` is Slack's word for a failure, `final` forbids a retry."""

    accepted: bool
    body: Any = None
    reason: str = ""
    final: bool = False


@dataclass
class Delivery:
    """One payload on its way: until when it must be acknowledged, and the replies it got so far."""

    kind: Kind
    payload: dict[str, Any] = field(repr=False)
    deadline: float
    replies: list[Reply] = field(default_factory=list)
    finished: bool = False

    @property
    def accepted(self) -> bool:
        return any(reply.accepted for reply in self.replies)

    @property
    def body(self) -> Any:
        """What the app sent back with its acknowledgement."""
        return next((reply.body for reply in self.replies if reply.accepted), None)

    @property
    def name(self) -> str:
        """What to call it in a message to the reader of a test."""
        inside = self.payload.get("event") or {}
        detail = self.payload.get("event_id") or self.payload.get("command") or ""
        kind = inside.get("type") or self.payload.get("type") or self.kind
        return f"{kind} {detail}".strip()


class Door(Protocol):
    """One way to the app."""

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Reply:
        """Hand over once. `number` counts retries from 0, `reason` says why the last one failed."""
        ...


Twice = Callable[[Delivery], Awaitable[list[Reply]]]


class Courier:
    """Takes payloads to the door and remembers all of them."""

    def __init__(
        self,
        clock: Clock,
        changes: Changes,
        violations: Violations,
        retry_delays: Sequence[float],
    ) -> None:
        self._clock = clock
        self._changes = changes
        self._violations = violations
        self._retry_delays = tuple(retry_delays)
        self._tasks: set[asyncio.Task[Any]] = set()
        self.door: Door | None = None
        self.sent: list[Delivery] = []
        self.twice: Twice | None = None  # hands one envelope to two connections
        self.under_way = 0  # attempts that the app has not answered yet
        self.ordered: list[EventFault] = []  # for the coming events, in turn

    def event(self, payload: dict[str, Any]) -> Delivery:
        """Start delivering an event; retries go on in the background."""
        delivery = self._begin("events_api", payload)
        self.spawn(self._with_retries(delivery))
        return delivery

    async def once(self, kind: Kind, payload: dict[str, Any]) -> Delivery:
        """Deliver an interaction: one attempt, and its reply."""
        delivery = self._begin(kind, payload)
        await self._attempt(delivery, 0, "")
        self._finish(delivery)
        return delivery

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        broken = None if task.cancelled() else task.exception()
        if broken is not None:
            self._violations.record("standin_error", "delivery", repr(broken))

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, kind: Kind, payload: dict[str, Any]) -> Delivery:
        delivery = Delivery(kind, payload, self._clock.now() + ACK_SECONDS)
        self.sent.append(delivery)
        return delivery

    def _finish(self, delivery: Delivery) -> None:
        delivery.finished = True
        self._changes.notify()

    async def _with_retries(self, delivery: Delivery) -> None:
        reply = await self._first(delivery)
        due = self._clock.now()
        for number, delay in enumerate(self._retry_delays, start=1):
            if reply.accepted or reply.final:
                break
            due += delay
            await self._clock.sleep_until(due)
            delivery.deadline = self._clock.now() + ACK_SECONDS
            reply = await self._attempt(delivery, number, reply.reason)
        self._finish(delivery)

    async def _first(self, delivery: Delivery) -> Reply:
        fault = self.ordered.pop(0) if self.ordered else None
        if fault == "lost":
            return self._note(delivery, Reply(accepted=False, reason="http_timeout"))
        if fault == "both" and self.twice is not None:
            replies = await self.twice(delivery)
            return self._note(delivery, next((r for r in replies if r.accepted), replies[0]))
        if fault == "twice":
            await self._attempt(delivery, 0, "")
        return await self._attempt(delivery, 0, "")

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> Reply:
        if self.door is None:
            return self._note(delivery, Reply(accepted=False, reason="connection_failed"))
        self.under_way += 1
        try:
            reply = await self.door.attempt(delivery, number, reason)
        finally:
            self.under_way -= 1
        return self._note(delivery, reply)

    def _note(self, delivery: Delivery, reply: Reply) -> Reply:
        delivery.replies.append(reply)
        self._changes.notify()
        return reply
