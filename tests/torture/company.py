"""The company under torture: its people at two platforms, its Odoo, and what each of them kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands.opened import opened_books
from bot.settings import read_settings
from dialogs.people import Person, Role
from tests.contracts.crm.odoo_world import OdooWorld
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer
from tests.standins.slack import SlackStandin
from tests.standins.telegram import TelegramStandin
from tests.torture.players import Player

GROUPS = {"sales": SALESMAN, "management": MANAGER}
"""What Odoo must say of somebody for them to keep their role."""
RETRIES = (0.0, 1.0, 5.0)
"""Seconds of Slack's retries of an event: a minute of Slack's is a second here."""


def crm_environment(odoo: OdooServer, driver: str, url: str = "") -> dict[str, str]:
    """Where that Odoo is and how the bot's account logs in."""
    service = odoo.service
    return {
        "DEALDESK_CRM_URL": url or odoo.url,
        "DEALDESK_CRM_DATABASE": odoo.database,
        "DEALDESK_CRM_LOGIN": service.login,
        "DEALDESK_CRM_SECRET": service.api_key if driver == "json2" else service.password,
        "DEALDESK_CRM_DRIVER": driver,
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program is at home."""

    folder: Path
    odoo: OdooServer
    slack: SlackStandin
    telegram: TelegramStandin

    def environments(self) -> Mapping[str, Mapping[str, str]]:
        return {driver: self._environment(driver) for driver in ("odoorpc", "json2")}

    def _environment(self, driver: str) -> Mapping[str, str]:
        return crm_environment(self.odoo, driver) | {
            "DEALDESK_DATA": str(self.folder),
            "DEALDESK_LISTEN": "127.0.0.1:0",
            "DEALDESK_PACE": "0",  # these people press faster than any person
            "DEALDESK_TELEGRAM_TOKEN": self.telegram.token,
            "DEALDESK_TELEGRAM_BASE_URL": self.telegram.url,
            "DEALDESK_TELEGRAM_FILE_BASE_URL": self.telegram.url,
            "DEALDESK_SLACK_BOT_TOKEN": self.slack.tokens.bot,
            "DEALDESK_SLACK_APP_TOKEN": self.slack.tokens.app_level,
            "DEALDESK_SLACK_API_BASE_URL": self.slack.api_url,
        }

    @property
    def database(self) -> Path:
        return self.folder / "dealdesk.sqlite3"

    def introduces(self, people: Sequence[Person]) -> None:
        with opened_books(read_settings(self.environments()["odoorpc"])) as books:
            for person in people:
                books.keep_person(person)

    def hired(self, people: Sequence[Person]) -> list[Person]:
        """The same people with a login in Odoo, which then has a word in what they may do."""
        world = OdooWorld(self.odoo, "odoorpc")
        staff = [world.hire(one.name, GROUPS[one.role]) for one in people]
        world.close()
        named = zip(people, staff, strict=True)
        return [replace(one, login=user.login, crm_user=user.user) for one, user in named]


def person_of(player: Player, role: Role) -> Person:
    """That player as the program knows them."""
    return Person(player.name.lower(), player.name, role, addresses=(player.seat.address,))
