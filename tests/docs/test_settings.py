"""What the settings ask the environment for, and what the pages say about it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.settings import read_settings
from tests.docs.pages import NAMES, PAGES, ROOT, first_cells

GIVEN = {
    "DEALDESK_CRM_URL": "https://odoo.example.com",
    "DEALDESK_CRM_DATABASE": "company",
    "DEALDESK_CRM_LOGIN": "dealdesk@example.com",
    "DEALDESK_CRM_SECRET": "secret",
    "DEALDESK_TELEGRAM_TOKEN": "1:token",
    "DEALDESK_TELEGRAM_WEBHOOK_URL": "https://bot.example.com/telegram/webhook",
    "DEALDESK_TELEGRAM_WEBHOOK_SECRET": "secret",
    "DEALDESK_SLACK_BOT_TOKEN": "xoxb-token",
    "DEALDESK_SLACK_SIGNING_SECRET": "secret",
}
"""Enough to make the settings ask for everything they know."""
BEFORE = {"DEALDESK_SECRETS", "DEALDESK_KEYRING"}
"""Read before there are settings: where to find them."""
TABLES = ["README.md", "docs/settings.md"]


class Noting(dict[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)


def known() -> set[str]:
    environment = Noting(GIVEN)
    read_settings(environment)
    return environment.asked | BEFORE


def rows(page: str) -> Iterator[str]:
    return (found[1] for cell in first_cells(ROOT / page) if (found := _NAME.fullmatch(cell)))


_NAME = re.compile(r"`(DEALDESK_\w+)`")


@pytest.mark.parametrize("page", TABLES)
def test_the_table_has_every_setting_once(page: str):
    assert sorted(rows(page)) == sorted(known())


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_names_no_setting_that_is_none(page: Path):
    rig = {"DEALDESK_RIG_DIR", "DEALDESK_SEED"}  # of the tests, not of the program
    rig |= {"DEALDESK_TORTURE", "DEALDESK_TORTURE_TRACE", "DEALDESK_TORTURE_KEEP"}

    assert set(re.findall(r"DEALDESK_\w+", page.read_text())) <= known() | rig


def test_the_documented_defaults_are_the_real_ones():
    settings = read_settings({})
    table = (ROOT / "docs/settings.md").read_text()

    assert f"| `DEALDESK_LISTEN` | `{settings.host}:{settings.port}` |" in table
    assert f"| `DEALDESK_DATA` | `{settings.data}` |" in table
    assert f"| `DEALDESK_LANGUAGE` | `{settings.language}` |" in table
    assert f"| `DEALDESK_TIMEZONE` | `{settings.zone}` |" in table
