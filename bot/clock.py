"""The real clock and the real dice. Everything else takes them as arguments."""

import secrets
import time
from random import random

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS, _BITS = 80, 10
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)


class SystemClock:
    """Wall-clock time and the operating system's randomness."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def new_id(self) -> str:
        return ulid(self.now(), secrets.randbits(_RANDOM_BITS))

    def jitter(self) -> float:
        return random()


def ulid(at: int, dice: int) -> str:
    """Write 48 bits of time and 80 random bits as 26 lower-case characters."""
    number = (at << _RANDOM_BITS) | dice
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -_BITS)])
