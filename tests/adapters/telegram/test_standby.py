"""Two programs with one token, and polls that hang: noticed, said once, and mended by itself."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.telegram.api import GRACE
from adapters.telegram.pacing import Pauses
from tests.adapters.telegram.conftest import SHORT, Desk, Open
from tests.adapters.telegram.inbox import Inbox
from tests.standins.telegram import faults, refusals
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

PATIENT = replace(SHORT, standby=0.5)
OTHERS = "another program receives this bot's messages"


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - a channel's trouble rings no bell
            await asyncio.sleep(0.01)


@pytest.fixture
def tolerant(telegram: TelegramStandin) -> TelegramStandin:
    telegram.violations.tolerate("two_consumers")
    return telegram


async def test_b14_h7_of_two_pollers_one_stands_by_and_says_so_once(
    tolerant: TelegramStandin, open_channel: Open, sam: Person, caplog: pytest.LogCaptureFixture
) -> None:
    old, new = Desk(open_channel(pauses=PATIENT), Inbox()), Desk(open_channel(), Inbox())
    async with old.receiving():
        await sam.says("one")
        await old.inbox.holds(1)
        async with new.receiving():
            await until(lambda: OTHERS in old.channel.trouble)
            for number in range(20):
                await sam.says(f"{number}")
                await new.inbox.holds(number + 1)
            assert (len(old.inbox.arrivals), new.channel.trouble) == (1, "")
    assert caplog.text.count(OTHERS) == 1
    conflicts = [one for one in tolerant.violations if one.kind == "two_consumers"]
    assert len(conflicts) <= 2


async def test_b14_the_one_that_stands_by_takes_over_when_the_other_ends(
    tolerant: TelegramStandin, open_channel: Open, sam: Person
) -> None:
    old, new = Desk(open_channel(pauses=PATIENT), Inbox()), Desk(open_channel(), Inbox())
    async with old.receiving():
        await sam.says("one")
        await old.inbox.holds(1)
        async with new.receiving():
            await until(lambda: OTHERS in old.channel.trouble)
            await sam.says("two")
            await new.inbox.holds(1)
            await tolerant.settled()
        await sam.says("three")
        await old.inbox.holds(2)
        await until(lambda: old.channel.trouble == "")


async def test_b14_looking_sends_nobody_away(
    telegram: TelegramStandin, open_channel: Open, sam: Person
) -> None:
    """The one that stands by asks only how much waits; the other polls on undisturbed."""
    desk = Desk(open_channel(pauses=SHORT), Inbox())
    telegram.fail("getUpdates", refusals.conflict(refusals.OTHER_POLL))
    async with desk.receiving():
        await telegram.called("getWebhookInfo", 10)
        polls = [call for call in telegram.calls if call.method == "getUpdates"]
        assert len(polls) == 1
        await sam.says("nobody fetches this")
        await desk.inbox.holds(1)


async def test_b13_a_poll_that_hangs_is_noticed_said_and_healed(
    telegram: TelegramStandin, open_channel: Open, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.api.GRACE", 0.1)
    pauses = Pauses(poll=1, first=0.3, most=0.3)
    desk = Desk(open_channel(pauses=pauses), Inbox())
    telegram.fail("getUpdates", faults.HANG, times=3)
    await sam.says("anybody there?")
    async with desk.receiving():
        await until(lambda: "can't be reached (no answer within" in desk.channel.trouble)
        await desk.inbox.holds(1)
        await until(lambda: desk.channel.trouble == "")


def test_b13_in_earnest_a_hanging_poll_costs_45_seconds_and_one_more_try() -> None:
    """What the shortened times above stand for."""
    pauses = Pauses()
    noticed = pauses.poll + GRACE
    assert noticed <= 90
    assert noticed + 5 + pauses.first <= 120


async def test_b13_in_real_time(telegram: TelegramStandin, open_channel: Open, sam: Person) -> None:
    desk, begun = Desk(open_channel(pauses=Pauses()), Inbox()), time.monotonic()
    telegram.fail("getUpdates", faults.HANG)
    await sam.says("anybody there?")
    async with desk.receiving():
        await until(lambda: desk.channel.trouble != "", 90)
        await until(lambda: len(desk.inbox.arrivals) == 1, 120)
    assert time.monotonic() - begun <= 120
