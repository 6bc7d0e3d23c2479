"""A CRM that no longer accepts our credentials: nothing is wrong with what waits."""

import pytest

from bot import codec
from bot.deliveries import Deliveries
from bot.outgoing import Outgoing
from bot.outside import Outside
from dialogs.crm import Delivery, Note, Staff
from dialogs.errors import CrmDenied
from dialogs.rows import Claimed
from tests.transcripts.clock import StillClock


class LockedCrm:
    """Refuses our key, and counts how often it was asked."""

    def __init__(self):
        self.asked = 0

    def deliver(self, delivery, *, fresh):
        self.asked += 1
        raise CrmDenied("The API key has ended: make a new one.")


class Settled:
    """Stands where the core takes settlements."""

    def __init__(self):
        self.settlements = []

    async def settle(self, settlement):
        self.settlements.append(settlement)

    async def do(self, job):
        return job(None)


def claimed(number):
    sam = Staff("Sam")
    delivery = Delivery(f"c-record-{number}", "c", "record", sam, sam, "Case", None, Note("Note"))
    body = codec.delivery.write(delivery)
    return Claimed(
        number, delivery.key, "crm", f"crm:{number}", "sam", body, 1, fresh=True, created=0
    )


@pytest.fixture
async def desk():
    crm, core = LockedCrm(), Settled()
    deliveries = Deliveries(core, Outside({}, crm), StillClock())
    yield crm, core, deliveries
    await deliveries.drain(1)


async def test_entries_wait_the_person_is_told_and_the_crm_is_not_asked_by_all(desk):
    crm, core, deliveries = desk
    deliveries.deliver([Outgoing(claimed(1))])
    await deliveries.idle()
    deliveries.deliver([Outgoing(claimed(2)), Outgoing(claimed(3))])
    await deliveries.idle()
    assert [one.outcome for one in core.settlements] == ["retry"] * 3
    assert all('"delayed"' in one.arrivals[0].payload for one in core.settlements)
    assert crm.asked == 1
