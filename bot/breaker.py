"""Lets one probe through to something that is away, instead of everybody at once."""

from dialogs.ports import Clock

FIRST_MS, LONGEST_MS = 1_000, 60_000
LONGEST_ASKED_S = 3_600.0


class Breaker:
    """Closed while calls succeed; after a failure closed to callers for a growing while."""

    def __init__(self, clock: Clock) -> None:
        """Begin closed: everything may pass."""
        self._clock = clock
        self._wait = FIRST_MS
        self._until = 0

    def waits_until(self) -> int:
        """When the next call may be made; 0 when now."""
        return self._until if self._until > self._clock.now() else 0

    def failed(self, asked_s: float | None = None) -> int:
        """Note a failure; returns when to try again, epoch milliseconds.

        `asked_s` are the seconds it asked to be left alone for: it is, up to `LONGEST_ASKED_S`.
        """
        spread = 1 + self._clock.jitter() / 4
        asked = int(min(asked_s or 0.0, LONGEST_ASKED_S) * 1000)
        self._until = self._clock.now() + max(int(self._wait * spread), asked)
        self._wait = min(self._wait * 2, LONGEST_MS)
        return self._until

    def worked(self) -> None:
        self._until, self._wait = 0, FIRST_MS
