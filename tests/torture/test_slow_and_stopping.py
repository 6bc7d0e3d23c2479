"""An Odoo that takes its time holds up nobody who talks; a stop waits for what is on its way."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.settings import Settings
from bot.wiring import LEDGER, open_crm
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.library import Library
from dialogs.people import Person
from dialogs.ports import Crm
from tests.adapters.odoo.relay import Late, Relay
from tests.rig.odoo import OdooServer
from tests.torture.company import crm_environment
from tests.transcripts.crm_text import LedgerReader
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine, EnginePerson
from tests.transcripts.switch import Switched

pytestmark = pytest.mark.alone

ACK_S = 0.5
IN_FLIGHT = 200
TALKERS = 10
DRAIN_S = 10.0
SLACKNESS_S = 5.0
"""What closing everything may take beside the drain, on a busy machine."""


async def records(sam: EnginePerson, customer: str) -> list[float]:
    """One record of an appointment that did not take place; how long each answer was awaited."""
    waited = []
    for text in ("record", customer, "no", "Fog", "skip", "skip", "save"):
        if text == "no":
            await sam.hears("Did the appointment take place?")
        begun = time.monotonic()
        await sam.types(text)
        waited.append(time.monotonic() - begun)
        if text == customer:
            await sam.hears(f"“{customer}”")
            if any(f"New customer “{customer}”" in one.buttons for one in sam.chat()):
                await sam.presses(f"New customer “{customer}”")
    return waited


async def test_a20_with_an_odoo_of_ten_seconds_each_answer_is_taken_at_once(
    odoo: OdooServer, tmp_path: Path
) -> None:
    engine = Engine("chat", SystemClock())
    sam = engine.somebody("Sam", "en")
    people = [Person("sam", "Sam", "sales", addresses=(sam.address,))]
    with Relay(odoo.url).serving() as relay:
        relay.plan = lambda _asked: Late(10.0)
        variables = crm_environment(odoo, "json2", relay.url)
        house = Installation(
            tmp_path, SystemClock(), variables=variables, people=people, channels=engine.channels
        )
        async with house:
            await engine.connect(house.url)
            waited = await records(sam, "Slow Odoo Test")
            relay.ended.set()
    assert max(waited) < ACK_S, waited


class Slow(Switched):
    """Each entry takes half a second, until `quick`."""

    quick = False

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        if not Slow.quick:
            time.sleep(0.5)
        return super().deliver(delivery, fresh=fresh)


def _slow(settings: Settings, library: Library) -> Crm:
    return Slow(open_crm(settings, library))


async def _records_all(talker: EnginePerson, customers: list[str]) -> None:
    for customer in customers:
        await records(talker, customer)


async def test_g10_told_to_stop_with_two_hundred_in_flight_it_drains_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine("chat", SystemClock())
    talkers = [engine.somebody(f"S{n}", "en") for n in range(TALKERS)]
    people = [
        Person(f"s{n}", f"S{n}", "sales", addresses=(one.address,)) for n, one in enumerate(talkers)
    ]
    house = Installation(
        tmp_path, SystemClock(), people=people, channels=engine.channels, crm=_slow
    )
    async with house:
        await engine.connect(house.url)
        names = [f"Firm {n}" for n in range(IN_FLIGHT)]
        shares = [names[n::TALKERS] for n in range(TALKERS)]
        await asyncio.gather(*map(_records_all, talkers, shares))
        begun = time.monotonic()
        await house.stop()
        assert time.monotonic() - begun < DRAIN_S + SLACKNESS_S
        monkeypatch.setattr(Slow, "quick", True)
        await house.start()
        await engine.connect(house.url)
        await house.catch_up()
        await house.rest()
        assert isinstance(house.crm.crm, Slow)
        opportunities = LedgerReader(tmp_path / LEDGER).opportunities(house.crm.crm.crm)
    assert Counter(one.title for one in opportunities) == Counter(names)
    assert all(len(one.notes) == 1 for one in opportunities)
