"""The Telegram stand-in as python-telegram-bot meets it: who may write to whom, and what stands."""

import re

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, ReplyKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from tests.standins.telegram import HandClock, TelegramStandin
from tests.standins.telegram.pictures import plain_picture

DAY = 86_400


@pytest.fixture
def telegram_clock():
    return HandClock()


async def test_the_bot_learns_who_it_is(telegram_bot):
    assert telegram_bot.username == "dealdesk_bot"
    assert telegram_bot.bot.is_bot


async def test_another_token_is_not_let_in(telegram):
    stranger = Bot("7012345678:another-token", base_url=telegram.base_url)
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await stranger.initialize()
    await stranger.shutdown()


@pytest.mark.parametrize(("token", "status"), [("7012345678:no", 401), ("nonsense", 404)])
async def test_a_wrong_token_has_the_status_of_telegram(telegram, telegram_client, token, status):
    answer = await telegram_client.get(f"{telegram.base_url}{token}/getMe")
    assert answer.status_code == answer.json()["error_code"] == status


async def test_an_unknown_method_is_not_found_and_is_a_violation(telegram, telegram_client):
    with telegram.violations.expected("unknown_method"):
        answer = await telegram_client.get(f"{telegram.base_url}{telegram.token}/sendNothing")
    assert answer.json()["description"] == "Not Found: method not found"


async def test_what_the_bot_sends_the_person_sees(telegram, telegram_bot):
    ada = telegram.person(1, "Ada", started=True)
    await telegram_bot.send_message(1, "Good morning")
    assert (await ada.hears("morning")).text == "Good morning"
    assert [each.text for each in ada.chat] == ["Good morning"]


async def test_the_bot_cannot_write_first(telegram, telegram_bot):
    telegram.person(1)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await telegram_bot.send_message(1, "Hello?")


async def test_a_start_with_a_payload_opens_the_conversation(telegram, telegram_bot):
    ada = telegram.person(1)
    await ada.starts("link-42")
    update = (await telegram_bot.get_updates())[0]
    assert update.message.text == "/start link-42"
    assert update.message.entities[0].type == "bot_command"
    await telegram_bot.send_message(1, "Welcome")


