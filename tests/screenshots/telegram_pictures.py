"""The dialogue in Telegram's stand-in, led through the real adapter, with a real Odoo behind."""

from playwright.async_api import expect

from tests.demo.answers import ASSESS, RECORD, REVIEW
from tests.demo.talker import Press
from tests.rig.odoo import OdooServer
from tests.rig.processes import Workshop
from tests.screenshots.camera import Camera
from tests.screenshots.company import connected
from tests.screenshots.dialogue import PATIENCE_S, answered, led
from tests.standins.telegram import Person, TelegramStandin

SAM, MARA = 1001, 1002


async def take(camera: Camera, workshop: Workshop, odoo: OdooServer) -> None:
    async with TelegramStandin() as telegram:
        sam = telegram.person(SAM, "Sam", last_name="Sales", started=True)
        mara = telegram.person(MARA, "Mara", last_name="Manager", started=True)
        settings = {
            "DEALDESK_TELEGRAM_TOKEN": telegram.token,
            "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
        }
        # The stand-in's page tells the time of Greenwich; the cards shall agree with it.
        accounts = (f"--zone UTC --telegram {SAM}", f"--zone UTC --telegram {MARA}")
        async with connected(workshop, odoo, *accounts, **settings):
            await _records(camera, telegram, sam)
            await _decides(camera, telegram, sam, mara)


async def _records(camera: Camera, telegram: TelegramStandin, sam: Person) -> None:
    await sam.says("/record")
    await led(sam, RECORD, "Your first assessment of working together?")
    await _shoot(camera, telegram, sam, "telegram-question")
    await answered(sam, Press("4"))
    await led(sam, RECORD, REVIEW)
    await _shoot(camera, telegram, sam, "telegram-review")
    await sam.presses("Save")
    await sam.hears("in the CRM", timeout=PATIENCE_S)


async def _decides(camera: Camera, telegram: TelegramStandin, sam: Person, mara: Person) -> None:
    await sam.says("/assess")
    await led(sam, ASSESS, REVIEW)
    await sam.presses("Save")
    await mara.hears("Decision", timeout=PATIENCE_S)
    await sam.hears("in the CRM", timeout=PATIENCE_S)
    await _shoot(camera, telegram, mara, "telegram-decision")
    await mara.presses("✅ Approve")
    await sam.hears("Management approved", timeout=PATIENCE_S)
    await mara.hears("Approved by", timeout=PATIENCE_S)
    await _shoot(camera, telegram, mara, "telegram-decided")


async def _shoot(camera: Camera, telegram: TelegramStandin, person: Person, name: str) -> None:
    await telegram.settled()
    page = await camera.phone(f"{telegram.url}/__page?person={person.id}")
    await expect(page.get_by_role("log")).to_contain_text("Müller GmbH")
    await camera.shoot(page, name)
    await page.close()
