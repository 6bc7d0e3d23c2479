"""How fast calls may follow each other, and how long to wait before trying again."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random


class Gate:
    """Lets so many through in any second; the others wait their turn, in order."""

    def __init__(self, per_second: int, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._passed: deque[float] = deque([now() - 1.0] * per_second, maxlen=per_second)

    async def passage(self) -> None:
        """Wait until one more is allowed."""
        if (wait := self.reserve()) > 0:
            await asyncio.sleep(wait)

    def reserve(self) -> float:
        """Take the next free moment and return how far off it is, in seconds."""
        now = self._now()
        moment = max(now, self._passed[0] + 1.0)
        self._passed.append(moment)
        return moment - now


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait for what, in seconds."""

    poll: int = 30
    """A long poll; Telegram answers sooner when something happens."""
    first: float = 1.0
    """After the first failure; doubles with every further one."""
    most: float = 60.0
    conflict: float = 10.0
    """After Telegram sent us away because of somebody else with our token."""
    standby: float = 5.0
    """Between two looks whether the other still fetches."""
    token: float = 60.0
    """While Telegram does not accept the token."""


@dataclass(slots=True)
class Backoff:
    """Ever longer waits, each somewhere in the upper half of its length."""

    pauses: Pauses
    random: Random
    failures: int = field(default=0, init=False)

    def next(self) -> float:
        """Return the wait after one more failure."""
        self.failures += 1
        longest = self.pauses.first * 2.0 ** min(self.failures - 1, 16)
        return self.spread(min(longest, self.pauses.most))

    def spread(self, seconds: float) -> float:
        """Return a wait of about that, so that several programs don't try in step."""
        return seconds * self.random.uniform(0.5, 1.0)

    def reset(self) -> None:
        self.failures = 0
