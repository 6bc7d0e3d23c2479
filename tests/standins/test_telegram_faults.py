"""Faults on order, the flood limit, and breaches that Telegram passes over in silence."""

import asyncio

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.standins.telegram import (
    ACCEPT_THEN_HANG,
    ACCEPT_THEN_RESET,
    BAD_GATEWAY,
    HANG,
    RESET,
    FloodLimit,
    HandClock,
    bad_request,
    forbidden,
    migrated,
    server_error,
    too_many_requests,
)


@pytest.fixture
def telegram_clock():
    return HandClock()


@pytest.fixture
def ada(telegram):
    return telegram.person(1, "Ada", started=True)


REFUSALS = {
    "flood": (too_many_requests(30), RetryAfter, "Flood control exceeded"),
    "refused": (bad_request("message is not modified"), BadRequest, "not modified"),
    "blocked": (forbidden("bot was blocked by the user"), Forbidden, "blocked"),
    "broken": (server_error(), NetworkError, "Internal Server Error"),
    "moved": (migrated(-1_000_000_000_001), ChatMigrated, "migrated to supergroup"),
    "gateway": (BAD_GATEWAY, NetworkError, "Bad Gateway"),
    "reset": (RESET, NetworkError, "RemoteProtocolError"),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_the_next_call_fails_as_ordered_and_the_one_after_it_does_not(
    ada, telegram, telegram_bot, case
):
    fault, error, words = REFUSALS[case]
    telegram.fail("sendMessage", fault)
    with pytest.raises(error, match=words):
        await telegram_bot.send_message(1, "Hello")
    assert ada.chat == []
    await telegram_bot.send_message(1, "Hello")
    await ada.hears("Hello")


async def test_a_flood_answer_says_how_long_to_wait(ada, telegram, telegram_call):
    telegram.fail("sendMessage", too_many_requests(30))
    assert await telegram_call("sendMessage", chat_id=1, text="Hello") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 30",
        "parameters": {"retry_after": 30},
    }


async def test_faults_can_be_ordered_in_number_and_until_further_notice(
    ada, telegram, telegram_call
):
    telegram.fail("getMe", server_error(), times=2)
    assert [(await telegram_call("getMe"))["ok"] for _ in range(3)] == [False, False, True]
    telegram.fail("getMe", server_error(), times=None)
    assert not any([(await telegram_call("getMe"))["ok"] for _ in range(3)])
    telegram.faults.mend("getMe")
    assert (await telegram_call("getMe"))["ok"]


@pytest.mark.parametrize("fault", [ACCEPT_THEN_RESET, ACCEPT_THEN_HANG])
async def test_a_call_can_take_effect_although_its_answer_is_lost(
    ada, telegram, telegram_bot, fault
):
    telegram.fail("sendMessage", fault)
    with pytest.raises(NetworkError):
        await telegram_bot.send_message(1, "Hello", read_timeout=0.2)
    assert [each.text for each in ada.chat] == ["Hello"]
    assert telegram.calls[-1].answer is None


async def test_a_call_that_does_not_come_is_missed(telegram, telegram_bot):
    assert [each.method for each in await telegram.called("getMe")] == ["getMe"]
    with pytest.raises(AssertionError, match="sendMessage was called 0 times, not 1"):
        await telegram.called("sendMessage", timeout=0.01)


async def test_a_hanging_call_never_takes_effect(ada, telegram, telegram_bot):
    telegram.fail("sendMessage", HANG)
    with pytest.raises(TimedOut):
        await telegram_bot.send_message(1, "Hello", read_timeout=0.2)
    assert ada.chat == []


async def test_polls_can_hang_until_they_are_mended(ada, telegram, telegram_bot):
    telegram.fail("getUpdates", HANG, times=None)
    await ada.says("hello")
    poll = asyncio.create_task(telegram_bot.get_updates(read_timeout=5))
    await telegram.called("getUpdates")
    telegram.faults.mend()
    with pytest.raises(NetworkError):
        await poll
    assert (await telegram_bot.get_updates())[0].message.text == "hello"


async def test_updates_whose_answer_was_lost_come_again(ada, telegram, telegram_bot):
    await ada.says("hello")
    telegram.fail("getUpdates", ACCEPT_THEN_RESET)
    with pytest.raises(NetworkError):
        await telegram_bot.get_updates()
    assert (await telegram_bot.get_updates())[0].message.text == "hello"


