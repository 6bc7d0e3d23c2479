"""The whole demo, typed and pressed on the page: from the appointment to management's decision."""

import asyncio

from playwright.async_api import Locator, Page, Route, expect

from tests.demo.answers import ASSESS, RECORD, REVIEW
from tests.demo.talker import Press, Talker

LEGIBLE = 80
"""Pixels: a word or two beside its label."""


def deal(page: Page) -> Locator:
    return page.get_by_role("region", name="CRM").get_by_role("article")


async def recorded(sam: Talker) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.led(RECORD, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("Appointment record · Müller GmbH: in the CRM.")


async def assessed(sam: Talker) -> None:
    await sam.answers(Press("Assess chances and risks of a case"))
    await sam.asked("Which chances do you see?")
    await sam.led(ASSESS, REVIEW)
    await sam.answers(Press("Save"))
    await sam.told("Opportunity and risk assessment · Müller GmbH: in the CRM.")


async def fact(card: Locator, label: str) -> str:
    row = card.locator(".facts > div").filter(has=card.page.get_by_text(label, exact=True))
    return await row.locator("dd").inner_text()


async def test_an_appointment_is_recorded_assessed_and_approved(sam: Talker, mia: Talker) -> None:
    page = sam.page
    await expect(page.get_by_text("Nothing is recorded yet.")).to_be_visible()
    await recorded(sam)
    card = deal(page)
    await expect(card.get_by_role("heading", level=3)).to_have_text("Müller GmbH")
    assert await fact(card, "Customer") == "Müller GmbH"
    assert await fact(card, "Salesperson") == "Sam"
    assert await fact(card, "First assessment") == "4/5"
    assert await fact(card, "Travel cost") == "128.40 €"
    assert "a call every week" in await fact(card, "Soft requirements")
    await expect(card).to_contain_text("Send the outline of a service contract")
    await expect(card).to_contain_text(", 14:00 · 60 min")
    await expect(card.locator("[aria-current=step]")).to_have_text("New")
    assert await page.locator(".steps [aria-current]").inner_text() == (
        "Sam assesses chances and risks"
    )

    await assessed(sam)
    assert await fact(card, "Expected revenue") == "48,000.00 €"
    assert await fact(card, "Probability") == "60%"
    assert await fact(card, "Chance score") == "32"
    await expect(mia.newest.get_by_role("heading", level=3)).to_have_text("Decision: Müller GmbH")
    await expect(mia.newest).to_contain_text("Strategic customer (20)")

    await mia.answers(Press("Approve"))
    await expect(mia.pane.locator(".card .verdict")).to_contain_text("Approved by Mia")
    await expect(mia.pane.locator(".card").get_by_role("button")).to_have_count(0)
    await expect(sam.pane).to_contain_text(
        "Management approved “Müller GmbH” (Mia). Next step: Qualify contact."
    )
    decision = card.locator(".decision")
    await expect(decision).to_contain_text("Approved")
    await expect(decision).to_contain_text("Mia")
    await expect(card.locator("[aria-current=step]")).to_have_text("Qualification")
    await expect(page.locator(".steps li.done")).to_have_count(4)
    notes = card.locator("details summary b")
    await expect(notes).to_have_text(
        ["Decision", "Opportunity and risk assessment", "Appointment record"]
    )
    await notes.last.click()
    await expect(card.locator("details[open]")).to_contain_text(
        "Dr. Keller (CTO), Ms Brandt (purchasing)"
    )
    await expect(card.locator("details[open]")).to_contain_text(
        "They renew the test benches of two halls.\nOne partner for both."
    )

    await mia.types("pipeline")
    await expect(mia.newest.get_by_role("img")).to_be_visible()
    await expect(mia.newest).to_contain_text("48,000.00 €")


async def test_a_picture_that_comes_late_leaves_the_reader_at_the_newest_message(
    sam: Talker,
) -> None:
    async def slowly(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    await sam.page.route("**/picture/**", slowly)
    await sam.types("process")
    await expect(sam.newest.locator("img.picture")).to_have_js_property("naturalWidth", value=0)
    await expect(sam.newest.locator("img.picture")).to_have_js_property("complete", value=True)
    log = sam.pane.get_by_role("log")
    assert await log.evaluate("(log) => log.scrollHeight - log.scrollTop - log.clientHeight") < 3
    for value in await sam.newest.locator("dd").all():
        assert await value.evaluate("(dd) => dd.clientWidth") > LEGIBLE


async def test_a_rejection_asks_for_the_reason_and_who_takes_over(sam: Talker, mia: Talker) -> None:
    await recorded(sam)
    await assessed(sam)
    await mia.answers(Press("Reject"))
    await mia.asked("Why do we reject?")
    await mia.types("Too far from what we do")
    await mia.asked("Who in the group takes the customer over?")
    await mia.answers(Press("ARTS Group, Finance"))
    await mia.told("You rejected “Müller GmbH”. Sam hears of it now.")
    await expect(mia.pane.locator(".card .verdict")).to_contain_text(": Too far from what we do")
    told = "Management rejected “Müller GmbH” (Mia): Too far from what we do"
    await expect(sam.pane.locator(".notice.warning", has_text=told)).to_be_visible()
    card = deal(sam.page)
    await expect(card.locator(".decision")).to_contain_text("Rejected")
    await expect(card.locator(".decision")).to_contain_text("Too far from what we do")
    await expect(card.locator(".decision")).to_contain_text("ARTS Group, Finance")
    await expect(card.locator(".tag")).to_have_text("Hand-over to the group")


async def test_a_link_into_the_crm_leads_to_the_opportunity_beside_the_chat(sam: Talker) -> None:
    await recorded(sam)
    await sam.newest.get_by_role("link", name="Open in the CRM").click()
    await expect(deal(sam.page)).to_be_focused()
    assert len(sam.page.context.pages) == 1


async def test_what_is_changed_in_the_review_is_what_is_kept(sam: Talker) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.led(RECORD, REVIEW)
    await sam.pane.get_by_role("button", name="Change Travel cost").click()
    await sam.asked("What did the travel cost?")
    await sam.types("99")
    await sam.asked(REVIEW)
    await expect(sam.newest).to_contain_text("99.00 €")
    await sam.answers(Press("Save"))
    await expect(deal(sam.page)).to_contain_text("99.00 €")
    await expect(deal(sam.page)).not_to_contain_text("128.40")
