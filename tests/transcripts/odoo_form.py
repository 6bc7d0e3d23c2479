"""The form of an opportunity in Odoo's own web client, in a real Chromium."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, async_playwright, expect

from tests.rig.browser import ARGUMENTS, chromium_program
from tests.rig.odoo import OdooServer, OdooUser

PATIENCE_MS = 60_000
"""Odoo makes its pages' scripts at the first visit."""


@asynccontextmanager
async def opened(odoo: OdooServer, user: OdooUser, title: str) -> AsyncIterator[Page]:
    """The form, opened from the pipeline by a person who has logged in."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_program(), headless=True, args=ARGUMENTS
        )
        async with browser:
            page = await browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            await enter(page, odoo, user, title)
            yield page


async def enter(page: Page, odoo: OdooServer, user: OdooUser, title: str) -> None:
    """Log in and press the card of that opportunity."""
    await page.goto(f"{odoo.url}/web/login?redirect=/odoo/crm")
    await page.fill("input[name=login]", user.login)
    await page.fill("input[name=password]", user.password)
    await page.click("button[type=submit]")
    await page.locator(".o_kanban_record", has_text=title).click()
    await page.locator(".o_form_view").wait_for()


async def shows_won(page: Page) -> None:
    """The ribbon, the stage, the button of the one quotation, and the notes below."""
    form = page.locator(".o_form_view")
    await expect(form.locator(".ribbon")).to_contain_text("Won", timeout=PATIENCE_MS)
    quotations = form.locator("button[name=action_view_sale_quotation]")
    await expect(quotations).to_contain_text("1")
    chatter = page.locator(".o-mail-Chatter")
    for note in ("Customer inquiry", "Stage: Negotiation", "Contract signed on"):
        await expect(chatter).to_contain_text(note)
