"""The real clock and the real dice. Everything else takes them as arguments."""

import secrets
import time
from collections.abc import Callable
from random import random

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS, _BITS = 80, 10
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)


SLEW = 0.1
"""A clock that was set by hand or by NTP is followed by running so much faster or slower."""
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _wall() -> float:
    return time.time_ns() / 1_000_000


def _steady() -> float:
    return time.clock_gettime_ns(_SINCE_BOOT) / 1_000_000


class SystemClock:
    """Wall-clock time without its jumps, and the operating system's randomness.

    Leases and pauses live by it: an hour set forward would end every lease at once, an hour set
    back would make everything wait for an hour.
    """

    def __init__(
        self, wall: Callable[[], float] = _wall, steady: Callable[[], float] = _steady
    ) -> None:
        """Begin with the wall clock's time; both clocks tell milliseconds."""
        self._wall, self._steady = wall, steady
        self._seen = (steady(), wall())

    def now(self) -> int:
        steady = self._steady()
        before, shown = self._seen
        passed = steady - before
        slack = passed * SLEW
        nearest = min(max(self._wall(), shown + passed - slack), shown + passed + slack)
        self._seen = (steady, nearest)
        return int(nearest)

    def new_id(self) -> str:
        return ulid(self.now(), secrets.randbits(_RANDOM_BITS))

    def jitter(self) -> float:
        return random()


def ulid(at: int, dice: int) -> str:
    """Write 48 bits of time and 80 random bits as 26 lower-case characters."""
    number = (at << _RANDOM_BITS) | dice
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -_BITS)])
