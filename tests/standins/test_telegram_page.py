"""The Telegram stand-in's page and switches, over HTTP; a browser looks at the page elsewhere."""

import asyncio
import base64
import os
import subprocess
import sys

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import RetryAfter

from tests.standins.telegram import HandClock
from tests.standins.telegram.pictures import plain_picture

BUTTON = InlineKeyboardButton("Approve", callback_data="ok", style="success")


@pytest.fixture
def telegram_clock():
    return HandClock()


@pytest.fixture
def page(telegram, telegram_client):
    async def get(path, **query):
        response = await telegram_client.get(f"{telegram.url}{path}", params=query)
        assert response.status_code == 200, response.text
        return response

    return get


@pytest.fixture
def act(telegram, telegram_client):
    async def post(person, does, **details):
        body = {"person": person, "does": does, "with": details}
        return (await telegram_client.post(f"{telegram.url}/__control/act", json=body)).json()

    return post


async def test_the_page_lists_everybody_and_lets_newcomers_in(telegram, telegram_client, page):
    telegram.person(1, "Ada", last_name="Lange")
    assert "Who would you like to be?" in (await page("/__page")).text
    newcomer = {"id": 2, "first_name": "Mia", "language_code": "de"}
    await telegram_client.post(f"{telegram.url}/__page/people", json=newcomer)
    people = (await page("/__page/people")).json()["people"]
    assert [each["name"] for each in people] == ["Ada Lange", "Mia"]
    assert telegram.people[2].user.language_code == "de"


async def test_the_page_of_a_person_brings_its_look_along(telegram, page):
    telegram.person(1, "Ada")
    text = (await page("/__page", person=1)).text
    for name in ("chat.css", "chat.js"):
        assert f"/__page/look/{name}" in text
        assert (await page(f"/__page/look/{name}")).text
    assert "nobody" in (await page_of_nobody(telegram))


async def page_of_nobody(telegram):
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{telegram.url}/__page?person=99")
        assert response.status_code == 404
        assert (await client.get(f"{telegram.url}/__page/look/..%2fpage.py")).status_code == 404
        return response.text


async def test_the_page_shows_what_the_person_sees(telegram, telegram_bot, page):
    ada = telegram.person(1, "Ada", started=True)
    theirs = await ada.says("hello")
    keyboard = ReplyKeyboardMarkup([["Low", "High"]], input_field_placeholder="How likely?")
    await telegram_bot.send_message(1, "1 &lt; 2", parse_mode="HTML", reply_markup=keyboard)
    sent = await telegram_bot.send_message(
        1, "Well?", reply_to_message_id=theirs.id, reply_markup=InlineKeyboardMarkup([[BUTTON]])
    )
    await sent.edit_text("<b>Well</b>, /help?", parse_mode="HTML", reply_markup=sent.reply_markup)
    await telegram_bot.send_document(1, b"x" * 2500, filename="offer.pdf")
    await telegram_bot.send_chat_action(1, "typing")
    shown = (await page("/__page/state", person=1)).json()
    mine, plain, edited, file = shown["messages"]
    assert (mine["mine"], mine["time"], mine["day"]) == (True, "09:00", "January 5")
    assert plain["html"] == "1 &lt; 2"
    assert edited["html"] == '<b>Well</b>, <a href="#/help">/help</a>?'
    assert edited["edited"]
    assert edited["reply"] == {"sender": "Ada", "text": "hello"}
    assert edited["buttons"][0][0]["style"] == "success"
    assert (file["media"]["name"], file["media"]["size"]) == ("offer.pdf", "2.5 KB")
    assert shown["keyboard"] == [["Low", "High"]]
    assert (shown["placeholder"], shown["typing"]) == ("How likely?", True)


async def test_an_empty_chat_says_what_the_bot_can_do(telegram, telegram_bot, page):
    telegram.person(1, "Ada", "de")
    await telegram_bot.set_my_description("Führt durch den Vertrieb", language_code="de")
    await telegram_bot.set_my_commands([("hilfe", "Hilfe")], language_code="de")
    shown = (await page("/__page/state", person=1)).json()
    assert (shown["standing"], shown["description"]) == ("left", "Führt durch den Vertrieb")
    assert shown["commands"] == [{"command": "hilfe", "description": "Hilfe"}]


async def test_the_page_escapes_what_people_write(telegram, page):
    ada = telegram.person(1, "Ada", started=True)
    await ada.says("<img src=x onerror=alert(1)>")
    message = (await page("/__page/state", person=1)).json()["messages"][0]
    assert message["html"] == "&lt;img src=x onerror=alert(1)&gt;"


