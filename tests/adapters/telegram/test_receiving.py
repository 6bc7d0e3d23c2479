"""Polling: what people do arrives once and in order, and is confirmed only when it is kept."""

import time
from dataclasses import replace

import pytest

from adapters.telegram import TelegramChannel
from adapters.telegram.pacing import Pauses
from dialogs.events import Arrival, Pressed, Said, Shared
from dialogs.people import Address
from dialogs.ports import Receipt
from tests.adapters.telegram.conftest import Desk, Open
from tests.adapters.telegram.inbox import Inbox
from tests.standins.telegram import faults, refusals
from tests.standins.telegram.clock import Clock, HandClock
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin
from tests.standins.telegram.updates import Update
from tests.standins.telegram.webhook import Settings


def queue(telegram: TelegramStandin, content: dict[str, object]) -> Update:
    update = telegram.updates.add("message", content, "chat 70")
    assert update is not None
    return update


async def test_words_arrive_and_are_confirmed(telegram: TelegramStandin, desk: Desk, sam: Person):
    await sam.says("Hello & good day")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
        await telegram.settled()
    arrival = inbox.arrivals[0]
    assert arrival.event == Said("Hello & good day")
    assert arrival.address == Address("telegram", "70", "70")
    assert arrival.source_key.startswith(f"tg:{telegram.bot.id}:")


async def test_e1_commands_and_other_things_arrive_as_what_they_are(desk: Desk, sam: Person):
    async with desk.receiving() as inbox:
        await sam.starts("9f-Xy_1")
        typed = await sam.says("/record@dealdesk_bot ACME")
        await sam.sends_voice()
        await sam.sends_photo(caption="the form")
        await sam.sends_document("offer.pdf", b"%PDF-1.7")
        await sam.sends_sticker()
        await sam.shares_contact()
        await sam.shares_location()
        await sam.edits(typed, "/record ACME GmbH")
        told = [
            replace(one, files=()) if isinstance(one, Shared) else one
            for one in await inbox.holds(9)
        ]
        assert told == [
            Said("start 9f-Xy_1", command=True),
            Said("record ACME", command=True),
            Shared("voice"),
            Shared("photo", caption="the form"),
            Shared("file"),
            Shared("sticker"),
            Shared("contact"),
            Shared("location"),
            Shared("edit"),
        ]


async def test_a_press_arrives_and_is_answered_at_once(desk: Desk, sam: Person):
    async with desk.receiving() as inbox:
        await desk.asks()
        press = await sam.presses("Yes")
        await press.answered()
    assert inbox.events == [Pressed("yes-1")]


