"""Slack's rate limits: tiers by method and minute, and one message a second in each channel.

Knows how much is left; off unless the stand-in is told otherwise.
"""

import math
from dataclasses import dataclass

from .clock import Clock

PER_MINUTE = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
SPECIAL_PER_MINUTE = 300  # auth.test, chat.postMessage per workspace: "several hundred per minute"
UNPUBLISHED = 50


@dataclass
class _Bucket:
    left: float
    seen: float


class RateLimits:
    """Buckets that refill evenly; `burst` messages may follow at once in one channel."""

    def __init__(self, clock: Clock, *, burst: int = 1) -> None:
        self._clock = clock
        self._burst = burst
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def wait(self, method: str, tier: str | None, channel: str | None) -> int:
        """Whole seconds to wait before this call is allowed; 0 when it is, and then it counts."""
        if method == "chat.postMessage" and channel:
            seconds = self._take((method, channel), self._burst, 1.0)
            if seconds:
                return seconds
        most = _per_minute(tier)
        return self._take((method, ""), most, most / 60)

    def _take(self, key: tuple[str, str], most: int, per_second: float) -> int:
        now = self._clock.now()
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.left = min(most, bucket.left + (now - bucket.seen) * per_second)
        bucket.seen = now
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / per_second)
        bucket.left -= 1
        return 0


def _per_minute(tier: str | None) -> int:
    if tier is None:
        return UNPUBLISHED
    return PER_MINUTE.get(tier, SPECIAL_PER_MINUTE)
