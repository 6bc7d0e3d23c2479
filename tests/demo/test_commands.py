"""`dealdesk demo` and `dealdesk run` as commands, and the chat behind a link of one's own."""

import re
import socket

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.demo.answers import RECORD, REVIEW
from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker
from tests.demo.test_connection import held
from tests.rig.processes import Workshop


def test_the_demo_answers_and_names_its_address(demo: Installation) -> None:
    assert f"dealdesk is ready: {demo.url}/" in demo.log
    page = httpx.get(demo.url, trust_env=False)
    assert (page.status_code, 'data-page="demo"' in page.text) == (200, True)
    metrics = httpx.get(f"{demo.url}/metrics", trust_env=False).text
    assert 'dealdesk_entries{table="person"} 2' in metrics


def test_a_store_that_is_away_makes_it_unready_and_not_dead(demo: Installation) -> None:
    with held(str(demo.data / "demo.sqlite3")):
        answer = httpx.get(f"{demo.url}/readyz", trust_env=False, timeout=60)
        assert answer.status_code == 503
        assert answer.text.startswith("the store is away: ")
        assert httpx.get(f"{demo.url}/healthz", trust_env=False).text == "ok"
        assert httpx.get(f"{demo.url}/metrics", trust_env=False, timeout=60).status_code == 503
    assert httpx.get(f"{demo.url}/readyz", trust_env=False, timeout=60).text == "ready"


def test_the_demo_ends_when_it_is_told_to(demo: Installation) -> None:
    demo.program.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(demo.url, trust_env=False)
    assert "Traceback" not in demo.log


def test_a_port_that_is_taken_is_said_in_one_sentence(own_workshop: Workshop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        ended = Installation(own_workshop, "demo").runs("demo", DEALDESK_LISTEN=listen)
    assert ended.returncode == 2
    assert f"{listen} can't be listened on" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def linked(own_workshop: Workshop) -> tuple[Installation, str]:
    """`dealdesk run` without any chat platform, and Ada's own link."""
    installation = Installation(own_workshop, "run")
    added = installation.runs("people", "add", "--name", "Ada", "--role", "sales", "--web")
    found = re.search(r"http\S+", added.stdout)
    assert found, added.stderr
    installation.program.start()
    return installation, found[0]


async def test_a_link_opens_the_chat_of_one_person(
    linked: tuple[Installation, str], page: Page
) -> None:
    installation, link = linked
    await page.goto(link)
    ada = Talker(page, "Ada")
    await expect(ada.pane).to_contain_text("Hello Ada.")
    await ada.types("record")
    await ada.asked("Which customer did you meet?")
    await ada.types("Müller GmbH")
    await ada.answers(Press("New customer “Müller GmbH”"))
    await ada.led(RECORD, REVIEW)
    await ada.answers(Press("Save"))
    await ada.told("in the CRM")
    async with page.expect_popup() as popup:
        await ada.newest.get_by_role("link", name="Open in the CRM").click()
    ledger = await popup.value
    await expect(ledger.get_by_role("article")).to_contain_text("Müller GmbH")
    token = link.partition("#")[2]
    assert token not in installation.log
    assert token.encode() not in (installation.data / "dealdesk.sqlite3").read_bytes()


@pytest.mark.parametrize("token", ["#guessed", "#"])
async def test_any_other_link_opens_nothing_and_says_why(
    linked: tuple[Installation, str], page: Page, token: str
) -> None:
    installation, _ = linked
    await page.goto(f"{installation.url}/chat{token}")
    chat = Talker(page, "dealdesk")
    told = "with your own link only" if token == "#" else "This link opens no chat."
    await expect(chat.state).to_contain_text(told)
    await page.goto(f"{installation.url}/ledger")
    await expect(page.get_by_role("status")).to_contain_text("it needs your own link")


async def test_who_is_unlinked_is_told_at_the_next_word(
    linked: tuple[Installation, str], page: Page
) -> None:
    installation, link = linked
    await page.goto(link)
    ada = Talker(page, "Ada")
    await ada.types("help")
    await ada.told("Or type or press")
    installation.runs("people", "unlink", "Ada")
    await expect(ada.pane.get_by_role("textbox")).to_be_visible()
    for _ in range(20):
        await ada.box.fill("still there?")
        await ada.box.press("Enter")
        if "opens no chat" in await ada.state.inner_text():
            break
        await page.wait_for_timeout(250)
    await expect(ada.state).to_contain_text("This link opens no chat.")
