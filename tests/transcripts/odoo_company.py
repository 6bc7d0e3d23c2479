"""A real Odoo as the CRM of a story: set up by its administrator, with the story's people in it."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.playbook import Playbook
from dialogs.ports import Crm
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer, OdooUser
from tests.transcripts.crm_text import OdooReader
from tests.transcripts.stage import Behind
from tests.transcripts.switch import Switched
from tests.transcripts.transcript import Cast, Customer

GROUPS = {"sales": (SALESMAN,), "management": (MANAGER,)}


@dataclass
class Company:
    """The server, and the colleagues who log in there."""

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

    def set_up(self, folder: Path) -> None:
        """Run `dealdesk odoo setup` as the administrator does."""
        admin = self.variables("odoorpc", self.odoo.admin)
        done = subprocess.run(
            [sys.executable, "-m", "bot", "odoo", "setup"],
            env={**os.environ, **admin, "DEALDESK_DATA": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def behind(self, driver: str) -> Behind:
        return Behind(
            variables=self.variables(driver, self.odoo.service),
            add_customer=self.add_customer,
            login=self.login,
            switch=self.switch,
            opportunities=OdooReader(self.odoo.call, self.playbook).opportunities,
        )

    def add_customer(self, crm: Crm, one: Customer) -> None:
        """Also let the bot's account log in: a search waits four seconds for that at most."""
        facts = {"name": one.name, "city": one.city, "is_company": True}
        (company,) = self.odoo.call("res.partner", "create", [facts])
        people = [
            {"name": name, "email": address, "parent_id": company} for name, address in one.contacts
        ]
        self.odoo.call("res.partner", "create", people)
        assert crm.search_customers(one.name, 1)

    def login(self, one: Cast) -> tuple[str, int]:
        if one.name not in self.users:
            self.users[one.name] = self.odoo.new_user(one.name, GROUPS[one.role])
        user = self.users[one.name]
        return user.login, user.user_id

    def switch(self, _: Switched, on: bool) -> None:  # noqa: FBT001 - the switch's position
        (self.odoo.start if on else self.odoo.stop)()

    def forget(self) -> None:
        """Delete meetings and opportunities, and the companies other than our own."""
        (own,) = self.odoo.call("res.company", "search_read", [], ["partner_id"])
        others = [("is_company", "=", True), ("id", "!=", own["partner_id"][0])]
        for model, domain in (("calendar.event", []), ("crm.lead", []), ("res.partner", others)):
            self.odoo.call(model, "unlink", self.odoo.call(model, "search", domain))
