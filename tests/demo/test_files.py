"""Files from the page, in a real browser: into the record, refused with a reason, sent again."""

import base64
import os
import re
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, Route, expect

from dialogs.limits import FILE, FILES
from tests.demo.answers import REVIEW
from tests.demo.talker import Press, Talker

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PHOTO: FilePayload = {"name": "form.png", "mimeType": "image/png", "buffer": PIXEL}
OFFER: FilePayload = {"name": "offer.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
MET = "Met Mr Keller at Premium Aerotec GmbH yesterday 2pm, rating 4/5. They renew two halls."
DROPPING = re.compile(r"\bdropping\b")
BRINGS = """([node, kind, name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "text/plain" }));
  const given = { bubbles: true, cancelable: true };
  const pasted = () => new ClipboardEvent(kind, { ...given, clipboardData: carried });
  const dragged = () => new DragEvent(kind, { ...given, dataTransfer: carried });
  return node.dispatchEvent(kind === "paste" ? pasted() : dragged());
}"""


def chips(sam: Talker) -> Locator:
    return sam.pane.get_by_role("list", name="Attached files").get_by_role("listitem")


async def attached(sam: Talker, *files: FilePayload | Path) -> None:
    """By the paper clip, as a phone offers camera and pictures."""
    async with sam.page.expect_file_chooser() as chosen:
        await sam.pane.get_by_role("button", name="Attach files").press("Enter")
    chooser = await chosen.value
    assert chooser.is_multiple()
    for one in files:
        await chooser.set_files(one)


async def brings(node: Locator, kind: str, name: str) -> None:
    handle = await node.element_handle()
    await node.page.evaluate(BRINGS, [handle, kind, name, f"what {name} says"])


async def test_a_photo_with_its_caption_stands_on_the_record(sam: Talker) -> None:
    await attached(sam, PHOTO, OFFER)
    await expect(chips(sam)).to_have_text(["form.png · 70 byte✕", "offer.pdf · 10 byte✕"])
    await expect(sam.box).to_be_focused()
    await sam.pane.get_by_role("button", name="Leave out offer.pdf").press("Enter")
    await brings(sam.pane, "dragenter", "plan.txt")
    await expect(sam.pane).to_have_class(DROPPING)
    await brings(sam.pane, "drop", "plan.txt")
    await brings(sam.box, "paste", "screen.txt")
    await expect(chips(sam)).to_have_count(3)
    await expect(sam.pane).not_to_have_class(DROPPING)
    await sam.types(MET)
    await expect(chips(sam)).to_have_count(0)
    sent = sam.pane.locator(".msg.own")
    await expect(sent).to_have_count(1)
    await expect(sent.get_by_role("listitem")).to_have_text(
        ["form.png · 70 byte", "plan.txt · 18 byte", "screen.txt · 20 byte"]
    )
    await expect(sam.pane).to_contain_text("form.png, plan.txt, screen.txt goes into the CRM")
    await expect(sam.prompt).to_contain_text(REVIEW)
    await expect(sam.pane.locator(".msg.own.pending")).to_have_count(0)
    await sam.answers(Press("Save"))
    await sam.told("Premium Aerotec GmbH: in the CRM.")
    deal = sam.page.get_by_role("region", name="CRM").get_by_role("article")
    picture = deal.get_by_role("img", name="form.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    await expect(deal).to_contain_text("plan.txt")
    await expect(deal).to_contain_text("screen.txt")
    await sam.page.reload()
    await expect(sent.get_by_role("listitem")).to_have_count(3)


async def test_what_is_not_taken_is_refused_and_the_rest_is_kept(
    sam: Talker, tmp_path: Path
) -> None:
    sent: list[str] = []
    sam.page.on("request", lambda one: sent.append(one.method) if "/upload/" in one.url else None)
    await expect(sam.box).to_be_focused()
    film = tmp_path / "film.mp4"
    film.touch()
    os.truncate(film, FILE + 1024**2)
    await attached(sam, film)
    await expect(sam.state).to_have_text("film.mp4 is too large: 11 MB. At most 10 MB are taken.")
    await attached(sam, *[PHOTO] * FILES, OFFER)
    await expect(sam.state).to_have_text(
        "At most 5 files go with one message. Left out: offer.pdf."
    )
    for _ in range(FILES):
        await sam.pane.get_by_role("button", name="Leave out form.png").first.click()
    assert sent == []
    await attached(sam, OFFER, {**PHOTO, "name": "setup.exe", "buffer": b"MZ a program"})
    await sam.box.fill("our offer")
    await sam.box.press("Enter")
    await expect(sam.state).to_have_text(
        "setup.exe is not taken: it is a program, or of a kind that dealdesk does not know."
    )
    await expect(sam.pane.locator(".msg.own")).to_have_count(0)
    await expect(sam.box).to_have_value("our offer")
    await expect(chips(sam)).to_have_text(["offer.pdf · 10 byte✕"])


async def test_an_upload_that_breaks_off_goes_again_and_keeps_its_place(
    page: Page, sam: Talker
) -> None:
    tries: list[str] = []

    async def broken(route: Route) -> None:
        tries.append(route.request.url)
        await (route.abort("connectionreset") if len(tries) == 1 else route.continue_())

    await page.route("**/upload/*", broken)
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await attached(sam, PHOTO)
    await sam.box.press("Enter")
    await expect(sam.state).to_contain_text("Trying again")
    await expect(sam.pane.locator(".msg.own.pending")).to_contain_text("form.png")
    await sam.types("Premium Aerotec GmbH")
    await sam.asked("Did the appointment take place?")
    assert len(tries) == 2
    assert tries[0] == tries[1]
    await expect(sam.pane.locator(".msg.own")).to_have_count(3)
    await expect(sam.pane.locator(".msg.own").nth(1)).to_contain_text("form.png · 70 byte")
    await expect(sam.pane.locator(".msg.own.pending")).to_have_count(0)
    await expect(sam.state).to_be_empty()
