"""The connection breaks, the program dies, the disk is busy: nothing is lost or done twice."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import Page, WebSocketRoute, expect

from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker


async def test_a_restart_in_the_middle_of_a_dialogue(sam: Talker, demo: Installation) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await asyncio.to_thread(demo.program.kill)
    await expect(sam.state).to_contain_text("No connection. Trying again …")
    await sam.types("Premium Aerotec GmbH")
    await expect(sam.state).to_contain_text("1 message waits to be sent.")
    await expect(sam.pane.locator(".msg.own.pending")).to_have_count(1)
    await sam.box.fill("and half a th")
    await asyncio.to_thread(demo.program.start)
    await expect(sam.state).to_be_empty()
    await sam.asked("Did the appointment take place?")
    await expect(sam.pane.locator(".msg.own.pending")).to_have_count(0)
    await expect(sam.pane.locator(".msg.own")).to_have_count(2)
    await expect(sam.box).to_have_value("and half a th")
    await sam.answers(Press("Yes"))
    await sam.asked("When was it?")


async def test_a_stop_and_a_start_are_told_honestly(sam: Talker, demo: Installation) -> None:
    await sam.types("help")
    await sam.told("Or type or press")
    await asyncio.to_thread(demo.program.stop)
    await expect(sam.state).to_contain_text("No connection")
    crm = sam.page.get_by_role("region", name="CRM")
    await expect(crm.get_by_role("status")).to_contain_text("this is how it stood last")
    await asyncio.to_thread(demo.program.start)
    await expect(sam.state).to_be_empty()
    await expect(crm.get_by_role("status")).to_be_empty()


async def test_what_waits_to_be_sent_outlives_a_reload(sam: Talker, demo: Installation) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await asyncio.to_thread(demo.program.kill)
    await expect(sam.state).to_contain_text("No connection")
    await sam.types("Premium Aerotec GmbH")
    demo.data.rename(demo.data.with_suffix(".away"))
    demo.data.with_suffix(".away").rename(demo.data)
    await asyncio.to_thread(demo.program.start)
    await sam.page.reload()
    await sam.asked("Did the appointment take place?")
    await expect(sam.pane.locator(".msg.own")).to_have_count(2)


async def test_an_answer_that_is_lost_on_the_way_is_asked_for_with_the_same_id(
    page: Page, demo: Installation
) -> None:
    """The desk has kept it, the page was not told: it sends again, and nothing happens twice."""
    sent: list[str] = []

    async def between(ours: WebSocketRoute) -> None:
        theirs = ours.connect_to_server()

        def onward(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "say":
                sent.append(frame["id"])
            theirs.send(text)

        def back(text: str | bytes) -> None:
            if json.loads(text)["type"] == "kept" and len(sent) == 1:
                closing.append(asyncio.ensure_future(ours.close(code=1012)))
            else:
                ours.send(text)

        ours.on_message(onward)
        theirs.on_message(back)

    closing: list[asyncio.Future[None]] = []
    await page.route_web_socket("**/ws", between)
    await page.goto(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.types("Premium Aerotec GmbH")
    await sam.asked("Did the appointment take place?")
    assert len(sent) == 3
    assert sent[0] == sent[1] != sent[2]
    await expect(sam.pane.locator(".msg.own p")).to_have_text(["record", "Premium Aerotec GmbH"])
    await expect(sam.pane.locator(".msg.desk")).to_have_count(2)


async def test_a_form_that_was_sent_when_the_connection_broke_is_taken_once(
    sam: Talker, demo: Installation
) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.button("Fill in as a form").click()
    form = sam.page.get_by_role("dialog")
    await form.get_by_label("Which customer did you meet?").fill("Premium Aerotec GmbH")
    await form.get_by_role("radio", name="No").check()
    await asyncio.to_thread(demo.program.kill)
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("form")).to_have_attribute("aria-busy", "true")
    await asyncio.to_thread(demo.program.start)
    await expect(form.get_by_label("Which customer did you meet?")).to_have_count(0)
    await expect(sam.newest).to_contain_text("Premium Aerotec GmbH")


@contextmanager
def held(database: str) -> Iterator[None]:
    """Somebody else writes to the file and does not come to an end."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_what_could_not_be_saved_is_said_and_saved_later(
    sam: Talker, demo: Installation
) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    with held(str(demo.data / "demo.sqlite3")):
        await sam.types("Premium Aerotec GmbH")
        await expect(sam.state).to_contain_text("could not be saved just now. Trying again")
        await expect(sam.pane.locator(".msg.own.pending")).to_have_count(1)
    await sam.asked("Did the appointment take place?")
    await expect(sam.state).to_be_empty()
    await expect(sam.pane.locator(".msg.own")).to_have_count(2)
