"""How much of anything is taken: one table, read by whoever stands at the door.

Numbers only; `bot.turnstile` counts, the channels refuse what is too large before they read it.
"""

from dataclasses import dataclass

MESSAGE = 4_000
"""Characters of one message; a longer one is refused with its length and not kept."""
BODY = 256 * 1024
"""Bytes of a webhook's request; a larger one is refused before it is read."""
FILE = 10 * 1024 * 1024
"""Bytes of a file that somebody sends; a larger one is refused before it is fetched."""
FILES = 5
"""Files with one record."""
OPEN_DIALOGUES = 3
"""Dialogues of one person; before a fourth begins, one of them is finished or cancelled."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many within so many milliseconds."""

    most: int
    within_ms: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What may come in how fast."""

    account: Rate | None = Rate(20, 10_000)
    """Inputs of one account. More are dropped, and said so once; None: any number."""
    everybody: Rate | None = Rate(50, 1_000)
    """Inputs of all together. More wait a moment, then stay with the platform; None: any."""
    patience_s: float = 2.0
    """How long an input waits for its turn; platforms want an answer within three seconds."""
    uploads: Rate = Rate(20, 60_000)
    """Files that one account may send on the page; more are put off for a moment."""
    forged: Rate = Rate(20, 60_000)
    """Presses that dealdesk never offered, by one account; beyond that it is not heard."""
    mute_ms: int = 600_000
    """For how long."""


LIMITS = Limits()
NO_LIMITS = Limits(account=None, everybody=None)
