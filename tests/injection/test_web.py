"""In a real browser nothing that was typed becomes an element, an attribute or a request."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from adapters.web.site import Persona
from bot.playbooks import playbook_text
from bot.showcase import showcase
from dialogs.crm import Activity, Customer, Meeting, Note, Value
from dialogs.playbook import load_playbook
from dialogs.shows import Ask, Button, Show
from tests.adapters.web.house import SAM, House
from tests.contracts.crm.ledger_world import LedgerWorld
from tests.contracts.crm.wishes import deliver, new_case, record
from tests.injection.corpus import GROUPS, pages, sample
from tests.injection.places import everywhere, listed
from tests.injection.places import page as form_page

PATIENCE_MS = 60_000
SHAPES = """(root) => [...document.querySelectorAll(root)].map((one) =>
    [one, ...one.querySelectorAll("*")].map((each) =>
        [each.tagName, ...each.getAttributeNames().filter((name) => name !== "class").sort()]
            .join(" ")))"""
"""Tags and attributes of all below each such element: no text, and no class, which is layout."""
READY = "(wanted) => document.querySelectorAll('.msg').length >= wanted"


class Visit:
    """A page, and what it asked for elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.elsewhere: list[str] = []
        page.on("request", lambda asked: self._note(asked.url))
        page.on("dialog", lambda dialog: self.elsewhere.append(dialog.message))

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, self.home.replace("http", "ws"))):
            self.elsewhere.append(url)

    async def shapes(self, root: str) -> list[list[str]]:
        found: list[list[str]] = await self.page.evaluate(SHAPES, root)
        return found

    async def nothing_happened(self) -> None:
        assert await self.page.evaluate("window.hit") is None
        assert self.elsewhere == []


@asynccontextmanager
async def visiting(browser: Browser, house: House, path: str) -> AsyncIterator[Visit]:
    context = await browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    try:
        visit = Visit(await context.new_page(), house.url)
        await visit.page.goto(f"{house.url}{path}")
        yield visit
    finally:
        await context.close()


async def drawn(browser: Browser, shows: Sequence[Show]) -> tuple[list[list[str]], str]:
    """The shapes of the messages that show that, and all their words."""
    async with House().open() as house:
        for show in shows:
            await house.shows(show)
        async with visiting(browser, house, f"/chat#{SAM}") as visit:
            await visit.page.wait_for_function(READY, arg=len(shows))
            await visit.nothing_happened()
            return await visit.shapes(".msg"), await visit.page.inner_text(".log")


async def test_e9_all_of_it_is_text_in_the_chat(browser: Browser) -> None:
    texts = [text for page in pages(60) for text in page]
    shows = [show for page in pages(60) for show in listed(page)]
    usual = [show for page in pages(60) for show in listed(["x"] * len(page))]
    shapes, words = await drawn(browser, shows)
    assert shapes == (await drawn(browser, usual))[0]
    seen = "".join(words.split())
    for text in texts:
        if text.isprintable():
            assert "".join(text.split()) in seen, text


async def test_e9_at_every_place_of_every_show_it_is_text(browser: Browser) -> None:
    texts = [*GROUPS["html"][::8], *sample(30)][:33]
    shows = [show for text in texts for show in everywhere(text)]
    usual = [show for _ in texts for show in everywhere("x")]
    assert (await drawn(browser, shows))[0] == (await drawn(browser, usual))[0]


@pytest.mark.parametrize("text", GROUPS["html"][::25])
async def test_e9_on_a_form_page_it_is_text(browser: Browser, text: str) -> None:
    async with House().open() as house:
        house.replies["f1"] = form_page(text)
        house.replies["f2"] = form_page("x")
        forms = (Button("first", "f1", opens_form=True), Button("second", "f2", opens_form=True))
        await house.shows(Ask("Form", "Which?", controls=forms))
        async with visiting(browser, house, f"/chat#{SAM}") as visit:
            shapes = []
            for name in ("first", "second"):
                await visit.page.get_by_role("button", name=name).click()
                await visit.page.wait_for_selector("[role=dialog], dialog")
                shapes += await visit.shapes("[role=dialog] form, dialog form")
                await visit.page.keyboard.press("Escape")
                await visit.page.wait_for_selector("[role=dialog], dialog", state="detached")
            await visit.nothing_happened()
    assert len(shapes) == 2
    assert shapes[0] == shapes[1]


def ledger(directory: Path, texts: Sequence[str]) -> Any:
    """What the ledger's page is told, with each text at every place of an opportunity."""
    world = LedgerWorld(directory)
    for text in texts:
        wish = record(
            new_case(),
            title=text,
            customer=Customer(f"{text[:100]} GmbH"),
            note=Note(text, ((text, text),)),
            opportunity={"x_dealdesk_t_char": Value(text, text)},
            meeting=Meeting(text, "2026-12-24T14:00:00+01:00", 60, text),
            activity=Activity(text, "2026-12-28", text),
            tag=text,
        )
        deliver(world.crm, wish)
    deals = [asdict(one) for one in world.crm.overview()]
    return showcase(load_playbook(*playbook_text(None)), "Europe/Berlin", deals)


async def test_e9_all_of_it_is_text_on_the_ledgers_page(browser: Browser, tmp_path: Path) -> None:
    texts = [text for text in sample(6) if text.isprintable() and text.strip()][:120]
    for place in ("usual", "hostile"):
        (tmp_path / place).mkdir()
    usual = ledger(tmp_path / "usual", ["x"] * len(texts))
    hostile = ledger(tmp_path / "hostile", texts)
    shapes = []
    for looks in (usual, hostile):
        house = House(personas=(Persona("Sam", "Sales", SAM, "en"),), looks=looks)
        async with house.open(), visiting(browser, house, "/ledger") as visit:
            await visit.page.wait_for_selector("article.deal")
            shapes.append(await visit.shapes("article.deal"))
            await visit.nothing_happened()
    newest_first = zip(reversed(texts), *shapes, strict=True)
    assert [text for text, ours, theirs in newest_first if ours != theirs] == []
