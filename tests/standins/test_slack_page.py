"""The page and the control interface: what a browser shows, and acting without Python."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.standins.slack import SlackStandin
from tests.standins.slack.bolting import bolt, by_socket, web_client

pytest_plugins = ["tests.standins.slack.fixtures"]

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def asks(label: str, element: Json) -> Json:
    entry = {**element, "action_id": "value"}
    return {"type": "input", "block_id": label, "label": plain(label), "element": entry}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Record appointment"),
    "submit": plain("Save"),
    "blocks": [
        asks("Customer", {"type": "external_select", "min_query_length": 2}),
        asks("Day", {"type": "datepicker"}),
        asks("Said", {"type": "plain_text_input", "multiline": True}),
    ],
}
CARD = [
    {"type": "header", "text": plain("Decide")},
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Value*\n<@U1>'s &lt;b&gt;"}]},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "open", "text": plain("Open"), "style": "primary"}
        ],
    },
]


def desk(slack: SlackStandin) -> Any:
    """A Bolt app with a card, a form, a command and a Home tab."""
    app = bolt(slack)

    @app.message("card")
    async def card(say):
        await say(text="Decide", blocks=CARD)

    @app.event("message")
    async def nothing():
        """Takes what is left."""

    @app.action("open")
    async def opens(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.options("value")
    async def finds(ack, payload):
        name = f"{payload['value']} GmbH"
        await ack(options=[{"text": plain(name), "value": name}])

    @app.view("form")
    async def submitted(ack, view, body, client):
        said = view["state"]["values"]["Said"]["value"]["value"]
        if said == "no":
            await ack(response_action="errors", errors={"Said": "A little more, please."})
            return
        await ack()
        customer = view["state"]["values"]["Customer"]["value"]["selected_option"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Saved {customer}")

    @app.command("/dealdesk")
    async def commanded(ack, command):
        await ack(f"You said {command['text']}")

    @app.event("app_home_opened")
    async def home(event, client):
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

    return app


@pytest.fixture
async def browser_page():
    """A page of a real Chromium: the system's where there is one, else Playwright's own."""
    async with async_playwright() as play:
        chromium = shutil.which("chromium")
        browser = await play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1180, "height": 820})
        page.set_default_timeout(10_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        await browser.close()
        assert errors == []


async def open_card(page: Page, slack: SlackStandin) -> None:
    await page.goto(f"{slack.url}/__page")
    await expect(page.get_by_role("link", name="Sam Sales")).to_be_visible()
    await page.goto(f"{slack.url}/__page?person=U1")
    await page.get_by_role("textbox", name="Message").fill("card")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("@Sam Sales's <b>")


async def test_a_person_works_in_the_browser(slack, browser_page):
    page = browser_page
    slack.person("U1", "Sam Sales")
    async with by_socket(slack, desk(slack)):
        await open_card(page, slack)
        await page.get_by_role("button", name="Open").click()
        form = page.get_by_role("dialog", name="Record appointment")
        await form.get_by_role("textbox").first.fill("Müller")
        await form.get_by_role("button", name="Müller GmbH").click()
        await form.locator("input[type=date]").fill("2026-12-24")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Please complete this required field.")
        await form.locator("textarea").fill("no")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("A little more, please.")
        await form.locator("textarea").fill("They want it before Easter.")
        await form.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("log")).to_contain_text("Saved Müller GmbH")
        await expect(form).to_have_count(0)


async def test_commands_home_and_shortcuts_work_in_the_browser(slack, browser_page):
    page = browser_page
    slack.person("U1", "Sam Sales")
    app = desk(slack)

    @app.shortcut("record_appointment")
    async def record(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async with by_socket(slack, app):
        await open_card(page, slack)
        await page.get_by_role("textbox", name="Message").fill("/dealdesk pending")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("Only visible to you")
        await page.locator("article").first.hover()
        await page.get_by_role("button", name="Record as appointment").first.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.get_by_role("button", name="Cancel").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.get_by_role("tab", name="Home").click()
        await expect(page.locator("#home")).to_contain_text("Decide")


async def test_a_person_acts_by_the_control_interface(slack):
    async with httpx.AsyncClient(base_url=f"{slack.url}/__control") as control:
        person = {"id": "U7", "name": "Kim"}
        dm = (await control.post("/person", json=person)).json()["dm"]
        await web_client(slack).chat_postMessage(channel=dm, text="Decide", blocks=CARD)
        said = {"person": "U7", "does": "says", "text": "hello"}
        assert (await control.post("/act", json=said)).json()["text"] == "hello"
        state = (await control.get("/state", params={"person": "U7"})).json()
        assert [each["author"] for each in state["chats"][dm]] == ["dealdesk", "Kim"]
        assert state["chats"][dm][0]["buttons"] == ["Open"]
        absent = {"person": "U7", "does": "presses", "label": "Close"}
        refused = await control.post("/act", json=absent)
        assert (refused.status_code, "no button" in refused.json()["error"]) == (400, True)


async def test_faults_and_violations_are_reached_by_the_control_interface(slack):
    async with httpx.AsyncClient(base_url=f"{slack.url}/__control") as control:
        order = {"what": "auth.test", "how": "account_inactive"}
        assert (await control.post("/fail", json=order)).status_code == 200
        wrong = {"what": "auth.test", "how": "is_archived"}
        assert (await control.post("/fail", json=wrong)).status_code == 400
        assert (await control.get("/state", params={"person": "nobody"})).status_code == 400
        slack.violations.record("refused", "here", "a test said so")
        assert (await control.get("/violations")).json()[0]["where"] == "here"
        await control.post("/reset")
        assert (await control.get("/violations")).json() == []


async def test_it_runs_by_hand_and_prints_where_it_is():
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.standins.slack", "--port", "0"),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        first = (await process.stdout.readline()).decode().split()
        async with httpx.AsyncClient() as client:
            answer = await client.get(first[1])
    finally:
        process.terminate()
        await process.wait()
    assert (first[0], answer.status_code) == ("page", 200)
