"""The records in Odoo: golden stories are played into it, and people look at what stands there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from playwright.async_api import Page, expect

from bot.playbooks import playbook_text
from dialogs.playbook import load_playbook
from tests.rig.odoo import OdooServer
from tests.rig.processes import Workshop
from tests.screenshots import sights
from tests.screenshots.camera import Camera
from tests.transcripts.clock import START, StillClock
from tests.transcripts.odoo_company import Company
from tests.transcripts.platforms import CONTENTS
from tests.transcripts.player_engine import Engine
from tests.transcripts.stage import Stage
from tests.transcripts.test_transcripts import STORIES
from tests.transcripts.transcript import Act, Cast, Crm, Happening, Step, Transcript, read

TEXTS = {path.stem: path for path in STORIES}
OPPORTUNITY, MEETING, QUOTATION = "crm.lead", "calendar.event", "sale.order"
PATHS = {OPPORTUNITY: "crm", MEETING: "calendar.event", QUOTATION: "sales"}

CHATTER, BAR = (1150, 500), 60
"""A place within it, and how much of it its own buttons cover."""
LOADED = "() => [...document.images].every(one => one.complete)"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of one record."""

    name: str
    title: str = ""
    """Its name in Odoo, or a part of it; of several, the oldest."""
    model: str = OPPORTUNITY
    tab: str = ""
    """The tab of the form that is opened first."""
    scrolls_to: str = ""
    """What the chatter is scrolled to."""
    viewer: str = "Sam"
    lists: bool = False
    """The stages beside each other instead of one record."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story, or its beginning, and what is looked at then."""

    story: str
    shots: tuple[Shot, ...]
    before: str = ""
    """What is no longer done of it: the words of an act or happening, or `crm`."""
    keeps: bool = False
    """Whether what the story before has left stays."""


TOLD = (
    Told("18_an_appointment", (
        Shot("odoo-meeting", "First meeting", MEETING),
        Shot("odoo-participants", "Airbus Hamburg"),
    ), before="5 days later"),
    Told("48_a_briefing", (Shot("odoo-preparation", "Airbus Hamburg"),), before="prepare bosch"),
    Told("27_a_summary_by_e_mail", (Shot("odoo-summary-mail", "Airbus Hamburg"),)),
    Told("02_approved", (
        Shot("odoo-decision", "Airbus Hamburg", scrolls_to="Opportunity and risk assessment"),
    )),
    Told("50_two_of_three", (Shot("odoo-two-of-three", "Kellner"),)),
    Told("51_two_rounds", (Shot("odoo-second-round", "Airbus Hamburg", tab="Deal desk"),)),
    Told("55_parked", (Shot("odoo-parked", "Airbus Hamburg"),), before="120 hours later"),
    Told("44_a_specific_inquiry", (
        Shot("odoo-inquiry", "Airbus Hamburg", tab="Deal desk"),
        Shot("odoo-quotation", model=QUOTATION),
    ), before="crm"),
    Told("54_handed_over", (Shot("odoo-handed-over", "Kellner", viewer="Mia"),)),
    Told("28_ask_for_information", (Shot("odoo-answered", "Kellner", tab="Deal desk"),)),
    Told("20_eine_anfrage", (Shot("odoo-german", "Werkzeugbau"),), keeps=True),
    Told("53_a_stage_is_left", (
        Shot("odoo-stage", "Airbus Hamburg", scrolls_to="Stage: Proposition"),
        Shot("odoo-pipeline", lists=True),
    ), keeps=True),
    Told("56_lost_and_restored", (Shot("odoo-lost", "Airbus Hamburg"),), before="crm"),
    Told("24_won", (Shot("odoo-won", "Airbus Hamburg", tab="Deal desk"),)),
    Told("30_tasks", (Shot("odoo-task", "Spare parts", viewer="Mia"),)),
    Told("31_website_lead", (Shot("odoo-website-lead", "Cabin refit", viewer="Mia"),)),
    Told("32_new_lead", (Shot("odoo-new-lead", "Cabin refit", viewer="Mia"),)),
    Told("52_a_photo", (Shot("odoo-files", "Airbus Hamburg"),)),
    Told("58_after_the_meeting_in_one_message", (Shot("odoo-held", "Airbus Hamburg", MEETING),)),
    Told("38_information_is_asked_for", (Shot("odoo-asked", "Airbus Hamburg"),)),
    Told("39_qualified", (Shot("odoo-qualified", "Airbus Hamburg", tab="Deal desk"),)),
    Told("34_told_in_one_message", (Shot("odoo-told", "Airbus"),), before="crm"),
    Told("37_whose_opportunity", (Shot("odoo-two-people", "Fair stand"),)),
    Told("19_a_plain_pipeline", (Shot("odoo-plain", "Airbus Hamburg", tab="Deal desk"),)),
)  # fmt: skip

