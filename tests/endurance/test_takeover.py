"""A program dies, or stands still and wakes up again: another does what it had begun, once."""

import asyncio
import signal
import time

from dialogs.events import Said
from tests.endurance.front import person
from tests.endurance.replicas import Cluster, Replica
from tests.endurance.sizes import busy
from tests.standins.telegram import TelegramStandin

HANGS = "30"
TAKEOVER_S = 10.0
DONE = "Meyer: in the CRM."


async def saved_at_the_first(cluster: Cluster) -> Replica:
    """Two programs; the first, whose CRM is slow, has an entry under way."""
    await cluster.begins([person("sam"), person("ben")], replicas=1, CRM_DELAY=HANGS)
    await cluster.starts()
    cluster.homes = {"sam": 0, "ben": 1}
    await cluster.front.records("sam", "Meyer")
    await cluster.front.until(lambda: cluster.waiting()["intent.crm.pending"] == 1)
    return cluster.replicas[0]


async def test_g9_g11_what_a_dead_program_had_begun_another_does_within_ten_seconds(
    cluster: Cluster,
) -> None:
    """Killed as the system kills whoever takes too much memory."""
    first = await saved_at_the_first(cluster)
    began = time.monotonic()
    await first.kill()
    await cluster.front.hears("sam", DONE)
    took = time.monotonic() - began
    assert took <= TAKEOVER_S * busy(), took
    cluster.homes["sam"] = 1
    await cluster.quiet()
    (made,) = cluster.opportunities()
    assert [title for title, _, _ in made.notes] == ["Appointment record"]


async def test_g8_a_program_that_wakes_up_finds_its_work_done_and_works_on(
    cluster: Cluster,
) -> None:
    first = await saved_at_the_first(cluster)
    first.signal(signal.SIGSTOP)
    began = time.monotonic()
    await cluster.front.hears("sam", DONE)
    assert time.monotonic() - began <= TAKEOVER_S * busy()
    first.signal(signal.SIGCONT)
    await cluster.front.says("sam", "help")  # the first is at work again
    await cluster.front.hears("sam", "Or type or press")
    await asyncio.sleep(2)  # its own entry comes to an end now, if it does
    await cluster.quiet()
    assert len([text for text in cluster.front.texts("sam") if DONE in text]) == 1
    (made,) = cluster.opportunities()
    assert [title for title, _, _ in made.notes] == ["Appointment record"]


async def test_g8_nobody_waits_long_for_a_program_that_stands_still_in_a_transaction(
    cluster: Cluster,
) -> None:
    await cluster.begins([person("sam"), person("ben")], replicas=2)
    cluster.homes = {"sam": 0, "ben": 1}
    talking = [asyncio.create_task(cluster.front.says("sam", *["status"] * 20))]
    await asyncio.sleep(0.2)
    cluster.replicas[0].signal(signal.SIGSTOP)  # perhaps with sam's row in its hands
    cluster.homes["sam"] = 1
    began = time.monotonic()
    await cluster.front.says("ben", "status")
    await cluster.front.says("sam", "help")
    assert time.monotonic() - began <= TAKEOVER_S * busy()
    cluster.replicas[0].signal(signal.SIGCONT)
    await asyncio.gather(*talking)
    await cluster.quiet()


async def test_b3_what_reaches_two_programs_at_once_has_one_effect(cluster: Cluster) -> None:
    await cluster.begins([person("sam")], replicas=2)
    front = cluster.front
    same = [front.arrival("sam", Said("help")) for _ in range(100)]
    receipts = [
        await asyncio.gather(*(replica.takes(n, one) for replica in cluster.replicas))
        for n, one in enumerate(same, 10_000)
    ]
    assert all(first.new != second.new for first, second in receipts)
    await cluster.quiet()
    await front.until(lambda: len(front.texts("sam")) >= len(same))  # what it wrote is read
    assert len(front.texts("sam")) == len(same)


async def test_b14_one_program_polls_telegram_and_another_takes_over(
    cluster: Cluster, telegram: TelegramStandin
) -> None:
    connected = {
        "DEALDESK_TELEGRAM_TOKEN": telegram.token,
        "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
    }
    await cluster.begins([], replicas=1, **connected)
    await cluster.starts(**connected)
    ada = telegram.person(1, "Ada", started=True)
    await ada.says("hello")
    await ada.hears("", timeout=20)
    await asyncio.sleep(2)  # the second has had its chance to poll as well
    leader, other = cluster.replicas
    await leader.kill()
    began = time.monotonic()
    await ada.says("are you there?")
    await telegram.settled(timeout=30)
    assert time.monotonic() - began <= TAKEOVER_S * busy()
    assert "another program receives this bot's messages" not in leader.said + other.said
