"""The facts about the Bot API that ship with the stand-in, and its answers held against them."""

from pathlib import Path

import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    MessageLimit,
)

from tests.standins.telegram import specification
from tests.standins.telegram.calls import ACTS
from tests.standins.telegram.checking import Checker
from tests.standins.telegram.pictures import plain_picture, size
from tests.standins.telegram.updates import KINDS, ON_REQUEST

FULL = Path(__file__).parents[3] / "shared" / "specs" / "telegram" / "api.json"


def specifications():
    """The facts in the tree, and the full specification where there is one."""
    found = {"in the tree": specification.compact()}
    return found | ({"in full": specification.from_full(FULL)} if FULL.exists() else {})


def test_the_facts_are_whole_and_agree_with_the_full_specification():
    facts = specification.compact()
    owners = [*facts.methods.values(), *facts.types.values()]
    limited = [each for fields in owners for each in fields.values() if each.unit]
    assert (len(facts.methods), len(facts.types), len(limited)) == (180, 359, 145)
    assert all(each == facts for each in specifications().values())


def test_the_facts_can_be_written_and_read_again(tmp_path, monkeypatch):
    again = tmp_path / "methods.json"
    specification.write(specification.compact(), again)
    assert again.read_bytes() == specification.COMPACT.read_bytes()


def test_the_limits_are_those_of_python_telegram_bot():
    facts = specification.compact()
    text = facts.methods["sendMessage"]["text"]
    data = facts.types["InlineKeyboardButton"]["callback_data"]
    assert (text.low, text.high) == (1, MessageLimit.MAX_TEXT_LENGTH)
    assert facts.methods["sendPhoto"]["caption"].high == MessageLimit.CAPTION_LENGTH
    assert (data.low, data.high, data.unit) == (
        InlineKeyboardButtonLimit.MIN_CALLBACK_DATA,
        InlineKeyboardButtonLimit.MAX_CALLBACK_DATA,
        "bytes",
    )
    answer = facts.methods["answerCallbackQuery"]["text"]
    assert answer.high == CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    command = facts.types["BotCommand"]
    assert command["command"].high == BotCommandLimit.MAX_COMMAND
    assert command["description"].high == BotCommandLimit.MAX_DESCRIPTION


def test_the_methods_that_act_exist():
    assert set(ACTS) <= set(specification.compact().methods)


def test_every_kind_of_update_is_known():
    fields = set(specification.compact().types["Update"])
    assert fields == KINDS | ON_REQUEST | {"update_id"}


@pytest.mark.parametrize("facts", specifications().values(), ids=specifications())
async def test_every_answer_and_update_is_as_documented(facts, telegram, telegram_bot):
    await talk(telegram, telegram_bot)
    checker = Checker(facts)
    for call in telegram.calls:
        result = call.answer["result"]
        assert list(checker.value(facts.returns[call.method], result)) == [], call.method
    assert {call.method for call in telegram.calls} >= SEEN


SEEN = {
    "getMe",
    "getUpdates",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "deleteMessage",
    "answerCallbackQuery",
    "getFile",
    "getChat",
    "getChatMember",
    "getWebhookInfo",
    "setMyCommands",
    "getMyCommands",
    "getMyName",
    "getChatMenuButton",
}


async def talk(telegram, bot):
    """A conversation in which every kind of answer and update comes up."""
    ada, mia = telegram.person(1, "Ada", username="ada_l"), telegram.person(2, "Mia")
    await ada.starts("payload")
    team = telegram.group(-200, "Sales", ada, mia)
    team.promotes_bot(by=ada)
    for deed in (ada.sends_photo(), ada.sends_voice(), ada.sends_sticker(), ada.shares_contact()):
        await deed
    await ada.shares_location()
    sent = await ada.sends_document("spec.pdf", b"%PDF", "see ada@example.com #urgent")
    await bot.get_file(sent.media.file_id)
    await ada.edits(await ada.says("/help @dealdesk_bot"), "https://example.com")
    await answer_a_press(ada, bot)
    await files(ada, bot)
    await look_around(bot)
    team.migrates(-1_000_000_000_200, by=ada)
    await ada.blocks()
    await bot.get_updates()


async def answer_a_press(ada, bot):
    button = InlineKeyboardButton("go", callback_data="go", style="success")
    markup = InlineKeyboardMarkup([[button, InlineKeyboardButton("see", url="https://x.com")]])
    text = (
        '<b>Well</b>? <a href="tg://user?id=2">Mia</a> <pre><code class="language-x">y</code></pre>'
    )
    sent = await bot.send_message(1, text, parse_mode="HTML", reply_markup=markup)
    await ada.presses("go")
    updates = await bot.get_updates()
    await updates[-1].callback_query.answer("thanks")
    await sent.edit_reply_markup(None)
    await sent.edit_text("Done", disable_web_page_preview=True)
    await sent.reply_text("and a reply", protect_content=True, do_quote=True)
    await sent.delete()


async def files(ada, bot):
    photo = await bot.send_photo(1, plain_picture(), caption="<i>risks</i>", parse_mode="HTML")
    await photo.edit_caption("chances")
    await bot.send_document(1, b"text", filename="a.txt")


async def look_around(bot):
    await bot.get_chat(1)
    await bot.get_chat_member(-200, 2)
    await bot.get_webhook_info()
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.get_my_commands()
    await bot.get_my_name()
    await bot.get_chat_menu_button(1)


def test_a_value_that_is_not_as_documented_is_found():
    checker = Checker(specification.compact())
    good = {"id": 1, "is_bot": False, "first_name": "Ada"}
    assert list(checker.value(("User",), good)) == []
    kinds = [each.kind for each in checker.value(("User",), {"id": "1", "shoe_size": 39})]
    assert kinds == ["undocumented_field", "wrong_type", "missing_parameter", "missing_parameter"]
    assert [each.kind for each in checker.value(("Array of User",), good)] == ["wrong_type"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (plain_picture(12, 34), (12, 34)),
        (b"GIF89a\x0c\0\x22\0", (12, 34)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x22\0\x0c", (12, 34)),
        (b"\xff\xd8\xff\xd9", None),
        (b"text", None),
    ],
    ids=["png", "gif", "jpeg", "a jpeg without a size", "no picture"],
)
def test_the_size_of_a_picture_is_read(content, expected):
    assert size(content) == expected
