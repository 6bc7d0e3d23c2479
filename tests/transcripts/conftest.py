"""The playbook that the stories are told by."""

import pytest

from bot.playbooks import playbook_text
from dialogs.playbook import Playbook, load_playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_playbook(*playbook_text(None))
