"""How an attempt to carry out an intent is written down when it did not go as wanted.

Knows claims and clocks; who is told of it, and what else waits, is the caller's affair.
"""

from dialogs.ports import Clock
from dialogs.rows import Arrived, AuditLine, Claimed, Settlement

BACKOFF_MS, LONGEST_MS = 2_000, 30 * 60_000


def dead(claimed: Claimed, error: str, *arrivals: Arrived) -> Settlement:
    """Nothing more is tried."""
    return Settlement(claimed.seq, claimed.attempts, "dead", error=error, arrivals=arrivals)


def later(clock: Clock, claimed: Claimed, error: str, wait: int | None = None) -> Settlement:
    """Due again after `wait` milliseconds, or after a pause that grows with each attempt."""
    grown = min(BACKOFF_MS * 2 ** min(claimed.attempts - 1, 12), LONGEST_MS)
    spread = int(grown * (1 + clock.jitter() / 4))
    return until(claimed, error, clock.now() + (spread if wait is None else wait))


def until(claimed: Claimed, error: str, due: int, *arrivals: Arrived) -> Settlement:
    """Due again at that moment, epoch milliseconds."""
    return Settlement(
        claimed.seq, claimed.attempts, "retry", due=due, error=error, arrivals=arrivals
    )


def released(claimed: Claimed) -> Settlement:
    """It was not tried, because what goes before it failed."""
    return Settlement(claimed.seq, claimed.attempts, "release")


def noted(action: str, subject: str) -> AuditLine:
    """For the audit trail: dealdesk itself did it."""
    return AuditLine("dealdesk", action, subject)
