from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.demo.installation import Installation
from tests.demo.talker import Talker
from tests.rig.processes import Workshop

PATIENCE_MS = 20_000
"""A machine that others load too must not fail a test."""
WIDE = {"width": 1440, "height": 900}
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def demo(own_workshop: Workshop) -> Installation:
    """`dealdesk demo`, running."""
    installation = Installation(own_workshop, "demo")
    installation.program.start()
    return installation


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page on a wide screen; it must never meet an error."""
    page = await browser.new_page(viewport=WIDE, timezone_id="Europe/Berlin")
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
async def opened(demo: Installation, page: Page) -> Page:
    """The demo's page."""
    await page.goto(demo.url)
    return page


@pytest.fixture
def sam(opened: Page) -> Talker:
    return Talker(opened, "Sam")


@pytest.fixture
def mia(opened: Page) -> Talker:
    return Talker(opened, "Mia")
