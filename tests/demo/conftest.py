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
    context = await browser.new_context(viewport=WIDE, timezone_id="Europe/Berlin")
    context.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield await context.new_page()
    await context.close()
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
