"""A settlement the store can't keep just now: what was done outside is known, and not redone."""

import asyncio

import pytest

from bot import deliveries as deliveries_module
from bot.deliveries import Deliveries
from bot.outside import Outside
from dialogs.errors import StoreUnavailable
from tests.bot.test_denied import LockedCrm, Settled, claimed
from tests.transcripts.clock import StillClock

AWAY = StoreUnavailable("The disk is full.")


class Away(Settled):
    """Keeps no settlement at first."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    async def settle(self, settlement):
        if self.times:
            self.times -= 1
            raise AWAY
        await super().settle(settlement)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(deliveries_module, "SETTLING_PAUSES_S", (0, 0, 0))


@pytest.mark.parametrize(("times", "kept"), [(0, 1), (3, 1), (4, 0)])
async def test_a_settlement_outlasts_a_store_that_is_away_but_not_for_ever(times, kept):
    core, crm = Away(times), LockedCrm()
    deliveries = Deliveries(core, Outside({}, crm), StillClock())
    deliveries.deliver([deliveries_module.Outgoing(claimed(1))])
    await asyncio.wait(deliveries._tasks)
    assert crm.asked == 1
    assert [one.outcome for one in core.settlements] == ["retry"] * kept
