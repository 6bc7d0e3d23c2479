"""The briefing of a customer with a long past, in the web chat on a phone."""

import asyncio
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from adapters.ledger import LedgerCrm
from bot.playbooks import playbook_text
from bot.wiring import LEDGER
from dialogs.crm import Activity, Customer, Delivery, Meeting, Note, Staff, Value
from dialogs.playbook import load_playbook
from tests.demo.installation import Installation
from tests.demo.talker import Talker
from tests.rig.processes import Workshop
from tests.screenshots.camera import Camera

CUSTOMER = "Elbe Flugzeugwerke GmbH"
OPPORTUNITIES, MEETINGS, NOTES = 20, 50, 200
ABOUT = ("Cabin doors", "Seat rails", "Freighter conversion", "Galley refit", "Paint shop")
SAID = ("They ask for the schedule", "Delivery dates agreed", "Waiting for drawings")


async def take(camera: Camera, workshop: Workshop) -> None:
    demo = Installation(workshop, "demo")
    await asyncio.to_thread(demo.program.start)
    await asyncio.to_thread(furnish, demo)
    page = await camera.phone(demo.url)
    sam = Talker(page, "Sam")
    await sam.types("prepare elbe")
    await expect(sam.newest).to_contain_text("Briefing")
    await camera.shoot(page, "briefing-phone")


def furnish(demo: Installation) -> None:
    """A customer with 50 meetings, 200 notes and 20 opportunities."""
    ledger = LedgerCrm(demo.data / LEDGER, load_playbook(*playbook_text(None)).crm_needs)
    (hit,) = ledger.search_customers(CUSTOMER, 1)
    for number in range(NOTES):
        ledger.deliver(_past(number, Customer(hit.name, hit.id)), fresh=True)


def _past(number: int, customer: Customer) -> Delivery:
    case, sam = f"past{number % OPPORTUNITIES}", Staff("Sam")
    at = datetime.now(UTC).replace(hour=9, minute=0) + timedelta(days=3 - 6 * number)
    about = ABOUT[number % len(ABOUT)]
    values = {
        "x_dealdesk_soft_requirements": "One contact person, short ways, honest dates",
        "x_dealdesk_chance_score": str(12 + number % 9),
        "x_dealdesk_risk_score": str(4 + number % 5),
        "expected_revenue": str(40_000 + 7_500 * (number % 13)),
    }
    return Delivery(
        key=f"{case}-record-{number // OPPORTUNITIES + 1}",
        case=case,
        kind="record",
        author=sam,
        owner=sam,
        title=f"{about} {number % OPPORTUNITIES + 1}",
        customer=customer,
        note=Note(SAID[number % len(SAID)]),
        opportunity={name: Value(value, value) for name, value in values.items()},
        meeting=Meeting(f"{about}: progress", at.isoformat()) if number < MEETINGS else None,
        activity=_task(about, at) if number < OPPORTUNITIES else None,
    )


def _task(about: str, at: datetime) -> Activity:
    return Activity(f"Call about {about.lower()}", (at + timedelta(days=9)).date().isoformat())