async def test_a_person_who_blocks_the_bot_gets_nothing_more(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    await ada.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await telegram_bot.send_message(1, "Hello?")
    (told,) = await telegram_bot.get_updates()
    assert told.my_chat_member.new_chat_member.status == "kicked"
    await ada.unblocks()
    await telegram_bot.send_message(1, "Hello again")


async def test_an_unknown_chat_is_not_found(telegram, telegram_bot):
    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.send_message(99, "Hello?")


async def test_an_edit_shows_at_once_and_is_marked(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    message = await telegram_bot.send_message(1, "one")
    await message.edit_text("two")
    assert (await ada.hears("two")).edited
    assert [each.text for each in ada.chat] == ["two"]


async def test_the_same_text_again_is_not_modified(telegram, telegram_bot):
    telegram.person(1, started=True)
    message = await telegram_bot.send_message(1, "<b>one</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await message.edit_text("<strong>one</strong>", parse_mode="HTML")


async def test_a_message_of_a_person_is_not_the_bots_to_edit(telegram, telegram_bot):
    theirs = await telegram.person(1, started=True).says("mine")
    with (
        telegram.violations.expected("foreign_message"),
        pytest.raises(BadRequest, match="Message can't be edited"),
    ):
        await telegram_bot.edit_message_text("ours", 1, theirs.id)


async def test_a_message_with_a_reply_keyboard_is_not_editable(telegram, telegram_bot):
    telegram.person(1, started=True)
    keyboard = ReplyKeyboardMarkup([["yes", "no"]])
    message = await telegram_bot.send_message(1, "Well?", reply_markup=keyboard)
    with (
        telegram.violations.expected("bad_keyboard"),
        pytest.raises(BadRequest, match="Message can't be edited"),
    ):
        await message.edit_text("Well!")


async def test_a_deleted_message_is_gone_for_everybody(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    message = await telegram_bot.send_message(1, "psst")
    await message.delete()
    assert ada.chat == []
    assert [(each.text, each.deleted) for each in ada.history] == [("psst", True)]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await message.edit_text("louder")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await message.delete()


async def test_after_two_days_a_message_stays(telegram, telegram_bot, telegram_clock):
    telegram.person(1, started=True)
    message = await telegram_bot.send_message(1, "for ever")
    telegram_clock.advance(2 * DAY + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await message.delete()


async def test_a_reply_shows_what_it_answers(telegram, telegram_bot):
    theirs = await telegram.person(1, started=True).says("Is it late?")
    reply = await telegram_bot.send_message(1, "Yes", reply_to_message_id=theirs.id)
    assert reply.reply_to_message.text == "Is it late?"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await telegram_bot.send_message(1, "Yes", reply_to_message_id=theirs.id + 5_000)


async def test_a_photo_that_was_sent_can_be_sent_again_by_its_identifier(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    first = await telegram_bot.send_photo(1, plain_picture(64, 48), caption="<i>risks</i>")
    again = await telegram_bot.send_photo(1, first.photo[-1].file_id)
    assert (first.photo[-1].width, first.photo[-1].height) == (64, 48)
    assert [each.media.content for each in ada.chat] == [plain_picture(64, 48)] * 2
    assert again.caption is None


async def test_a_photo_must_be_a_picture_of_sensible_shape(telegram, telegram_bot):
    telegram.person(1, started=True)
    with (
        telegram.violations.expected("bad_request"),
        pytest.raises(BadRequest, match=r"(?i)image_process"),
    ):
        await telegram_bot.send_photo(1, b"no picture")
    with (
        telegram.violations.expected("over_limit"),
        pytest.raises(BadRequest, match=r"(?i)dimensions"),
    ):
        await telegram_bot.send_photo(1, plain_picture(2_100, 100))


async def test_a_document_arrives_whole(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    await telegram_bot.send_document(1, b"%PDF-1.7 offer", filename="offer.pdf", caption="Offer")
    shown = await ada.hears("Offer")
    assert (shown.media.name, shown.media.mime) == ("offer.pdf", "application/pdf")
    assert shown.media.content == b"%PDF-1.7 offer"


async def test_the_bot_downloads_what_people_send(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    await ada.sends_document("spec.txt", b"twelve drives", caption="here")
    await ada.sends_photo()
    await ada.sends_voice(7)
    await ada.sends_sticker()
    updates = await telegram_bot.get_updates()
    document, photo, voice, sticker = (each.message for each in updates)
    assert await content(telegram_bot, document.document.file_id) == b"twelve drives"
    assert await content(telegram_bot, photo.photo[-1].file_id) == plain_picture()
    assert (document.caption, voice.to_dict()["voice"]["duration"]) == ("here", 7)
    assert sticker.sticker.emoji == "👍"


async def content(bot: Bot, file_id: str) -> bytes:
    file = await bot.get_file(file_id)
    return bytes(await file.download_as_bytearray())


async def test_bots_download_up_to_20_megabytes(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    sent = await ada.sends_document("film.mkv", bytes(20_000_001))
    with pytest.raises(BadRequest, match="File is too big"):
        await telegram_bot.get_file(sent.media.file_id)


async def test_an_unknown_file_is_refused(telegram_bot):
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await telegram_bot.get_file("nothing")


async def test_commands_are_kept_by_scope_and_language(telegram, telegram_bot):
    await telegram_bot.set_my_commands([BotCommand("help", "Help")])
    await telegram_bot.set_my_commands([BotCommand("help", "Hilfe")], language_code="de")
    await telegram_bot.set_my_commands(
        [BotCommand("approve", "Approve")], scope=BotCommandScopeChat(2)
    )
    shown = telegram.profile.commands_for
    assert shown(1, "en")[0]["description"] == "Help"
    assert shown(1, "de")[0]["description"] == "Hilfe"
    assert shown(2, "de")[0]["command"] == "approve"
    assert (await telegram_bot.get_my_commands(language_code="de"))[0].description == "Hilfe"


@pytest.mark.parametrize("command", ["Help", "hilfe!", "größe", "two words"])
async def test_a_command_is_lower_case_letters_digits_and_underscores(
    telegram, telegram_bot, command
):
    with (
        telegram.violations.expected("bad_request"),
        pytest.raises(BadRequest, match=r"(?i)command_invalid"),
    ):
        await telegram_bot.set_my_commands([(command, "what it does")])


async def test_the_profile_keeps_its_texts(telegram, telegram_bot):
    await telegram_bot.set_my_description("Leads you", language_code="en")
    await telegram_bot.set_my_short_description("Leads")
    assert (await telegram_bot.get_my_description("en")).description == "Leads you"
    assert (await telegram_bot.get_my_short_description("de")).short_description == "Leads"
    with telegram.violations.expected("over_limit"), pytest.raises(BadRequest, match="512"):
        await telegram_bot.set_my_description("x" * 513)


async def test_the_menu_button_is_kept(telegram, telegram_bot):
    telegram.person(1, started=True)
    await telegram_bot.set_chat_menu_button(1)
    assert (await telegram_bot.get_chat_menu_button(1)).type == "default"


async def test_typing_is_seen_for_five_seconds(telegram, telegram_bot, telegram_clock):
    chat = telegram.person(1, started=True) and telegram.chats.all[1]
    await telegram_bot.send_chat_action(1, "typing")
    assert chat.typing_until == telegram_clock.now() + 5
    with telegram.violations.expected("bad_request"), pytest.raises(BadRequest, match="action"):
        await telegram_bot.send_chat_action(1, "juggling")


async def test_a_group_lets_the_bot_hear_only_what_is_meant_for_it(telegram, telegram_bot):
    ada, mia = telegram.person(1), telegram.person(2, "Mia")
    team = telegram.group(-100_200, "Sales", ada, mia)
    await mia.says("lunch?", chat=team.id)
    await mia.says("/pipeline", chat=team.id)
    await mia.says("/pipeline@other_bot", chat=team.id)
    question = await telegram_bot.send_message(team.id, "Approve?")
    await mia.says("yes", chat=team.id, reply_to=team.chat[-1])
    heard = [each.message.text for each in await telegram_bot.get_updates() if each.message]
    assert heard == ["/pipeline", "yes"]
    assert (await ada.hears("Approve?")).id == question.message_id


async def test_a_group_that_became_a_supergroup_says_where_it_went(telegram, telegram_bot):
    mia = telegram.person(2, "Mia")
    team = telegram.group(-200, "Sales", mia)
    new = team.migrates(-1_000_000_000_200, by=mia)
    with pytest.raises(ChatMigrated) as moved:
        await telegram_bot.send_message(team.id, "Hello")
    assert moved.value.new_chat_id == new.id
    await telegram_bot.send_message(new.id, "Hello")
    assert (await mia.hears("Hello")).chat_id == new.id
    told = [each.message for each in await telegram_bot.get_updates() if each.message]
    assert (told[0].migrate_to_chat_id, told[1].migrate_from_chat_id) == (new.id, team.id)


async def test_a_group_can_throw_the_bot_out(telegram, telegram_bot):
    mia = telegram.person(2, "Mia")
    team = telegram.group(-200, "Sales", mia)
    team.removes_bot(by=mia)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await telegram_bot.send_message(team.id, "Hello")


async def test_somebody_who_hears_nothing_is_told_what_there_is_instead(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    await telegram_bot.send_message(1, "Good morning")
    with pytest.raises(AssertionError, match=r"never heard 'night'; last: \['Good morning'\]"):
        await ada.hears("night", timeout=0.01)


async def test_each_message_is_heard_once_and_in_order(telegram, telegram_bot):
    ada = telegram.person(1, started=True)
    for each in ("one", "two", "three", "four"):
        await telegram_bot.send_message(1, each)
    await ada.hears("one")
    await ada.hears(re.compile("^th"))
    with pytest.raises(AssertionError, match="never heard 'two'"):
        await ada.hears("two", timeout=0.01)
    await telegram_bot.send_message(1, "five")
    ada.catches_up()
    await telegram_bot.send_message(1, "six")
    assert (await ada.hears(lambda message: bool(message.text))).text == "six"


async def test_a_reset_forgets_everybody(telegram, telegram_bot):
    telegram.person(1, started=True)
    await telegram.reset()
    assert isinstance(telegram, TelegramStandin)
    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.send_message(1, "Hello?")
