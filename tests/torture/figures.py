"""How much of each torture there is: the one place of its numbers.

CI runs the short form; `DEALDESK_TORTURE=long` (`make torture`) the long one, `brief` gives a first
look. `DEALDESK_SEED` repeats a run's dice.
"""

import os
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    kills: int
    """Of the bot, by SIGKILL."""
    hits: int
    """Least deaths at each fail-point."""
    odoo_kills: int
    """Of Odoo, by SIGKILL."""
    odoo_stops: int
    """Of Odoo, by SIGTERM."""
    pushes: int
    """Through a connection that fails every other time, over both drivers together."""
    naive: int
    """The same by a plain `create` and retry, for comparison."""
    seconds: int
    """What a test may take at most."""


SHORT = Amounts(kills=100, hits=3, odoo_kills=12, odoo_stops=2, pushes=200, naive=40, seconds=900)
LONG = Amounts(
    kills=1_000, hits=50, odoo_kills=200, odoo_stops=30, pushes=2_000, naive=200, seconds=7_200
)
BRIEF = Amounts(kills=15, hits=0, odoo_kills=2, odoo_stops=1, pushes=30, naive=20, seconds=600)
"""A first look while one works on the torture itself."""

FORM = os.environ.get("DEALDESK_TORTURE", "short")
IS_LONG = FORM == "long"
AMOUNTS = {"brief": BRIEF, "short": SHORT, "long": LONG}[FORM]
SEED = int(os.environ.get("DEALDESK_SEED") or secrets.randbelow(1_000_000))
