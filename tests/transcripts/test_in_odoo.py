"""Stories on Telegram into a real Odoo: the same lines as from the ledger.

Over both ways into it where they differ in what they are asked for; where the contract of the CRM
holds them alike, one way is enough.

Whoever is at a second channel is in Slack. The whole stories are read back in Odoo's own interface.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.playbook import Playbook
from tests.rig.odoo import serve_odoo
from tests.rig.processes import Workshop
from tests.transcripts.clock import StillClock
from tests.transcripts.odoo_company import Company
from tests.transcripts.odoo_form import opened, shows_won
from tests.transcripts.player_slack import Slack
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.playing import Held
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Stage
from tests.transcripts.told_in_odoo import TOLD
from tests.transcripts.transcript import read

HERE = Path(__file__).parent
STORIES = (
    "02_approved",
    "29_it_comes_to_you",
    "40_from_the_website_to_won",
    "41_from_the_meeting_to_the_hand_over",
)
ONE_WAY = (
    "09_deutsch",
    "18_an_appointment",
    "28_ask_for_information",
    "34_told_in_one_message",
    "43_a_second_appointment",
    "45_in_einer_nachricht",
    "20_eine_anfrage",
    "50_two_of_three",
    "52_a_photo",
    "53_a_stage_is_left",
    "22_assessed_in_one_message",
    "55_parked",
    "56_lost_and_restored",
    "23_what_is_to_come",
    "30_tasks",
    "31_website_lead",
    "32_new_lead",
    "35_meeting_about_an_opportunity",
    "38_information_is_asked_for",
    "39_qualified",
    "42_one_contact_person",
)
WAYS = ("odoorpc", "json2")
PLAYED = [(name, driver) for name in STORIES for driver in WAYS]
PLAYED += [(name, WAYS[place % 2]) for place, name in enumerate(ONE_WAY)]
SEEN = ("40_from_the_website_to_won", "json2")
"""What is looked at in a browser too, once."""


@pytest.fixture(scope="module")
def prepared(playbook: Playbook) -> Iterator[Company]:
    """An Odoo for these stories alone: others may search in theirs."""
    with Workshop() as workshop:
        company = Company(serve_odoo(workshop), playbook)
        company.set_up(workshop.directory / "setup")
        yield company


@pytest.fixture
def company(prepared: Company) -> Company:
    """The same without what another story has left."""
    prepared.forget()
    return prepared


@pytest.mark.timeout(300)  # the whole stories are long
@pytest.mark.parametrize(("name", "driver"), PLAYED)
async def test_the_story_stands_in_odoo(
    name: str, driver: str, company: Company, tmp_path: Path, rewriting: Rewriting
) -> None:
    story, clock = read(rewriting.golden(HERE / f"{name}.txt")), StillClock()
    behind = company.behind(driver)
    platforms = (Telegram(clock), Slack(clock))
    async with Stage.set(story, tmp_path, clock, platforms, behind=behind) as stage:
        await Held(story, stage).play()
    if name in TOLD:
        await asyncio.to_thread(TOLD[name], company)
    if (name, driver) == SEEN:
        async with opened(company.odoo, company.users["Sam"], "Cabin line") as page:
            await shows_won(page)
