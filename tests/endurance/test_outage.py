"""The CRM is away for six hours and 500 entries wait: none is lost, and nobody is told twice."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import codec
from bot.wiring import open_crm
from dialogs.crm import Delivery, DeliveryReceipt
from tests.endurance.front import ASSESS, person
from tests.endurance.office import Office, office
from tests.endurance.sizes import CASES_IN_AN_OUTAGE, size
from tests.transcripts.clock import StillClock
from tests.transcripts.switch import Switched

AWAY_S = size(6, 72) * 3600
LOOK_S, DRAINED_S, STEP_S = 900, 600, 10
LANES = 50
WHO = [f"person{n}" for n in range(CASES_IN_AN_OUTAGE)]


@dataclass
class Noting(Switched):
    """Notes in which order entries are made, by case."""

    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        receipt = super().deliver(delivery, fresh=fresh)
        self.made[delivery.case].append(delivery.key)
        return receipt


async def pending(front: Office) -> int:
    counts = await front.program.core.do(lambda books: books.counts())
    return counts["intent.crm.pending"]


async def talked(front: Office) -> None:
    """Everybody records an appointment and assesses it; nothing reaches the CRM."""

    async def lane(number: int) -> None:
        for who in WHO[number::LANES]:
            await front.records(who, f"Customer of {who}")
            await front.says(who, "assess", *ASSESS)

    await asyncio.gather(*(lane(number) for number in range(LANES)))


async def wait_until_drained(front: Office, clock: StillClock) -> int:
    """Simulated seconds until nothing waits any more."""
    for seconds in range(0, DRAINED_S + STEP_S, STEP_S):
        await front.house.catch_up()
        await front.program.deliveries.idle()
        if not await pending(front):
            return seconds
        clock.turn(STEP_S)
    raise AssertionError(f"{await pending(front)} entries still wait")


@pytest.mark.timeout(240)
async def test_a1_r11_six_hours_without_the_crm_are_made_up_in_ten_minutes(tmp_path: Path) -> None:
    clock, crms = StillClock(), []

    def opened(*given: object) -> Noting:
        crms.append(Noting(open_crm(*given)))  # type: ignore[arg-type] # settings and library
        return crms[-1]

    people = [person(who) for who in WHO]
    async with office(tmp_path, people, clock=clock, crm=opened) as front:
        front.crm.turn(on=False)
        await talked(front)
        assert await pending(front) == 2 * len(WHO)
        for _ in range(AWAY_S // LOOK_S):
            clock.turn(LOOK_S)
            await front.house.catch_up()
        front.crm.turn(on=True)
        assert await wait_until_drained(front, clock) <= DRAINED_S
        assert crms[0].made == await in_order(front)
        for who in WHO:
            texts = front.texts(who)
            assert sum("kept safely" in text for text in texts) == 1
            assert sum("in the CRM." in text for text in texts) == 2


async def in_order(front: Office) -> dict[str, list[str]]:
    """The keys of each case as they were written down."""
    done = await front.program.core.do(lambda books: books.deliveries(["done"], 10_000))
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in reversed(done):
        wanted[codec.delivery.read(line.body).case].append(line.key)
    return wanted
