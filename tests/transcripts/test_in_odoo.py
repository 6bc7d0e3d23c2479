"""Stories on Telegram into a real Odoo, over both drivers: the same lines as from the ledger."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dialogs.playbook import Playbook
from dialogs.ports import Crm
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer, OdooUser, serve_odoo
from tests.rig.processes import Workshop
from tests.transcripts.clock import StillClock
from tests.transcripts.crm_text import OdooReader
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.playing import Held
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Behind, Stage
from tests.transcripts.transcript import Cast, Customer, read

HERE = Path(__file__).parent
STORIES = ("02_approved", "03_rejected", "09_deutsch")
GROUPS = {"sales": (SALESMAN,), "management": (MANAGER,)}


@dataclass
class Company:
    """An Odoo for these stories alone, and the colleagues in it."""

    odoo: OdooServer
    playbook: Playbook
    users: dict[str, OdooUser] = field(default_factory=dict)

    def variables(self, driver: str, user: OdooUser) -> dict[str, str]:
        return {
            "DEALDESK_CRM_URL": self.odoo.url,
            "DEALDESK_CRM_DATABASE": self.odoo.database,
            "DEALDESK_CRM_LOGIN": user.login,
            "DEALDESK_CRM_SECRET": user.api_key if driver == "json2" else user.password,
            "DEALDESK_CRM_DRIVER": driver,
        }

    def add_customer(self, crm: Crm, one: Customer) -> None:
        """Also let the bot's account log in: a search waits four seconds for that at most."""
        facts = {"name": one.name, "city": one.city, "is_company": True}
        self.odoo.call("res.partner", "create", [facts])
        assert crm.search_customers(one.name, 1)

    def login(self, one: Cast) -> tuple[str, int]:
        if one.name not in self.users:
            self.users[one.name] = self.odoo.new_user(one.name, GROUPS[one.role])
        user = self.users[one.name]
        return user.login, user.user_id

    def behind(self, driver: str) -> Behind:
        return Behind(
            variables=self.variables(driver, self.odoo.service),
            add_customer=self.add_customer,
            login=self.login,
            opportunities=OdooReader(self.odoo.call, self.playbook).opportunities,
        )

    def forget(self) -> None:
        """Delete the opportunities, and the companies other than our own."""
        (own,) = self.odoo.call("res.company", "search_read", [], ["partner_id"])
        others = [("is_company", "=", True), ("id", "!=", own["partner_id"][0])]
        for model, domain in (("crm.lead", []), ("res.partner", others)):
            self.odoo.call(model, "unlink", self.odoo.call(model, "search", domain))


@pytest.fixture(scope="module")
def prepared(playbook: Playbook) -> Iterator[Company]:
    """After `dealdesk odoo setup` by an administrator."""
    with Workshop() as workshop:
        company = Company(serve_odoo(workshop), playbook)
        admin = company.variables("odoorpc", company.odoo.admin)
        data = {"DEALDESK_DATA": str(workshop.directory / "setup")}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "odoo", "setup"],
            env={**os.environ, **admin, **data},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield company


@pytest.fixture
def company(prepared: Company) -> Company:
    """The same without what another story has left."""
    prepared.forget()
    return prepared


@pytest.mark.parametrize("driver", ["odoorpc", "json2"])
@pytest.mark.parametrize("name", STORIES)
async def test_the_story_stands_in_odoo(
    name: str, driver: str, company: Company, tmp_path: Path, rewriting: Rewriting
) -> None:
    story, clock = read(rewriting.golden(HERE / f"{name}.txt")), StillClock()
    behind = company.behind(driver)
    async with Stage.set(story, tmp_path, clock, (Telegram(clock),), behind=behind) as stage:
        await Held(story, stage).play()
