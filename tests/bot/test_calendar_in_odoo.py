"""A meeting ends in a real Odoo, by the real clock, and the question stands in Telegram."""

import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from bot.running import running
from bot.settings import read_settings
from bot.wiring import assemble
from dialogs.people import Address, Person
from tests.rig.odoo import OdooServer

WITHIN_S = 90
ALWAYS = """[quiet]
working_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
work_begins = 00:00:00
work_ends = 23:59:59
"""


def _never_quiet(folder: Path) -> Path:
    """The company's playbook, for a company that never sleeps: tests run at any hour."""
    text = re.sub(r"\[quiet\].*?\n\n", f"{ALWAYS}\n", playbook_text(None)[0], flags=re.DOTALL)
    path = folder / "never-quiet.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(params=["odoorpc", "json2"])
async def program(
    request: pytest.FixtureRequest, tmp_path: Path, telegram, odoo: OdooServer
) -> AsyncIterator[object]:
    rpc = request.param == "odoorpc"
    settings = read_settings(
        {
            "DEALDESK_DATA": str(tmp_path),
            "DEALDESK_LISTEN": "127.0.0.1:0",
            "DEALDESK_PLAYBOOK": str(_never_quiet(tmp_path)),
            "DEALDESK_CALENDAR_SECONDS": "1",
            "DEALDESK_TELEGRAM_TOKEN": telegram.token,
            "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
            "DEALDESK_CRM_URL": odoo.url,
            "DEALDESK_CRM_DATABASE": odoo.database,
            "DEALDESK_CRM_LOGIN": odoo.service.login,
            "DEALDESK_CRM_SECRET": odoo.service.password if rpc else odoo.service.api_key,
            "DEALDESK_CRM_DRIVER": request.param,
        }
    )
    program = assemble(settings)
    sam = Person(
        "sam", "Sam", "sales", login=odoo.sales.login, crm_user=odoo.sales.user_id,
        addresses=(Address("telegram", "101", "101"),),
    )  # fmt: skip
    async with running(program):
        await program.core.do(lambda books: books.keep_person(sam))
        await program.core.do(program.people.refresh)
        yield program


def _plan(odoo: OdooServer, name: str, stop: datetime) -> None:
    facts = {"name": name, "is_company": True}
    (company,) = odoo.call("res.partner", "create", [facts])
    event = {
        "name": f"Visit at {name}",
        "user_id": odoo.sales.user_id,
        "partner_ids": [(6, 0, [odoo.sales.partner_id, company])],
        "start": f"{stop - timedelta(minutes=30):%Y-%m-%d %H:%M:%S}",
        "stop": f"{stop:%Y-%m-%d %H:%M:%S}",
    }
    quiet = {"no_mail_to_attendees": True, "dont_notify": True}
    odoo.call("calendar.event", "create", [event], context=quiet)


async def test_a_meeting_that_ended_in_odoo_is_asked_about_within_90_seconds(
    program, telegram, odoo: OdooServer
) -> None:
    phone = telegram.person(101, "Sam", "en", started=True)
    name = f"Werft {time.time_ns():x}"
    stop = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)  # as Odoo keeps it
    _plan(odoo, name, stop)
    await phone.hears(f"{name}: your meeting ended at", timeout=WITHIN_S)
    after = (datetime.now(UTC) - stop).total_seconds()
    assert 0 <= after <= WITHIN_S
