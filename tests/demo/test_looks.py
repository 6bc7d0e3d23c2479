"""What anybody must be able to see, read and reach: contrast, names, narrow screens."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.demo.answers import RECORD, REVIEW
from tests.demo.conftest import PATIENCE_MS
from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
PALE = """() => {
    const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const parsed = (text) => text.match(/[\\d.]+/g).map(Number);
    const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const [r, g, b, a = 1] = parsed(getComputedStyle(at).backgroundColor);
            if (a > 0.99) return [r, g, b];
        }
        return parsed(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);
    };
    const texts = [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility()
        && [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()));
    return texts.map((node) => {
        const [front, back] = [light(parsed(getComputedStyle(node).color)), light(ground(node))];
        const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
        return [contrast, node.className || node.tagName, node.textContent.slice(0, 30)];
    }).filter(([contrast]) => contrast < 4.5);
}"""
NAMELESS = """() => [...document.querySelectorAll("button, a, textarea, input, summary, progress")]
    .filter((node) => node.checkVisibility())
    .filter((node) => !node.getAttribute("aria-label"))
    .filter((node) => !(node.textContent.trim() || node.labels?.length))
    .map((node) => node.outerHTML)"""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility())
    .map((node) => [node.getBoundingClientRect(), node])
    .filter(([box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
    .map(([, node]) => node.outerHTML.slice(0, 120))"""


async def shown(page: Page, demo: Installation) -> Talker:
    """A page with some of everything on it."""
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.led(RECORD, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("in the CRM")
    await sam.types("/assess")
    await sam.asked("Which chances do you see?")
    await sam.button("Strategic customer").click()
    await expect(sam.button("Strategic customer")).to_have_attribute("aria-pressed", "true")
    return sam


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(
    browser: Browser, demo: Installation, scheme: Any
) -> None:
    page = await browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    sam = await shown(page, demo)
    assert await page.evaluate(PALE) == []
    await sam.types("nonsense")
    await expect(sam.newest.locator(".refusal")).to_be_visible()
    assert await page.evaluate(PALE) == []
    await sam.button("Fill in as a form").click()
    await page.get_by_role("dialog").get_by_role("button", name="Next").click()
    await expect(page.get_by_role("dialog").locator(".error").first).not_to_be_empty()
    assert await page.evaluate(PALE) == []
    assert await page.evaluate(NAMELESS) == []


async def test_a_phone_shows_one_pane_at_a_time_and_tells_of_news(
    browser: Browser, demo: Installation
) -> None:
    page = await browser.new_page(**PHONE)
    sam = await shown(page, demo)
    tabs = page.get_by_role("navigation").get_by_role("button")
    await expect(tabs).to_have_text(["SSam", "MMia", "€CRM"])
    crm = page.get_by_role("region", name="CRM")
    await expect(crm).to_be_hidden()
    assert await page.evaluate(CUT_OFF) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(tabs.nth(2)).to_have_class(re.compile(r"\bnews\b"))
    await tabs.nth(2).tap()
    await expect(crm).to_be_visible()
    await expect(sam.pane).to_be_hidden()
    await expect(tabs.nth(2)).not_to_have_class(re.compile(r"\bnews\b"))
    assert await page.evaluate(CUT_OFF) == []
    await tabs.nth(1).tap()
    await expect(page.get_by_role("region", name="Mia")).to_be_visible()
    await tabs.nth(0).tap()
    await sam.newest.get_by_role("button", name="Done").tap()
    await sam.asked("Chance “Strategic customer”: how likely?")
    await sam.pane.get_by_role("link", name="Open in the CRM").first.tap()
    await expect(crm).to_be_visible()


async def test_fingers_find_what_they_press(browser: Browser, demo: Installation) -> None:
    page = await browser.new_page(**PHONE)
    await shown(page, demo)
    heights = await page.locator(".msg:last-child button").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 32


async def test_a_form_page_fits_on_a_phone(browser: Browser, demo: Installation) -> None:
    page = await browser.new_page(**PHONE)
    sam = await shown(page, demo)
    await sam.button("Fill in as a form").tap()
    form = page.get_by_role("dialog")
    await expect(form.get_by_role("button", name="Next")).to_be_in_viewport()
    await expect(form.get_by_role("heading")).to_be_in_viewport()
    assert await page.evaluate(CUT_OFF) == []


async def test_a_screen_reader_is_told_what_is_new(sam: Talker) -> None:
    log = sam.pane.get_by_role("log", name="Conversation of Sam")
    await expect(log).to_be_visible()
    await expect(sam.pane.get_by_role("textbox", name="Message as Sam")).to_be_visible()
    await expect(sam.pane.get_by_role("group", name="Language")).to_be_visible()
    await sam.types("record")
    await expect(log.get_by_role("progressbar", name="Question 1 of")).to_have_count(1)


async def test_a_page_breaks_none_of_its_own_rules(page: Page, demo: Installation) -> None:
    """A forbidden script, style or address would be a word on the console, and a missing file."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("response", lambda answer: told.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda asked: told.append(asked.url) if demo.url not in asked.url else None)
    await shown(page, demo)
    await page.goto(f"{demo.url}/ledger/1")
    await expect(page.get_by_role("article")).to_contain_text("Müller GmbH")
    await page.goto(f"{demo.url}/chat#demo-sales")
    await expect(page.get_by_role("log")).to_contain_text("Müller GmbH")
    assert told == []