async def test_c9_a_press_that_telegram_has_given_up_on_arrives_all_the_same(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    await desk.asks()
    telegram.violations.tolerate("unanswered_query")
    telegram.fail("answerCallbackQuery", refusals.bad_request(refusals.QUERY_TOO_OLD))
    async with desk.receiving() as inbox:
        await sam.presses("Yes")
        await inbox.holds(1)
        await sam.says("and on")
        assert await inbox.holds(2) == [Pressed("yes-1"), Said("and on")]


async def test_in_a_group_only_presses_and_commands_with_our_name_arrive(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    group = telegram.group(-200, "Management", sam)
    group.promotes_bot(by=sam)
    async with desk.receiving() as inbox:
        await desk.asks(-200)
        await sam.says("just talking", chat=-200)
        await sam.says("/pending@dealdesk_bot", chat=-200)
        await sam.says("/pending", chat=-200)
        await sam.sends_photo(chat=-200)
        await (await sam.presses("Yes", chat=-200)).answered()
        await telegram.settled()
    assert inbox.events == [Said("pending", command=True), Pressed("yes-1")]
    assert {arrival.address.chat for arrival in inbox.arrivals} == {"-200"}


async def test_each_chat_keeps_its_order(telegram: TelegramStandin, desk: Desk):
    people = [telegram.person(number, "Somebody", started=True) for number in range(1, 6)]
    for number in range(30):
        for person in people:
            await person.says(f"{number}")
    async with desk.receiving() as inbox:
        await inbox.holds(150)
    for person in people:
        mine = [each.event for each in inbox.arrivals if each.address.chat == str(person.id)]
        assert mine == [Said(f"{number}") for number in range(30)]


async def test_what_is_not_kept_stays_with_telegram_until_it_is(
    telegram: TelegramStandin, desk: Desk, sam: Person, caplog: pytest.LogCaptureFixture
):
    desk.inbox.shut(3)
    await sam.says("one")
    await sam.says("two")
    async with desk.receiving() as inbox:
        assert await inbox.holds(2) == [Said("one"), Said("two")]
        await telegram.settled()
    assert inbox.tries >= 5
    assert caplog.text.count("the inbox keeps nothing at the moment") == 1


async def test_a_press_that_is_not_kept_is_not_answered_yet(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    desk.inbox.shut(2)
    await desk.asks()
    press = await sam.presses("Yes")
    async with desk.receiving() as inbox:
        await press.answered()
    answers = [call for call in telegram.calls if call.method == "answerCallbackQuery"]
    assert (inbox.events, len(answers)) == ([Pressed("yes-1")], 1)


async def test_one_chats_trouble_is_not_anothers(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    mia = telegram.person(71, "Mia", started=True)
    desk.inbox.shut(1)
    await sam.says("first")
    await mia.says("second")
    async with desk.receiving() as inbox:
        events = await inbox.holds(2)
    assert sorted(map(str, events)) == sorted(map(str, [Said("second"), Said("first")]))


async def test_what_can_not_be_read_is_counted_named_by_its_number_and_passed_over(
    telegram: TelegramStandin, desk: Desk, sam: Person, caplog: pytest.LogCaptureFixture
):
    poison = queue(telegram, {"text": "what Sam said in confidence"})
    await sam.says("and on")
    async with desk.receiving() as inbox:
        assert await inbox.holds(1) == [Said("and on")]
        await telegram.settled()
    assert desk.channel.unreadable == 1
    assert f"update {poison.id} can't be taken" in caplog.text
    assert "confidence" not in caplog.text


async def test_what_the_inbox_stumbles_over_is_passed_over_after_three_tries(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    desk.inbox.shut(3, RuntimeError("a fault of ours"))
    await sam.says("poison")
    await sam.says("and on")
    async with desk.receiving() as inbox:
        assert await inbox.holds(1) == [Said("and on")]
        await telegram.settled()
    assert desk.channel.unreadable == 1


@pytest.mark.parametrize(
    "fault",
    [
        faults.RESET,
        faults.BAD_GATEWAY,
        faults.ACCEPT_THEN_RESET,
        refusals.server_error(),
    ],
    ids=["reset", "bad gateway", "lost answer", "server error"],
)
async def test_polling_goes_on_after_a_disturbance(
    fault: faults.Fault, telegram: TelegramStandin, desk: Desk, sam: Person
):
    telegram.fail("getMe", fault)
    telegram.fail("getUpdates", fault, times=3)
    await sam.says("still there?")
    async with desk.receiving() as inbox:
        assert await inbox.holds(1) == [Said("still there?")]
        await telegram.settled()


async def test_telegrams_waiting_time_is_kept(telegram: TelegramStandin, desk: Desk, sam: Person):
    telegram.fail("getUpdates", refusals.too_many_requests(1))
    await sam.says("hello")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    refused, taken = [call.at for call in telegram.calls if call.method == "getUpdates"][:2]
    assert taken - refused >= 1


async def test_b13_a_poll_that_never_ends_is_given_up_and_a_fresh_connection_made(
    telegram: TelegramStandin, open_channel: Open, sam: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adapters.telegram.api.GRACE", 0.1)
    desk = Desk(open_channel(pauses=Pauses(poll=1, first=0.01, most=0.02)), Inbox())
    telegram.fail("getUpdates", faults.HANG)
    await sam.says("anybody there?")
    begun = time.monotonic()
    assert desk.channel.last_poll is None
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    assert desk.channel.last_poll is not None
    assert desk.channel.last_poll > begun


async def test_b14_another_poller_is_told_of_once_and_outlasted(
    telegram: TelegramStandin, desk: Desk, sam: Person, caplog: pytest.LogCaptureFixture
):
    telegram.fail("getUpdates", refusals.conflict(refusals.OTHER_POLL), times=4)
    await sam.says("hello")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
        await telegram.settled()
    assert caplog.text.count("another program receives this bot's messages") == 1
    assert desk.channel.trouble == ""


async def test_what_keeps_us_from_receiving_can_be_asked(
    telegram: TelegramStandin, channel: TelegramChannel, sam: Person
):
    class Watching(Inbox):
        async def accept(self, arrival: Arrival) -> Receipt:
            troubles.append(channel.trouble)
            return await super().accept(arrival)

    troubles: list[str] = []
    telegram.fail("getUpdates", refusals.conflict(refusals.OTHER_POLL), times=2)
    await sam.says("hello")
    async with Desk(channel, Watching()).receiving() as inbox:
        await inbox.holds(1)
        await telegram.settled()
    assert "another program receives this bot's messages" in troubles[0]
    assert channel.trouble == ""


async def test_a_webhook_of_yesterday_is_removed(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    await telegram.use_webhook(Settings("https://old.example.com/hook"))
    await sam.says("hello")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    assert telegram.webhook is None


async def test_a_webhook_that_is_set_meanwhile_is_removed_again(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    telegram.violations.tolerate("two_consumers")
    async with desk.receiving() as inbox:
        await sam.says("one")
        await inbox.holds(1)
        await telegram.use_webhook(Settings("https://other.example.com/hook"))
        await sam.says("two")
        assert await inbox.holds(2) == [Said("one"), Said("two")]


async def test_a_token_that_telegram_does_not_know_is_reported_once_and_tried_again(
    telegram: TelegramStandin, desk: Desk, sam: Person, caplog: pytest.LogCaptureFixture
):
    telegram.fail("getMe", refusals.Refusal(401, "Unauthorized"), times=2)
    telegram.fail("getUpdates", refusals.Refusal(401, "Unauthorized"), times=2)
    await sam.says("hello")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    assert caplog.text.count("put the token that @BotFather shows") == 1


async def test_the_menu_speaks_the_readers_language(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    async with desk.receiving() as inbox:
        await sam.says("hello")
        await inbox.holds(1)
    english = telegram.profile.commands_for(70, "fr")
    german = telegram.profile.commands_for(70, "de")
    assert english[0] == {"command": "record", "description": "Record an appointment"}
    assert german[0] == {"command": "record", "description": "Termin erfassen"}


async def test_a_menu_that_telegram_refuses_keeps_nobody_away(
    telegram: TelegramStandin, open_channel: Open, sam: Person
):
    desk = Desk(open_channel(commands={"de": [("record", "")]}), Inbox())
    await sam.says("hello")
    with telegram.violations.expected("over_limit"):
        async with desk.receiving() as inbox:
            await inbox.holds(1)


async def test_a_word_that_is_no_command_is_left_out_of_the_menu(
    telegram: TelegramStandin, open_channel: Open, sam: Person
):
    words = [("prüfen", "Umlaute gehen nicht"), ("record", "Termin erfassen")]
    desk = Desk(open_channel(commands={"de": words}), Inbox())
    await sam.says("hello")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    assert [one["command"] for one in telegram.profile.commands_for(70, "de")] == ["record"]


async def test_only_what_is_read_is_asked_for(telegram: TelegramStandin, desk: Desk, sam: Person):
    async with desk.receiving() as inbox:
        await sam.says("hello")
        await inbox.holds(1)
    assert telegram.updates.allowed == {"message", "edited_message", "callback_query"}


async def test_stopping_lets_answers_under_way_end(
    telegram: TelegramStandin, desk: Desk, sam: Person
):
    await desk.asks()
    press = await sam.presses("Yes")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    await desk.channel.close()
    await press.answered()


async def test_stopping_does_not_wait_for_ever(
    telegram: TelegramStandin, desk: Desk, sam: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adapters.telegram.intake._FAREWELL", 0.1)
    telegram.violations.tolerate("unanswered_query")
    telegram.fail("answerCallbackQuery", faults.HANG)
    await desk.asks()
    await sam.presses("Yes")
    async with desk.receiving() as inbox:
        await inbox.holds(1)
    await desk.channel.close()


class TestAfterAQuietWeek:
    """Telegram goes on with a random number then, perhaps a lower one."""

    @pytest.fixture
    def telegram_clock(self) -> Clock:
        return HandClock()

    async def test_b6_nothing_is_passed_over(
        self, telegram: TelegramStandin, telegram_clock: HandClock, desk: Desk, sam: Person
    ):
        await sam.says("before")
        async with desk.receiving() as inbox:
            await inbox.holds(1)
            await telegram.settled()
            await telegram_clock.wind()
            await telegram_clock.wind()
            telegram_clock.advance(8 * 86_400)
            await sam.says("after")
            await telegram_clock.wind()
            assert await inbox.holds(2) == [Said("before"), Said("after")]
        polls = [call for call in telegram.calls if call.method == "getUpdates"]
        assert "offset" in polls[1].parameters
        assert "offset" not in polls[2].parameters
