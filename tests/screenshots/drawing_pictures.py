"""What the desk draws, in the web chat on a phone: risk matrix, flow chart, pipeline, figures."""

import asyncio

from playwright.async_api import Page, expect

from tests.demo.answers import ASSESS, RECORD, REVIEW
from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker
from tests.rig.processes import Workshop
from tests.screenshots.briefing_picture import furnish
from tests.screenshots.camera import Camera

FIGURES = {
    "process": "process-phone",
    "pipeline mine": "pipeline-phone",
    "kpi 2026 mine": "kpi-phone",
}


async def take(camera: Camera, workshop: Workshop) -> None:
    demo = Installation(workshop, "demo")
    await asyncio.to_thread(demo.program.start)
    await asyncio.to_thread(furnish, demo)
    page = await camera.phone(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.led(RECORD, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("in the CRM")
    await sam.types("assess")
    await sam.asked("Which chances do you see?")
    await sam.led(ASSESS, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("in the CRM")
    await _shoot(camera, page, sam, "matrix-phone", 1)
    for count, (words, name) in enumerate(FIGURES.items(), start=2):
        await sam.types(words)
        await _shoot(camera, page, sam, name, count)


async def _shoot(camera: Camera, page: Page, sam: Talker, name: str, count: int) -> None:
    """Take the newest drawing, which is the so many-th."""
    drawn = sam.pane.locator(".msg.desk", has=page.locator("img"))
    await expect(drawn).to_have_count(count)
    await drawn.last.locator("img").evaluate("one => one.decode()")
    await drawn.last.evaluate("one => one.scrollIntoView({block: 'start'})")
    await camera.shoot(page, name, small=True)