TOLD_ORDER = [told.story for told in TOLD]


async def take(
    camera: Camera, workshop: Workshop, odoo: OdooServer, names: Sequence[str] = ()
) -> None:
    """All pictures, or those of these names."""
    company = Company(odoo, load_playbook(*playbook_text(None)))
    viewers = Viewers(camera, company)
    await asyncio.to_thread(_in_own_money, odoo)
    await asyncio.to_thread(company.set_up, workshop.directory / "records")
    CONTENTS[".jpg"] = await sights.paper_form(camera)
    for told in TOLD:
        shots = [one for one in told.shots if not names or one.name in names]
        if shots:
            await _tell(viewers, workshop, replace(told, shots=tuple(shots)))


def _in_own_money(odoo: OdooServer) -> None:
    """The price list, too, is in the company's currency."""
    (own,) = odoo.call("res.company", "search_read", [], ["currency_id"])
    lists = odoo.call("product.pricelist", "search", [])
    odoo.call("product.pricelist", "write", lists, {"currency_id": own["currency_id"][0]})


async def _tell(viewers: "Viewers", workshop: Workshop, told: Told) -> None:
    story = read(TEXTS[told.story].read_text(encoding="utf-8"))
    # Ids are counted from the clock's start: two stories that stand beside each other need two.
    clock = StillClock(START + timedelta(seconds=TOLD_ORDER.index(told.story)))
    folder, engines = workshop.directory / told.story, (Engine("chat", clock), Engine("o", clock))
    company = viewers.company
    if not told.keeps:
        await asyncio.to_thread(company.forget)
    if story.playbook:
        settings = {"DEALDESK_PLAYBOOK": story.playbook}
        await asyncio.to_thread(partial(company.set_up, workshop.directory / "other", **settings))
    folder.mkdir()
    async with Stage.set(story, folder, clock, engines, behind=company.behind("json2")) as stage:
        for step in _steps(story, told.before):
            await stage.perform(step)
            for somebody in stage.people.values():
                somebody.chat()  # who never looks knows no button of yesterday
        for shot in told.shots:
            await _shoot(viewers, shot)


def _steps(story: Transcript, before: str) -> Sequence[Step]:
    steps = [scene.step for scene in story.scenes]
    if not before:
        return steps
    return steps[: next(n for n, step in enumerate(steps) if _words(step) == before)]


def _words(step: Step) -> str:
    match step:
        case Act(what=what) | Happening(what=what):
            return what
        case Crm():
            return "crm"


@dataclass
class Viewers:
    """Pages of people who have logged in, by name."""

    camera: Camera
    company: Company
    pages: dict[str, Page] = field(default_factory=dict)

    async def page(self, name: str) -> Page:
        if name not in self.pages:
            self.company.login(Cast(name, "management"))  # unless they are there already
            user, page = self.company.users[name], await self.camera.wide(f"{self.url}/web/login")
            await page.get_by_label("Email").fill(user.login)
            await page.get_by_label("Password").fill(user.password)
            await page.get_by_role("button", name="Log in").click()
            await page.wait_for_url("**/odoo**")
            self.pages[name] = page
        return self.pages[name]

    @property
    def url(self) -> str:
        return self.company.odoo.url


async def _shoot(viewers: Viewers, shot: Shot) -> None:
    page = await viewers.page(shot.viewer)
    if shot.lists:
        await page.goto(f"{viewers.url}/odoo/crm")
        await expect(page.locator(".o_kanban_record").first).to_be_visible()
    else:
        await _open(page, viewers.company.odoo, shot)
    await expect(page.locator(".o_loading_indicator")).to_have_count(0)
    await page.wait_for_function(LOADED)
    await viewers.camera.shoot(page, shot.name, small=True)


async def _open(page: Page, odoo: OdooServer, shot: Shot) -> None:
    named = [("name", "ilike", shot.title)] if shot.title else []
    found = await asyncio.to_thread(
        odoo.call, shot.model, "search", named, order="id", context={"active_test": False}
    )
    await page.goto(f"{odoo.url}/odoo/{PATHS[shot.model]}/{found[0]}")
    await expect(page.locator(".o_form_view")).to_be_visible()
    await expect(page.locator(".o-mail-Message").first).to_be_visible()
    if shot.tab:
        await page.get_by_role("tab", name=shot.tab).click()
    if shot.scrolls_to:
        message = page.locator(".o-mail-Message", has_text=shot.scrolls_to).last
        await message.evaluate("one => one.scrollIntoView()")
        await page.mouse.move(*CHATTER)
        await page.mouse.wheel(0, -BAR)
