"""Names that Slack gives to things: message timestamps, event, view, envelope and block ids."""

import itertools
import secrets
import string

from .clock import Clock

LETTERS = string.ascii_uppercase + string.digits
BLOCK_LETTERS = string.ascii_letters + string.digits


class Identifiers:
    """Hands out ids that never repeat within one stand-in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._numbers = itertools.count(1)

    def timestamp(self) -> str:
        """A message's `ts`: seconds and six digits, strictly increasing."""
        self._last = max(self._last + 1, int(self._clock.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def named(self, prefix: str) -> str:
        """An id such as `Ev0000A1B2C3`: the prefix, a number, and letters nobody can guess."""
        tail = "".join(secrets.choice(LETTERS) for _ in range(4))
        return f"{prefix}{next(self._numbers):06d}{tail}"

    def view_hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"


def block_id() -> str:
    return "".join(secrets.choice(BLOCK_LETTERS) for _ in range(5))