async def test_the_page_is_told_of_a_change_when_it_happens(telegram, page):
    ada = telegram.person(1, "Ada", started=True)
    before = (await page("/__page/state", person=1)).json()
    follows = asyncio.create_task(page("/__page/state", person=1, after=before["count"]))
    await ada.says("hello")
    after = (await follows).json()
    assert [each["html"] for each in after["messages"]] == ["hello"]


async def test_typing_ends_on_the_page_by_itself(telegram, telegram_bot, telegram_clock, page):
    telegram.person(1, "Ada", started=True)
    await telegram_bot.send_chat_action(1, "typing")
    before = (await page("/__page/state", person=1)).json()
    follows = asyncio.create_task(page("/__page/state", person=1, after=before["count"]))
    await telegram_clock.awaited()
    telegram_clock.advance(6)
    assert (await follows).json()["typing"] is False


async def test_whoever_looks_at_the_page_can_write_and_press(telegram, telegram_bot, act):
    telegram.person(1, "Ada")
    await act(1, "starts")
    await act(1, "says", text="hello")
    sent = await telegram_bot.send_message(
        1, "Well?", reply_markup=InlineKeyboardMarkup([[BUTTON]])
    )
    updates = await telegram_bot.get_updates()
    press = asyncio.create_task(act(1, "presses", button="ok", message=sent.message_id))
    (pressed,) = await telegram_bot.get_updates(offset=updates[-1].update_id + 1, timeout=20)
    await pressed.callback_query.answer("Saved", show_alert=True)
    assert (await press)["result"] == {"text": "Saved", "alert": True, "url": None}
    assert [each.message.text for each in updates] == ["/start", "hello"]


async def test_files_go_both_ways_over_the_page(telegram, telegram_bot, act, page):
    telegram.person(1, "Ada", started=True)
    content = base64.b64encode(plain_picture()).decode()
    await act(1, "sends_photo", content=content)
    shown = (await page("/__page/state", person=1)).json()["messages"][0]
    assert (await page(shown["media"]["url"])).content == plain_picture()


async def test_somebody_new_can_act_at_once(telegram, act):
    await act({"id": 5, "first_name": "Sam", "language_code": "en"}, "says", text="hi")
    assert telegram.people[5].chat[0].text == "hi"


@pytest.mark.parametrize(
    ("deed", "error"),
    [
        ({"person": 1, "does": "flies"}, "'does' must be one of"),
        ({"person": 9, "does": "says", "text": "x"}, "9"),
        ({"person": 1, "does": "presses", "button": "Yes"}, "Ada sees no 'Yes'"),
    ],
)
async def test_what_cannot_be_done_is_explained(telegram, act, deed, error):
    telegram.person(1, "Ada", started=True)
    answer = await act(**deed)
    assert not answer["ok"]
    assert error in answer["error"]


async def test_the_state_tells_what_happened(telegram, telegram_bot, page):
    telegram.person(1, "Ada", started=True)
    await telegram_bot.send_message(1, "Hello", api_kwargs={"colour": "red"})
    state = (await page("/__control/state")).json()
    assert state["calls"][-1] == {"method": "sendMessage", "ok": True}
    assert state["people"][0]["chats"][0]["messages"][0]["text"] == "Hello"
    assert [each.split(":")[0] for each in state["violations"]] == [
        "unknown_parameter at sendMessage"
    ]
    telegram.violations.clear()


async def test_faults_can_be_ordered_from_outside(telegram, telegram_bot, telegram_client):
    telegram.person(1, "Ada", started=True)
    order = {"method": "sendMessage", "fault": "too_many_requests", "with": 30}
    await telegram_client.post(f"{telegram.url}/__control/fail", json=order)
    with pytest.raises(RetryAfter):
        await telegram_bot.send_message(1, "Hello")
    nonsense = {"method": "sendMessage", "fault": "earthquake"}
    refused = await telegram_client.post(f"{telegram.url}/__control/fail", json=nonsense)
    assert refused.status_code == 409


async def test_everything_can_be_forgotten_from_outside(telegram, telegram_client):
    telegram.person(1, "Ada", started=True)
    await telegram_client.post(f"{telegram.url}/__control/reset")
    assert telegram.people == {}


def test_it_can_be_started_by_hand():
    command = [sys.executable, "-m", "tests.standins.telegram", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as it:
        told = dict(
            line.strip().split("=") for line in (it.stdout.readline(), it.stdout.readline())
        )
        address = f"{told['DEALDESK_TELEGRAM_BASE_URL']}/bot{told['DEALDESK_TELEGRAM_TOKEN']}/getMe"
        assert httpx.get(address, trust_env=False).json()["result"]["is_bot"]
        it.terminate()
