"""The option `--rewrite-transcripts` and the golden files; tests/conftest.py loads it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from dialogs.playbook import Playbook, load_playbook

TELLING = (
    "playing",
    "player_engine",
    "player_slack",
    "player_telegram",
    "player_web",
    "told_in_odoo",
)
for name in TELLING:
    pytest.register_assert_rewrite(f"tests.transcripts.{name}")  # so that they tell what differs


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-transcripts",
        action="store_true",
        help="write the golden conversations anew from the engine; the diff is the review",
    )


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Reads golden files, and where it is `on` writes them."""

    on: bool

    def golden(self, path: Path) -> str:
        return path.read_text(encoding="utf-8")

    def settled(self, path: Path, told: str) -> str:
        """The golden text that was told has to be: what it is now, or what it becomes."""
        if self.on:
            path.write_text(told, encoding="utf-8")
        return self.golden(path)


@pytest.fixture
def rewriting(pytestconfig: pytest.Config) -> Rewriting:
    return Rewriting(bool(pytestconfig.getoption("rewrite_transcripts")))


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The one that ships, by which the stories are told."""
    return load_playbook(*playbook_text(None))
