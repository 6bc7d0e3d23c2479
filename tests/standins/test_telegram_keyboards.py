"""Keyboards, presses and answers: what the Telegram stand-in lets a bot show and a person press."""

import pytest
from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from tests.standins.telegram import HandClock


@pytest.fixture
def telegram_clock():
    return HandClock()


@pytest.fixture
def ada(telegram):
    return telegram.person(1, "Ada", started=True)


def yes_or_no() -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", url="x.com")]
    return InlineKeyboardMarkup([row])


def keys(count: int, *, wide: int = 1) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(str(n), callback_data=str(n)) for n in range(count)]
    rows = [buttons[at : at + wide] for at in range(0, count, wide)]
    return InlineKeyboardMarkup(rows)


async def received(bot):
    """The updates that wait, confirmed at once."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_a_press_reaches_the_bot_and_its_answer_reaches_the_person(
    ada, telegram, telegram_bot
):
    sent = await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    press = await ada.presses("Yes")
    (update,) = await received(telegram_bot)
    query = update.callback_query
    assert (query.data, query.message.message_id, query.from_user.id) == ("y", sent.message_id, 1)
    await query.answer("Noted", show_alert=True)
    answer = await press.answered()
    assert (answer.text, answer.alert) == ("Noted", True)
    await telegram.settled()


async def test_a_press_is_answered_once(ada, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("y")
    (update,) = await received(telegram_bot)
    await update.callback_query.answer()
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query"):
        await update.callback_query.answer()


async def test_an_answer_after_150_seconds_is_too_old(ada, telegram, telegram_bot, telegram_clock):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("Yes")
    (update,) = await received(telegram_bot)
    telegram_clock.advance(151)
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.callback_query.answer()
    assert [each.kind for each in telegram.finish()] == ["unanswered_query"]
    telegram.violations.clear()
    await telegram.reset()


async def test_a_press_that_nobody_fetched_for_150_seconds_is_lost(
    ada, telegram_bot, telegram_clock
):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("Yes")
    await ada.says("hello?")
    telegram_clock.advance(151)
    (update,) = await received(telegram_bot)
    assert update.message.text == "hello?"


async def test_an_answer_after_the_deadline_is_a_violation(
    ada, telegram, telegram_bot, telegram_clock
):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("Yes")
    (update,) = await received(telegram_bot)
    telegram_clock.advance(11)
    with telegram.violations.expected("late_answer"):
        await update.callback_query.answer()


async def test_a_press_that_is_never_answered_is_a_violation(ada, telegram, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("Yes")
    await received(telegram_bot)
    assert "the press of 'y' by 1 was never answered" in str(telegram.finish()[0])
    with pytest.raises(AssertionError, match="1 answers"):
        await telegram.settled(timeout=0.01)
    await telegram.reset()


async def test_only_what_is_to_be_seen_can_be_pressed(ada, telegram_bot):
    message = await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    shown = ada.last()
    await message.edit_text("Done")
    with pytest.raises(AssertionError, match="Ada sees no 'Yes'"):
        await ada.presses("Yes")
    with pytest.raises(AssertionError, match="Ada sees no 'Yes'"):
        await ada.presses("Yes", message=shown)


async def test_a_deleted_message_cannot_be_pressed(ada, telegram_bot):
    message = await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    shown = ada.last()
    await message.delete()
    with pytest.raises(AssertionError, match="Ada sees no 'Yes'"):
        await ada.presses("Yes", message=shown)


async def test_an_old_message_can_still_be_pressed(ada, telegram_bot):
    await telegram_bot.send_message(1, "First", reply_markup=yes_or_no())
    old = await ada.hears("First")
    await telegram_bot.send_message(1, "Second", reply_markup=yes_or_no())
    assert (await ada.presses("Yes")).message.text == "Second"
    assert (await ada.presses("Yes", message=old)).message.text == "First"
    for update in await received(telegram_bot):
        await update.callback_query.answer()


async def test_a_hostile_client_can_send_any_data(ada, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    message = ada.last()
    await telegram_bot.delete_message(1, message.id)
    await ada.forge("approve:1", message)
    (update,) = await received(telegram_bot)
    assert update.callback_query.data == "approve:1"
    assert not update.callback_query.message.is_accessible
    await update.callback_query.answer()


async def test_a_button_with_an_address_does_not_ask_the_bot(ada, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    press = await ada.presses("No")
    assert press.button.url == "x.com"
    assert await telegram_bot.get_updates() == ()


async def test_an_edit_that_repeats_no_keyboard_takes_it_away(ada, telegram_bot):
    message = await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await message.edit_reply_markup(keys(3))
    assert [each.text for each in ada.last().buttons] == ["0", "1", "2"]
    await message.edit_text("Done")
    assert ada.last().buttons == []
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_reply_markup()


@pytest.mark.parametrize("data", ["x" * 64, "я" * 32])
async def test_callback_data_of_64_bytes_is_taken(ada, telegram_bot, data):
    button = InlineKeyboardButton("go", callback_data=data)
    await telegram_bot.send_message(1, "Well?", reply_markup=InlineKeyboardMarkup([[button]]))
    assert ada.last().buttons[0].data == data


REFUSED = {
    "65 bytes": ({"text": "go", "callback_data": "x" * 65}, "over_limit", "BUTTON_DATA_INVALID"),
    "33 letters": ({"text": "go", "callback_data": "я" * 33}, "over_limit", "BUTTON_DATA_INVALID"),
    "no data": ({"text": "go", "callback_data": ""}, "over_limit", "Text buttons are unallowed"),
    "no action": ({"text": "go"}, "bad_keyboard", "Text buttons are unallowed"),
    "two actions": (
        {"text": "go", "callback_data": "x", "url": "https://x.com"},
        "bad_keyboard",
        "only one of url, callback_data may be used",
    ),
    "no text": ({"callback_data": "x"}, "missing_parameter", 'Can\'t find field "text"'),
    "blank text": ({"text": " ", "callback_data": "x"}, "bad_keyboard", "must be non-empty"),
    "numeric text": ({"text": 5, "callback_data": "x"}, "wrong_type", "must be of type String"),
    "localhost": (
        {"text": "go", "url": "http://localhost:8069"},
        "bad_keyboard",
        "button URL 'http://localhost:8069' is invalid: Wrong HTTP URL",
    ),
    "ftp": ({"text": "go", "url": "ftp://x.com"}, "bad_keyboard", "Unsupported URL protocol"),
    "web app": (
        {"text": "go", "web_app": {"url": "http://x.com"}},
        "bad_keyboard",
        "Only HTTPS links are allowed",
    ),
    "pay": ({"text": "go", "pay": True}, "bad_keyboard", "BUTTON_TYPE_INVALID"),
    "colour": (
        {"text": "go", "callback_data": "x", "style": "pink"},
        "bad_keyboard",
        "invalid button style",
    ),
    "nothing to copy": (
        {"text": "go", "copy_text": {"text": ""}},
        "over_limit",
        "BUTTON_COPY_TEXT_INVALID",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_button_that_cannot_exist_is_refused(ada, telegram, telegram_call, case):
    button, violation, complaint = REFUSED[case]
    markup = {"inline_keyboard": [[button]]}
    with telegram.violations.expected(violation):
        answer = await telegram_call("sendMessage", chat_id=1, text="Well?", reply_markup=markup)
    assert answer["error_code"] == 400
    assert complaint in answer["description"]
    assert ada.chat == []


async def test_a_field_that_no_button_has_is_dropped_and_a_violation(ada, telegram, telegram_call):
    button = {"text": "go", "callback_data": "x", "colour": "red"}
    markup = {"inline_keyboard": [[button]]}
    with telegram.violations.expected("undocumented_field") as found:
        await telegram_call("sendMessage", chat_id=1, text="Well?", reply_markup=markup)
    assert "InlineKeyboardButton has no 'colour'" in found[0].detail
    assert ada.last().buttons[0].data == "x"


async def test_100_buttons_and_8_in_a_row_are_the_most(ada, telegram, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=keys(100, wide=8))
    for much in (keys(101), keys(9, wide=9)):
        with telegram.violations.expected("bad_keyboard"), pytest.raises(BadRequest, match="long"):
            await telegram_bot.send_message(1, "Well?", reply_markup=much)


async def test_an_edit_takes_inline_keyboards_only(ada, telegram, telegram_bot, telegram_call):
    sent = await telegram_bot.send_message(1, "Well?")
    target = {"chat_id": 1, "message_id": sent.message_id}
    with telegram.violations.expected("missing_parameter", "undocumented_field"):
        answer = await telegram_call(
            "editMessageReplyMarkup", **target, reply_markup={"keyboard": [["yes"]]}
        )
    assert 'can\'t find field "inline_keyboard"' in answer["description"]


async def test_a_reply_keyboard_stays_until_it_is_removed(ada, telegram_bot):
    keyboard = ReplyKeyboardMarkup([["Low", "High"], ["Skip"]])
    sent = await telegram_bot.send_message(1, "How likely?", reply_markup=keyboard)
    assert sent.reply_markup is None
    assert ada.keyboard() == [["Low", "High"], ["Skip"]]
    await ada.presses("High")
    (update,) = await received(telegram_bot)
    assert update.message.text == "High"
    assert ada.keyboard() == [["Low", "High"], ["Skip"]]
    await telegram_bot.send_message(1, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert ada.keyboard() == []


async def test_a_keyboard_for_one_time_goes_when_it_is_used(ada, telegram, telegram_bot):
    rows = [[KeyboardButton("My number", request_contact=True), KeyboardButton("No")]]
    keyboard = ReplyKeyboardMarkup(rows, one_time_keyboard=True, input_field_placeholder="+49 …")
    await telegram_bot.send_message(1, "Your number?", reply_markup=keyboard)
    await ada.presses("My number")
    (update,) = await received(telegram_bot)
    assert update.message.contact.user_id == 1
    assert ada.keyboard() == []
    assert telegram.chats.all[1].composer(1).placeholder is None


async def test_a_forced_reply_is_a_reply(ada, telegram_bot):
    force = ReplyKeyboardMarkup([["yes"]])
    await telegram_bot.send_message(1, "Well?", reply_markup=force)
    asked = await telegram_bot.send_message(1, "Your reason?", reply_markup=ForceReply())
    await ada.says("too expensive")
    await ada.says("and too late")
    first, second = await received(telegram_bot)
    assert first.message.reply_to_message.message_id == asked.message_id
    assert second.message.reply_to_message is None


async def test_a_placeholder_has_up_to_64_characters(ada, telegram, telegram_bot):
    force = ForceReply(input_field_placeholder="x" * 65)
    with telegram.violations.expected("over_limit"), pytest.raises(BadRequest, match="placeholder"):
        await telegram_bot.send_message(1, "Well?", reply_markup=force)


async def test_a_text_to_copy_is_a_button(ada, telegram_bot):
    button = InlineKeyboardButton("Copy", copy_text=CopyTextButton("DD-42"))
    await telegram_bot.send_message(1, "Code", reply_markup=InlineKeyboardMarkup([[button]]))
    assert ada.last().buttons[0].value == {"text": "DD-42"}


async def test_an_answer_holds_200_characters(ada, telegram, telegram_bot):
    await telegram_bot.send_message(1, "Well?", reply_markup=yes_or_no())
    await ada.presses("Yes")
    (update,) = await received(telegram_bot)
    with telegram.violations.expected("over_limit"), pytest.raises(BadRequest, match=r"(?i)long"):
        await update.callback_query.answer("x" * 201)
    await update.callback_query.answer("x" * 200)
