"""Stories on Telegram into a real Odoo, over both drivers: the same lines as from the ledger."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.playbook import Playbook
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer, serve_odoo
from tests.rig.processes import Workshop
from tests.transcripts.clock import StillClock
from tests.transcripts.crm_text import OdooReader
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.playing import Held
from tests.transcripts.stage import Behind, Stage
from tests.transcripts.transcript import Cast, Customer, read

HERE = Path(__file__).parent
STORIES = ("02_approved", "03_rejected", "09_deutsch")
GROUPS = {"sales": (SALESMAN,), "management": (MANAGER,)}


@pytest.fixture(scope="module")
def prepared_odoo() -> Iterator[OdooServer]:
    """An Odoo for these stories alone, after `dealdesk odoo setup` by an administrator."""
    with Workshop() as workshop:
        odoo = serve_odoo(workshop)
        admin = _account(odoo, "odoorpc", odoo.admin.login, odoo.admin.password)
        data = {"DEALDESK_DATA": str(workshop.directory / "setup")}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "odoo", "setup"],
            env={**os.environ, **admin, **data},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield odoo


@pytest.fixture
def empty_odoo(prepared_odoo: OdooServer) -> Iterator[OdooServer]:
    """The same without opportunities and companies of another story."""
    yield prepared_odoo
    for model in ("crm.lead", "res.partner"):
        made = [("create_uid", "!=", 1)] if model == "res.partner" else []
        ids = prepared_odoo.call(model, "search", [*made, *_companies(model)])
        prepared_odoo.call(model, "unlink", ids)


def _companies(model: str) -> list[tuple[str, str, object]]:
    if model == "crm.lead":
        return []
    return [("is_company", "=", True), ("name", "!=", "Muster GmbH")]


def _account(odoo: OdooServer, driver: str, login: str, secret: str) -> dict[str, str]:
    return {
        "DEALDESK_CRM_URL": odoo.url,
        "DEALDESK_CRM_DATABASE": odoo.database,
        "DEALDESK_CRM_LOGIN": login,
        "DEALDESK_CRM_SECRET": secret,
        "DEALDESK_CRM_DRIVER": driver,
    }


def _behind(odoo: OdooServer, driver: str, playbook: Playbook) -> Behind:
    service = odoo.service
    secret = service.api_key if driver == "json2" else service.password

    def add_customer(_: object, one: Customer) -> object:
        facts = {"name": one.name, "city": one.city, "is_company": True}
        return odoo.call("res.partner", "create", [facts])

    def login(one: Cast) -> tuple[str, int]:
        user = odoo.new_user(one.name, GROUPS[one.role])
        return user.login, user.user_id

    return Behind(
        variables=_account(odoo, driver, service.login, secret),
        add_customer=add_customer,
        login=login,
        opportunities=OdooReader(odoo.call, playbook).opportunities,
    )


@pytest.mark.parametrize("driver", ["odoorpc", "json2"])
@pytest.mark.parametrize("name", STORIES)
async def test_the_story_stands_in_odoo(
    name: str, driver: str, empty_odoo: OdooServer, playbook: Playbook, tmp_path: Path
) -> None:
    story = read(HERE.joinpath(f"{name}.txt").read_text(encoding="utf-8"))
    clock = StillClock()
    behind = _behind(empty_odoo, driver, playbook)
    async with Stage.set(story, tmp_path, clock, (Telegram(clock),), behind) as stage:
        await Held(story, stage).play()
