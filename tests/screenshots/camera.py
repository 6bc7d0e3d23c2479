"""Takes pictures of pages in a real Chromium, always of the same size and at rest."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.rig.browser import ARGUMENTS, chromium_program
from tests.rig.odoo_program import odoo_program
from tests.rig.places import REPOSITORY
from tests.rig.processes import Workshop

PICTURES = REPOSITORY / "docs" / "pictures"
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
COLOURS, RARE = 96, Image.Quantize.MAXCOVERAGE
"""So few, and the rare ones kept: the points of a risk matrix."""
PATIENCE_MS = 90_000
"""Odoo makes its pages' scripts at the first visit."""


class Camera:
    """A browser and where its pictures go."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self.taken: list[Path] = []

    async def wide(self, url: str = "about:blank") -> Page:
        """A page on a desk."""
        context = await self._browser.new_context(viewport=WIDE, **MANNERS)
        return await _page(await context.new_page(), url)

    async def phone(self, url: str = "about:blank") -> Page:
        """A page in a hand."""
        context = await self._browser.new_context(
            viewport=PHONE, is_mobile=True, has_touch=True, **MANNERS
        )
        return await _page(await context.new_page(), url)

    async def shoot(self, page: Page, name: str, *, small: bool = False) -> None:
        """Take the page as it is now; it replaces an earlier picture of that name.

        A small one has few colours: enough for words and forms, a third of the bytes.
        """
        path = self._folder / f"{name}.png"
        await page.evaluate("document.fonts.ready")
        await page.mouse.move(0, 0)
        await page.screenshot(path=path, animations="disabled", caret="hide")
        if small:
            with Image.open(path) as taken:
                taken.convert("RGB").quantize(COLOURS, RARE).save(path, optimize=True)
        self.taken.append(path)


MANNERS = {
    "timezone_id": "Europe/Berlin",
    "locale": "en-GB",
    "color_scheme": "light",
    "reduced_motion": "reduce",
}


async def _page(page: Page, url: str) -> Page:
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(url)
    return page


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{root}/usr/share/fonts/truetype/roboto</dir>
</fontconfig>
"""


@asynccontextmanager
async def camera(workshop: Workshop, folder: Path = PICTURES) -> AsyncIterator[Camera]:
    """A camera that puts its pictures into the folder.

    It sees the fonts of Odoo's package: without Roboto, Odoo's pages take digits from an emoji
    font.
    """
    fonts = workshop.directory / "fonts.conf"
    fonts.write_text(FONTS.format(root=odoo_program().root))
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_program(),
            headless=True,
            args=ARGUMENTS,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        async with browser:
            yield Camera(browser, folder)
