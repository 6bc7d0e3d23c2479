"""The turnstile: how much of one account's comes in, and what it is told."""

import asyncio
from dataclasses import replace

import pytest

from bot.turnstile import Turnstile
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, Barred, Pressed, Said, Shared, Submitted
from dialogs.limits import LIMITS, MESSAGE, Limits, Rate
from dialogs.people import Address
from dialogs.ports import Receipt
from dialogs.shows import FormErrors

NOW = 1_700_000_000_000
SLOW = Limits(everybody=None)


class Inbox:
    """Keeps what is let in; `forges` lets it find every press forged."""

    def __init__(self, *, forges: bool = False) -> None:
        self.arrivals: list[Arrival] = []
        self.known: set[str] = set()
        self.forges = forges

    async def accept(self, arrival: Arrival) -> Receipt:
        new = arrival.source_key not in self.known
        self.known.add(arrival.source_key)
        if new:
            self.arrivals.append(arrival)
        return Receipt(new, forged=self.forges and isinstance(arrival.event, Pressed))

    @property
    def barred(self) -> list[str]:
        return [one.event.why for one in self.arrivals if isinstance(one.event, Barred)]


def said(number: int, *, at: int = NOW, who: str = "sam", text: str = "x") -> Arrival:
    return Arrival(f"{who}:{number}", Address("telegram", who, who), at, Said(text))


async def flood(door: Turnstile, amount: int, *, at: int = NOW, who: str = "sam") -> None:
    for number in range(amount):
        await door.accept(said(number + at, at=at, who=who))


async def test_b19_twenty_in_ten_seconds_come_in_and_the_rest_is_told_once() -> None:
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    await flood(door, 1000)
    assert [type(one.event) for one in inbox.arrivals] == [Said] * 20 + [Barred]
    assert (inbox.barred, door.refused["pace"]) == (["pace"], 980)


async def test_b19_ten_seconds_later_all_is_well_again() -> None:
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    await flood(door, 30)
    await door.accept(said(99, at=NOW + 10_000))
    assert inbox.arrivals[-1].event == Said("x")


async def test_b19_one_persons_flood_is_nobody_elses() -> None:
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    await flood(door, 1000)
    await flood(door, 20, who="mia")
    assert len([one for one in inbox.arrivals if one.address.account == "mia"]) == 20
    assert inbox.barred == ["pace"]


async def test_b19_what_waited_for_hours_is_no_flood() -> None:
    """After an outage the platform hands over at once what was said in its own time."""
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    for number in range(200):
        await door.accept(said(number, at=NOW + number * 1000))
    assert (len(inbox.arrivals), inbox.barred) == (200, [])


async def test_b1_redeliveries_are_no_inputs() -> None:
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    for _ in range(200):
        await door.accept(said(1))
    assert len(inbox.arrivals) == 1
    await flood(door, 19)
    assert inbox.barred == []


async def test_what_was_not_kept_is_no_input() -> None:
    async def shut(_: Arrival) -> Receipt:
        raise StoreUnavailable("busy")

    door = Turnstile(shut, SLOW)
    for _ in range(50):
        with pytest.raises(StoreUnavailable):
            await door.accept(said(1))
    assert door.refused["pace"] == 0


async def test_b19_all_together_are_slowed_down_and_then_left_with_the_platform() -> None:
    limits = replace(LIMITS, everybody=Rate(5, 100), patience_s=0.15)
    inbox = Inbox()
    door = Turnstile(inbox.accept, limits)
    begun = asyncio.get_running_loop().time()
    tries = (door.accept(said(number, who=f"p{number}")) for number in range(30))
    results = await asyncio.gather(*tries, return_exceptions=True)
    refused = [one for one in results if isinstance(one, StoreUnavailable)]
    assert len(inbox.arrivals) + len(refused) == 30
    assert len(inbox.arrivals) == 10
    assert asyncio.get_running_loop().time() - begun >= 0.09


async def test_a_caption_is_as_long_as_a_message_may_be() -> None:
    inbox = Inbox()
    for length in (MESSAGE, MESSAGE + 1):
        shared = replace(said(length), event=Shared("photo", caption="x" * length))
        await Turnstile(inbox.accept, SLOW).accept(shared)
    events = [arrival.event for arrival in inbox.arrivals]
    assert events == [Shared("photo", caption="x" * MESSAGE), Barred("length", MESSAGE + 1)]


@pytest.mark.parametrize(("length", "kept"), [(MESSAGE, True), (MESSAGE + 1, False)])
async def test_a_message_that_is_too_long_is_not_kept_but_its_length_is_told(
    length: int,
    kept: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    inbox = Inbox()
    await Turnstile(inbox.accept, SLOW).accept(said(1, text="x" * length))
    (arrival,) = inbox.arrivals
    assert arrival.event == (Said("x" * length) if kept else Barred("length", length))


async def test_a_form_page_that_is_not_taken_stays_open() -> None:
    inbox = Inbox()
    door = Turnstile(inbox.accept, SLOW)
    await flood(door, 25)
    receipt = await door.accept(replace(said(99), event=Submitted("t", {"budget": ("1000",)})))
    assert isinstance(receipt.reply, FormErrors)
    assert receipt.reply.errors[0][0] == "budget"


async def test_d7_after_twenty_forged_presses_a_minute_an_account_is_not_heard() -> None:
    inbox = Inbox(forges=True)
    door = Turnstile(inbox.accept, Limits(account=None, everybody=None))
    for number in range(200):
        await door.accept(replace(said(number, at=NOW + number * 10), event=Pressed("forged")))
    assert len([one for one in inbox.arrivals if isinstance(one.event, Pressed)]) == 20
    assert (inbox.barred, door.refused["forged"]) == (["forged"], 200)
    await door.accept(said(500, at=NOW + 300_000))
    assert not isinstance(inbox.arrivals[-1].event, Said)
    await door.accept(said(501, at=NOW + 700_000))
    assert isinstance(inbox.arrivals[-1].event, Said)


async def test_d7_a_forged_press_now_and_then_mutes_nobody() -> None:
    inbox = Inbox(forges=True)
    door = Turnstile(inbox.accept, Limits(account=None, everybody=None))
    for number in range(100):
        await door.accept(replace(said(number, at=NOW + number * 4000), event=Pressed("old")))
    assert inbox.barred == []


async def test_accounts_that_come_and_go_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turnstile.ACCOUNTS", 50)
    door = Turnstile(Inbox().accept, SLOW)
    for number in range(500):
        await door.accept(said(number, who=f"p{number}"))
    assert len(door._accounts) <= 50
