"""A real Odoo as the CRM of a story: set up by its administrator, with the story's people in it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.playbook import Playbook
from dialogs.ports import Crm
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer, OdooUser
from tests.transcripts.calendars import OdooCalendar
from tests.transcripts.crm_text import OdooReader
from tests.transcripts.stage import Behind
from tests.transcripts.switch import Switched
from tests.transcripts.transcript import Cast, Customer

GROUPS = {"sales": (SALESMAN,), "management": (MANAGER,), "group": ("base.group_user",)}


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

    def set_up(self, folder: Path, **settings: str) -> None:
        """Run `dealdesk odoo setup` as the administrator does."""
        admin = self.variables("odoorpc", self.odoo.admin) | settings
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
            add_lead=self.add_lead,
            add_task=self.add_task,
            move_task=self.move_task,
            switch=self.switch,
            calendar=OdooCalendar(self.odoo.call, lambda name: self.users[name].user_id),
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

    def add_lead(self, _: Crm, title: str, fields: Mapping[str, str]) -> int:
        facts = {"name": title, "user_id": False, **fields}
        (lead,) = self.odoo.call("crm.lead", "create", [facts])
        return int(lead)

    def add_task(self, _: Crm, lead: int, name: str, summary: str, due: str) -> None:
        (model,) = self.odoo.call("ir.model", "search", [("model", "=", "crm.lead")])
        facts = {
            "res_model_id": model,
            "res_id": lead,
            "user_id": self.users[name].user_id,
            "summary": summary,
            "date_deadline": due,
        }
        self.odoo.call("mail.activity", "create", [facts])

    def move_task(self, _: Crm, summary: str, due: str) -> None:
        found = self.odoo.call("mail.activity", "search", [("summary", "=", summary)])
        self.odoo.call("mail.activity", "write", found, {"date_deadline": due})

    def switch(self, _: Switched, on: bool) -> None:  # noqa: FBT001 - the switch's position
        (self.odoo.start if on else self.odoo.stop)()

    def forget(self) -> None:
        """Delete meetings, quotations, opportunities, and the companies other than our own."""
        (own,) = self.odoo.call("res.company", "search_read", [], ["partner_id"])
        others = [("is_company", "=", True), ("id", "!=", own["partner_id"][0])]
        ours = ("calendar.event", "sale.order", "crm.lead")
        for model, domain in (*((one, []) for one in ours), ("res.partner", others)):
            lost_too = {"active_test": False}
            found = self.odoo.call(model, "search", domain, context=lost_too)
            self.odoo.call(model, "unlink", found)
