"""How long the endurance tests run: the numbers of every day, and with DEALDESK_TORTURE=long."""

import os

LONG = os.environ.get("DEALDESK_TORTURE") == "long"


def size(short: int, long: int) -> int:
    return long if LONG else short


def busy() -> float:
    """How many times more work the machine has than cores: so much longer may things take."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


RACES = size(1_000, 10_000)
MODALS = size(1_000, 10_000)
UPDATES = size(20_000, 1_000_000)
DAMAGED_ROWS = size(1_000, 20_000)
DAMAGED_FILES = size(40, 1_000)
DIALOGUES_IN_AN_EARTHQUAKE = size(24, 500)
FINISHED = size(20_000, 100_000)
CASES_IN_AN_OUTAGE = 250
"""Two entries each: 500 operations."""
