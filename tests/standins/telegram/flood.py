"""Telegram's unpublished flood limit, as bots meet it: a burst, then a trickle per chat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.standins.telegram.refusals import too_many_requests

if TYPE_CHECKING:
    from tests.standins.telegram.clock import Clock

METERED = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "editMessageText",
        "editMessageCaption",
        "editMessageReplyMarkup",
    }
)


@dataclass(frozen=True)
class FloodLimit:
    """So many messages to a chat at once, and so many a second after that."""

    burst: int = 20
    per_second: float = 1.0


class Flood:
    """Counts messages per chat; `limit` None lets everything through."""

    def __init__(self, clock: Clock, limit: FloodLimit | None = None) -> None:
        self.limit = limit
        self._clock = clock
        self._left: dict[object, tuple[float, float]] = {}  # chat: allowance, when it was counted

    def admit(self, method: str, chat_id: object) -> None:
        """Count one message.

        Raises:
            Refusal: 429 with the seconds to wait
        """
        if self.limit is None or method not in METERED:
            return
        now = self._clock.now()
        left, at = self._left.get(chat_id, (float(self.limit.burst), now))
        left = min(self.limit.burst, left + (now - at) * self.limit.per_second)
        self._left[chat_id] = (left, now)
        if left < 1:
            raise too_many_requests(math.ceil((1 - left) / self.limit.per_second))
        self._left[chat_id] = (left - 1, now)
