"""Half of all writes into a real Odoo go wrong on the way, most of them after Odoo has committed:
every entry stands exactly once, and what people change meanwhile stays.
"""

import random
import time

import pytest

from tests.adapters.odoo.relay import Relay
from tests.contracts.crm.odoo_world import OdooWorld, connect
from tests.contracts.crm.world import SOFIA
from tests.rig.odoo import OdooServer
from tests.torture import results
from tests.torture.figures import AMOUNTS, SEED
from tests.torture.lies import LIES, Liar
from tests.torture.naive import doubled
from tests.torture.pushes import DRIVERS, counted, lost_and_doubled, pairs, push_all, warm

pytestmark = pytest.mark.alone

DEADLINE_S = 3.0
AGAIN = 60
"""Entries that are delivered once more after they stand."""
EDITED = 10
"""Cases that a person changes before they are pushed again."""


@pytest.mark.timeout(AMOUNTS.seconds)
def test_a2_a3_a6_a7_entries_stand_once_however_often_the_way_breaks(
    torn_odoo: OdooServer,
) -> None:
    begun, liar, dice = time.monotonic(), Liar(random.Random(SEED)), random.Random(SEED)
    with Relay(torn_odoo.url).serving() as relay:
        crms = [connect(torn_odoo, d, url=relay.url, deadline=DEADLINE_S) for d in DRIVERS]
        warm(crms)
        relay.plan = liar
        pushed = push_all(crms, pairs(AMOUNTS.pushes // 2), dice)
        told = dict(liar.told)
        edited = _people_edit(torn_odoo, [one.receipt.opportunity for one in pushed][:EDITED])
        again = push_all(crms, [[one.delivery] for one in pushed[:AGAIN]], dice)
        naive = doubled(torn_odoo, relay.url, AMOUNTS.naive)
        for crm in crms:
            crm.close()
    assert _titles(torn_odoo, list(edited)) == edited, f"overwritten; DEALDESK_SEED={SEED}"
    assert [one.receipt for one in again] == [one.receipt for one in pushed[:AGAIN]]
    _people_undo(torn_odoo, edited, pushed)
    counts = counted(torn_odoo, pushed)
    assert lost_and_doubled(counts) == (0, 0), f"DEALDESK_SEED={SEED}: {counts}"
    assert set(told) == set(LIES), told
    assert naive, "the lies are too harmless to show anything"
    figures = {
        "pushes": len(pushed),
        "attempts": sum(one.attempts for one in pushed),
        "faults": sum(told.values()),
        "kinds": sorted(told),
        "lost": 0,
        "doubled": 0,
        "naive_pushes": AMOUNTS.naive,
        "naive_doubled": naive,
        "seconds": round(time.monotonic() - begun),
    }
    results.keep("lies", figures)


def _people_edit(odoo: OdooServer, leads: list[int]) -> dict[int, str]:
    world = OdooWorld(odoo, "odoorpc")
    titles = {lead: f"Renamed {lead}" for lead in leads}
    for lead, title in titles.items():
        world.edit(lead, title, SOFIA, "by hand")
    world.close()
    return titles


def _people_undo(odoo: OdooServer, edited: dict[int, str], pushed: list[object]) -> None:
    for one in pushed:
        lead = one.receipt.opportunity  # type: ignore[attr-defined] # a Pushed
        if lead in edited:
            odoo.call("crm.lead", "write", [lead], {"name": one.delivery.title})  # type: ignore[attr-defined] # the same


def _titles(odoo: OdooServer, leads: list[int]) -> dict[int, str]:
    rows = odoo.call("crm.lead", "read", leads, ["name"])
    return {row["id"]: row["name"] for row in rows}
