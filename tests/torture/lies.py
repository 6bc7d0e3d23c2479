"""The ways in which a connection to Odoo fails, before and after Odoo has worked; drawn by dice."""

import threading
from collections import Counter
from random import Random

from tests.adapters.odoo.relay import (
    Asked,
    Cut,
    Dropped,
    Fault,
    Instead,
    Lost,
    Says,
    Silent,
    Trickles,
)

HTML = "text/html"
MAINTENANCE = Says(200, "<html><body><h1>Back soon</h1></body></html>", HTML)
BAD_GATEWAY = Says(502, "<html><body><h1>502 Bad Gateway</h1></body></html>", HTML)
LIES: dict[str, Fault] = {
    "dropped before": Dropped(),
    "dropped after the commit": Lost(),
    "502 after the commit": Instead(BAD_GATEWAY),
    "timeout after the commit": Silent(),
    "trickle after the commit": Trickles(),
    "truncated body": Cut(),
    "page with 200": MAINTENANCE,
    "page with 200 after the commit": Instead(MAINTENANCE),
}
WRITES = frozenset({"res.partner.load", "crm.lead.load", "crm.lead.create"})
OF_WRITES, OF_READS = 0.5, 0.15
"""How many of them go wrong."""
SLOW = frozenset({"timeout after the commit", "trickle after the commit"})
WEIGHTS = [1 if name in SLOW else 3 for name in LIES]
"""Those that take the whole deadline come less often."""


class Liar:
    """A plan for a relay; several threads ask it."""

    def __init__(self, dice: Random) -> None:
        self.told: Counter[str] = Counter()
        self._dice, self._lock = dice, threading.Lock()

    def __call__(self, asked: Asked) -> Fault | None:
        with self._lock:
            share = OF_WRITES if asked.what in WRITES else OF_READS
            if self._dice.random() >= share:
                return None
            (name,) = self._dice.choices(list(LIES), WEIGHTS)
            self.told[name] += 1
            return LIES[name]
