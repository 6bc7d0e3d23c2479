"""The dialogue in Slack's stand-in, led through the real adapter by Socket Mode, and in Odoo."""

from playwright.async_api import Page, expect

from tests.demo.answers import RECORD, REVIEW
from tests.demo.talker import Press
from tests.rig.odoo import OdooServer, OdooUser
from tests.rig.processes import Workshop
from tests.screenshots.camera import Camera
from tests.screenshots.company import connected
from tests.screenshots.dialogue import PATIENCE_S, answered, led
from tests.standins.slack import Person, SlackStandin

FORM = {
    "Which chances do you see?": ["Strategic customer", "Follow-up business"],
    "Which risks do you see?": ["Strong competition"],
    "Which revenue do you expect?": "48k",
    "How probable is the order?": "60",
    "What do you recommend?": "Pursue",
    "Anything management should know?": "They decide before the end of January.",
}
SCORES = {
    "Chance “Strategic customer”: how likely?": "4",
    "Chance “Strategic customer”: how much would it bring?": "5",
    "Chance “Follow-up business”: how likely?": "3",
    "Chance “Follow-up business”: how much would it bring?": "4",
    "Risk “Strong competition”: how likely?": "3",
    "Risk “Strong competition”: how much would it hurt?": "4",
}


async def take(camera: Camera, workshop: Workshop, odoo: OdooServer) -> None:
    slack = SlackStandin()
    sam = slack.person("U1", "Sam Sales", email="sam@example.com")
    mara = slack.person("U2", "Mara Manager", email="mara@example.com")
    team = slack.app.team
    async with slack.running():
        settings = {
            "DEALDESK_SLACK_BOT_TOKEN": slack.tokens.bot,
            "DEALDESK_SLACK_APP_TOKEN": slack.tokens.app_level,
            "DEALDESK_SLACK_API_BASE_URL": slack.api_url,
        }
        accounts = (f"--slack {team}:U1", f"--slack {team}:U2")
        async with connected(workshop, odoo, *accounts, **settings):
            await slack.changes.until(lambda: slack.socket.connections, PATIENCE_S)
            await _records(camera, slack, sam)
            await _assesses(camera, slack, sam, mara)
            address = await _decides(camera, slack, sam, mara)
            await _stands(camera, odoo.sales, address)


async def _records(camera: Camera, slack: SlackStandin, sam: Person) -> None:
    await sam.says("record")
    await led(sam, RECORD, "Your first assessment of working together?")
    await _shoot(camera, slack, sam, "slack-question")
    await answered(sam, Press("4"))
    await led(sam, RECORD, REVIEW)
    await sam.presses("Save")
    await sam.hears("in the CRM", timeout=PATIENCE_S)


async def _assesses(camera: Camera, slack: SlackStandin, sam: Person, mara: Person) -> None:
    await sam.says("assess")
    await sam.hears("Which chances do you see?", timeout=PATIENCE_S)
    await sam.presses("Fill in as a form")
    await sam.gets_modal("Which chances do you see?", timeout=PATIENCE_S)
    page = await _opened(camera, slack, sam)
    await _fill(page)
    await camera.shoot(page, "slack-modal")
    await page.close()
    await sam.submits(values=FORM)
    await sam.gets_modal("Strategic customer", timeout=PATIENCE_S)
    await sam.submits(values=SCORES)
    await sam.hears(REVIEW, timeout=PATIENCE_S)
    await sam.presses("Save")
    await mara.hears("Decision", timeout=PATIENCE_S)
    await sam.hears("in the CRM", timeout=PATIENCE_S)
    await _shoot(camera, slack, mara, "slack-decision")


async def _fill(page: Page) -> None:
    """Tick on the page what will be sent, so that the picture shows a form in use."""
    dialog = page.get_by_role("dialog")
    for text in ("Strategic customer", "Follow-up business", "Strong competition"):
        await dialog.get_by_role("checkbox", name=text).check()
    await dialog.get_by_label("Which revenue do you expect?").fill("48k")
    await dialog.get_by_label("How probable is the order?").fill("60")


async def _decides(camera: Camera, slack: SlackStandin, sam: Person, mara: Person) -> str:
    await mara.presses("Approve")
    await sam.hears("Management approved", timeout=PATIENCE_S)
    await mara.hears("Approved by", timeout=PATIENCE_S)
    await _shoot(camera, slack, mara, "slack-decided")
    page = await _opened(camera, slack, sam)
    link = page.get_by_role("link", name="Open in the CRM").last
    return str(await link.get_attribute("href"))


async def _opened(camera: Camera, slack: SlackStandin, person: Person) -> Page:
    page = await camera.wide(f"{slack.url}/__page?person={person.id}")
    await expect(page.get_by_role("log")).to_contain_text("Appointment")
    return page


async def _shoot(camera: Camera, slack: SlackStandin, person: Person, name: str) -> None:
    await slack.settled()
    page = await camera.wide(f"{slack.url}/__page?person={person.id}")
    await expect(page.get_by_role("log")).to_contain_text("Müller GmbH")
    await camera.shoot(page, name)
    await page.close()


async def _stands(camera: Camera, salesperson: OdooUser, address: str) -> None:
    """The opportunity in Odoo's own form, as the salesperson sees it."""
    page = await camera.wide(address)
    await page.get_by_label("Email").fill(salesperson.login)
    await page.get_by_label("Password").fill(salesperson.password)
    await page.get_by_role("button", name="Log in").click()
    await page.goto(address)
    await page.get_by_role("tab", name="Deal desk").click()
    await expect(page.locator(".o_form_view")).to_contain_text("Müller GmbH")
    await camera.shoot(page, "odoo-opportunity", small=True)