async def test_20_messages_at_once_then_one_a_second(ada, telegram, telegram_bot, telegram_clock):
    telegram.flood.limit = FloodLimit(burst=20, per_second=1)
    mia = telegram.person(2, "Mia", started=True)
    for number in range(20):
        await telegram_bot.send_message(1, str(number))
    with pytest.raises(RetryAfter, match="Retry in 0:00:01"):
        await telegram_bot.send_message(1, "one more")
    await telegram_bot.send_message(2, "others go on")
    telegram_clock.advance(1)
    await telegram_bot.send_message(1, "one more")
    assert len(ada.chat) == 21
    assert len(mia.chat) == 1


async def test_edits_count_as_messages(ada, telegram, telegram_bot):
    telegram.flood.limit = FloodLimit(burst=2, per_second=0.1)
    message = await telegram_bot.send_message(1, "1 %")
    await message.edit_text("2 %")
    with pytest.raises(RetryAfter, match="Retry in 0:00:10"):
        await message.edit_text("3 %")


async def test_without_a_limit_everything_goes_through(ada, telegram_bot):
    for number in range(30):
        await telegram_bot.send_message(1, str(number))
    assert len(ada.chat) == 30


async def test_an_unknown_parameter_is_dropped_and_a_violation(ada, telegram, telegram_bot):
    with telegram.violations.expected("unknown_parameter") as found:
        await telegram_bot.send_message(1, "Hello", api_kwargs={"colour": "red"})
    assert str(found[0]).startswith("unknown_parameter at sendMessage: sendMessage has no 'colour'")
    await ada.hears("Hello")


MISSING = {
    "chat_id is empty": ("sendMessage", {"text": "Hello"}),
    "message text is empty": ("sendMessage", {"chat_id": 1}),
    "message identifier is not specified": ("editMessageText", {"chat_id": 1, "text": "x"}),
    'can\'t find field "action"': ("sendChatAction", {"chat_id": 1}),
    'can\'t find field "offset"': (
        "sendMessage",
        {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "length": 1}]},
    ),
}


@pytest.mark.parametrize("complaint", MISSING)
async def test_what_is_required_must_be_there(ada, telegram, telegram_call, complaint):
    method, parameters = MISSING[complaint]
    with telegram.violations.expected("missing_parameter"):
        answer = await telegram_call(method, **parameters)
    assert answer["description"] == f"Bad Request: {complaint}"


WRONG = {
    "a word for a number": ("getUpdates", {"limit": "many"}),
    "a word for a boolean": ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "yes"}),
    "a number for a text": ("sendMessage", {"chat_id": 1, "text": 5}),
    "no JSON": ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}),
    "a list for an object": ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": []}),
    "an object of another name": ("setChatMenuButton", {"menu_button": {"type": "nothing"}}),
}


@pytest.mark.parametrize("case", WRONG)
async def test_values_have_the_documented_types(ada, telegram, telegram_call, case):
    method, parameters = WRONG[case]
    with telegram.violations.expected("wrong_type"):
        answer = await telegram_call(method, **parameters)
    assert answer["error_code"] == 400


async def test_a_method_that_is_not_acted_on_says_so(ada, telegram, telegram_bot):
    with telegram.violations.expected("not_acted"), pytest.raises(BadRequest, match="stand-in"):
        await telegram_bot.send_dice(1)


async def test_a_fault_of_the_standin_itself_fails_the_test(telegram, telegram_bot):
    telegram.profile = None
    with telegram.violations.expected("standin_error"), pytest.raises(TelegramError):
        await telegram_bot.get_my_commands()


async def test_a_violation_can_be_tolerated_and_must_have_a_name(ada, telegram, telegram_bot):
    telegram.violations.tolerate("unknown_parameter")
    await telegram_bot.send_message(1, "Hello", api_kwargs={"colour": "red"})
    assert telegram.violations == []
    with pytest.raises(ValueError, match="no such kind of violation"):
        telegram.violations.tolerate("colour")


async def test_an_expected_violation_that_does_not_come_is_missed(telegram):
    with (
        pytest.raises(AssertionError),
        telegram.violations.expected("unknown_parameter"),
    ):
        pass
