"""`dealdesk run` as a company runs it behind an address: webhook and signed HTTP, both at once."""

import socket
import time

import pytest

from bot.running import running
from bot.settings import read_settings
from bot.wiring import assemble
from dialogs.people import Address, Person

SECRET = "a-webhook-secret"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
async def program(tmp_path, telegram, slack):
    """One program, called by both platforms at its own address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = read_settings(
        {
            "DEALDESK_DATA": str(tmp_path),
            "DEALDESK_LISTEN": f"127.0.0.1:{port}",
            "DEALDESK_TELEGRAM_TOKEN": telegram.token,
            "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
            "DEALDESK_TELEGRAM_WEBHOOK_URL": f"{address}/telegram/webhook",
            "DEALDESK_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "DEALDESK_SLACK_BOT_TOKEN": slack.tokens.bot,
            "DEALDESK_SLACK_SIGNING_SECRET": slack.signing_secret,
            "DEALDESK_SLACK_API_BASE_URL": slack.api_url,
        }
    )
    program = assemble(settings, examples=True)
    sam = Person(
        id="sam",
        name="Sam",
        role="sales",
        addresses=(Address("telegram", "101", "101"), Address("slack", "T1:USAM", "USAM")),
    )
    async with running(program):
        await program.core.do(lambda books: books.keep_person(sam))
        await program.core.do(program.people.refresh)
        await telegram.called("setWebhook", 1)
        await slack.hears_by_http(f"{address}/slack/events", signed_at=time.time)
        yield program


async def test_a_dialogue_begun_in_telegram_is_finished_in_slack(program, telegram, slack):
    phone, desk = telegram.person(101, "Sam", "en", started=True), slack.person("USAM", "Sam")
    await phone.says("/record")
    await phone.hears("Which customer did you meet?")
    await phone.says("müller")
    await phone.hears("several customers")
    await desk.says("continue")
    seen = await desk.hears("several customers")
    await desk.presses(next(one for one in seen.buttons if one.startswith("Müller GmbH")))
    await desk.hears("Did the appointment take place?")
    await desk.presses("No")
    await desk.hears("Why not?")
    await desk.says("They forgot")
    await desk.hears("What is the next step?")
    await desk.presses("Skip")
    await desk.hears("How many hours")
    await desk.says("1.5")
    await desk.hears("Is everything right?")
    await desk.presses("Save")
    await desk.hears("in the CRM")
    await slack.settled()
    await program.deliveries.idle()
    (deal,) = program.crm.overview()
    assert (deal.title, deal.owner, deal.stage) == ("Müller GmbH", "Sam", "New")
