"""Something hangs inside the program, and the rest of it goes on, or says that it could not."""

import asyncio
import threading
import time
from pathlib import Path

import httpx
import pytest

from bot.wiring import open_crm
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.events import Hit
from tests.endurance.front import person
from tests.endurance.office import office
from tests.endurance.sizes import busy
from tests.transcripts.switch import Switched

STILL_S = 5.0
HITS = (Hit(1, "Müller GmbH", "Dresden"), Hit(2, "Müller AG", "Pirna"))
SOON_S = 3.0
WHO = [f"person{n}" for n in range(20)]


async def test_g14_a_loop_that_stood_still_is_noticed_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(tmp_path, [person("sam")]) as front, client(front.house.url) as web:
        assert (await web.get("/readyz")).status_code == 200
        a_fault_that_blocks()
        await asyncio.sleep(0.3)
        ready, metrics = await web.get("/readyz"), (await web.get("/metrics")).text
        assert ready.status_code == 503
        assert "the program stood still for" in ready.text
        (lag,) = [line for line in metrics.splitlines() if line.startswith("dealdesk_loop_lag")]
        assert float(lag.split()[1]) >= STILL_S - 0.5
        assert "a_fault_that_blocks" in caplog.text  # where it stood


def a_fault_that_blocks() -> None:
    time.sleep(STILL_S)


def client(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, trust_env=False, timeout=30)


class Hanging(Switched):
    """Takes entries and does not come back; searches well."""

    def __init__(self, *given: object) -> None:
        super().__init__(open_crm(*given))  # type: ignore[arg-type] # settings and library
        self.let_go = threading.Event()

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        self.let_go.wait()
        return super().deliver(delivery, fresh=fresh)

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        return HITS if text == "müller" else ()


async def test_g15_searches_and_chats_go_on_while_every_delivery_hangs(tmp_path: Path) -> None:
    crms: list[Hanging] = []

    def opened(*given: object) -> Hanging:
        crms.append(Hanging(*given))
        return crms[-1]

    people = [person(who) for who in (*WHO, "ben")]
    async with office(tmp_path, people, crm=opened) as front:
        await asyncio.gather(*(front.records(who, "Meyer") for who in WHO))
        counts = await front.program.core.do(lambda books: books.counts())
        assert counts["intent.crm.pending"] == len(WHO)
        await front.says("ben", "record", "müller")
        await front.until(
            lambda: any("Müller AG" in one.text for one in front.buttons("ben")), SOON_S * busy()
        )
        crms[0].let_go.set()
        await front.program.deliveries.idle()
        entered = [any("in the CRM." in text for text in front.texts(who)) for who in WHO]
        assert all(entered)
