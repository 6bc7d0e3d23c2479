"""The demo: a decided case with the ledger beside it, a form page, and the same on a phone."""

import asyncio

from playwright.async_api import expect

from tests.demo.answers import ASSESS, RECORD, REVIEW
from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker
from tests.rig.processes import Workshop
from tests.screenshots.camera import Camera


async def take(camera: Camera, workshop: Workshop) -> None:
    demo = Installation(workshop, "demo")
    await asyncio.to_thread(demo.program.start)
    page = await camera.wide(demo.url)
    sam, mia = Talker(page, "Sam"), Talker(page, "Mia")
    await expect(sam.pane.get_by_role("button", name="Record a customer")).to_be_visible()
    await camera.shoot(page, "demo-first-look")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.led(RECORD, REVIEW)
    await camera.shoot(page, "demo-review")
    await sam.answers(Press("Save"))
    await sam.told("in the CRM")
    await sam.answers(Press("Assess chances and risks of a case"))
    await sam.asked("Which chances do you see?")
    await sam.led(ASSESS, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("in the CRM")
    await expect(mia.newest).to_contain_text("Decision")
    await mia.answers(Press("Approve"))
    await sam.told("in the CRM")
    await expect(page.locator(".steps li.done")).to_have_count(4)
    await expect(page.locator(".deal.fresh")).to_have_count(1)
    await page.reload()  # without the glow of what has just changed
    await expect(page.locator(".deal")).to_be_visible()
    await expect(mia.newest).to_contain_text("Approved by Mia")
    await camera.shoot(page, "demo")
    await _form(camera, demo)
    await _phone(camera, demo)


async def _form(camera: Camera, demo: Installation) -> None:
    page = await camera.wide(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.types("Premium Aerotec GmbH")
    await sam.asked("Did the appointment take place?")
    await sam.answers(Press("Yes"))
    await sam.asked("When was it?")
    await sam.button("Fill in as a form").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("When was it?").fill("next Monday at noon")
    await form.get_by_label("Who was there?").fill("Ms Brandt, purchasing")
    await form.get_by_label("What was discussed?").fill("A second shift from March on")
    await form.get_by_role("radio", name="4").check()
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[aria-invalid=true]")).to_have_count(1)
    await camera.shoot(page, "demo-form")
    await form.get_by_role("button", name="Close").click()
    await sam.answers(Press("Cancel"))


async def _phone(camera: Camera, demo: Installation) -> None:
    page = await camera.phone(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.types("müller")
    await sam.asked("I found several customers for “müller”. Which one is it?")
    await camera.shoot(page, "demo-phone")
    await page.get_by_role("navigation").get_by_role("button", name="CRM").tap()
    await expect(page.locator(".deal")).to_be_visible()
    await camera.shoot(page, "demo-phone-crm")
