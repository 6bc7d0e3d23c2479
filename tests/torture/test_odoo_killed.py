"""Odoo itself dies in mid-write, again and again: what it had taken is found, the rest is made."""

import random
import threading
import time
from collections.abc import Sequence

import pytest

from dialogs.ports import Crm
from tests.contracts.crm.odoo_world import connect
from tests.rig.odoo import OdooServer
from tests.torture import results
from tests.torture.figures import AMOUNTS, SEED
from tests.torture.pushes import DRIVERS, Pushed, counted, lost_and_doubled, pairs, push_all, warm

pytestmark = pytest.mark.alone

DEADLINE_S = 8.0
BATCH = 8
"""Cases that are on their way while Odoo dies once."""
LONGEST_S = 0.8


@pytest.mark.timeout(AMOUNTS.seconds)
def test_a5_odoo_killed_in_mid_write_loses_and_doubles_nothing(torn_odoo: OdooServer) -> None:
    begun, dice = time.monotonic(), random.Random(SEED)
    ends = ["kill"] * AMOUNTS.odoo_kills + ["stop"] * AMOUNTS.odoo_stops
    dice.shuffle(ends)
    crms = [connect(torn_odoo, driver, deadline=DEADLINE_S) for driver in DRIVERS]
    warm(crms)
    pushed = [one for end in ends for one in _round(torn_odoo, crms, end, dice)]
    for crm in crms:
        crm.close()
    counts = counted(torn_odoo, pushed)
    assert lost_and_doubled(counts) == (0, 0), f"DEALDESK_SEED={SEED}: {counts}"
    doubtful = sum(one.attempts > 1 for one in pushed)
    assert doubtful, "nobody was at work when Odoo died"
    figures = {
        "kills": AMOUNTS.odoo_kills,
        "stops": AMOUNTS.odoo_stops,
        "pushes": len(pushed),
        "doubtful": doubtful,
        "lost": 0,
        "doubled": 0,
        "seconds": round(time.monotonic() - begun),
    }
    results.keep("odoo", figures)


def _round(odoo: OdooServer, crms: Sequence[Crm], end: str, dice: random.Random) -> list[Pushed]:
    dies = threading.Thread(target=_die, args=[odoo, end, dice.uniform(0.05, LONGEST_S)])
    dies.start()
    pushed = push_all(crms, pairs(BATCH), dice)
    dies.join()
    return pushed


def _die(odoo: OdooServer, end: str, after: float) -> None:
    time.sleep(after)
    (odoo.kill if end == "kill" else odoo.stop)()
    odoo.start()
