"""The bot's queue of updates: numbered, kept for a while, handed out until they are confirmed.

Knows nothing of HTTP; `polling` and `webhook` carry the updates to the bot.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.waiting import Bell

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

    from tests.standins.telegram.clock import Clock

DAY = 86_400.0
WEEK = 7 * DAY
KEPT = {"callback_query": 150.0}  # seconds; every other kind is kept for a day
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "guest_message",
    }
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FUTURE = 10  # an offset further ahead than this is taken for another numbering


@dataclass(frozen=True)
class Update:
    """`queue` tells which updates wait for one another in a webhook; times are in seconds."""

    id: int
    kind: str
    content: dict[str, Any]
    queue: str
    expires_at: float

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.content}


class Updates:
    """The queue. Numbers begin anywhere, run on by one, and begin anew after a silent week."""

    def __init__(self, clock: Clock) -> None:
        self.allowed = KINDS
        self._clock = clock
        self._waiting: list[Update] = []
        self._last_at = clock.now()
        self._changes = Bell()
        self._next = 0
        self.renumber()

    def renumber(self) -> None:
        """Go on with a random number, as Telegram does after a week without updates."""
        self._next = random.randint(2_000_001, 2**30)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """From now on keep these kinds; an empty list stands for all but those of `ON_REQUEST`."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & (KINDS | ON_REQUEST) or KINDS

    def add(self, kind: str, content: dict[str, Any], queue: str) -> Update | None:
        """Queue an update; None when the bot has not asked for its kind."""
        if kind not in self.allowed:
            return None
        now = self._clock.now()
        if now - self._last_at >= WEEK:
            self.renumber()
        update = Update(self._next, kind, content, queue, now + KEPT.get(kind, DAY))
        self._next, self._last_at = self._next + 1, now
        self._waiting.append(update)
        self._changes.notify()
        return update

    def take(self, offset: int, limit: int) -> list[Update]:
        """Forget what `offset` confirms and hand out what then comes first."""
        self._forget_expired()
        before = len(self._waiting)
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset <= self._next + FUTURE:
            self._waiting = [each for each in self._waiting if each.id >= offset]
        if len(self._waiting) < before:
            self._changes.notify()
        return self._waiting[:limit]

    def pending(self) -> list[Update]:
        """Everything not yet confirmed, oldest first."""
        self._forget_expired()
        return list(self._waiting)

    def forget(self, update: Update) -> None:
        """It has arrived (or can't)."""
        self._waiting = [each for each in self._waiting if each is not update]
        self._changes.notify()

    def clear(self) -> None:
        self._waiting.clear()

    def changed(self) -> Coroutine[Any, Any, int]:
        """Wait until, from this call on, an update is added or forgotten."""
        return self._changes.after(self._changes.count)

    def _forget_expired(self) -> None:
        now = self._clock.now()
        self._waiting = [each for each in self._waiting if each.expires_at > now]
