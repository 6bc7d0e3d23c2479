"""A real Odoo that is set up for the playbook, for tests in which keys are given and end."""

from collections.abc import Iterator

import pytest

from dialogs.playbook import Playbook
from tests.rig.odoo import serve_odoo
from tests.rig.processes import Workshop
from tests.transcripts.odoo_company import Company


@pytest.fixture(scope="session")
def company(playbook: Playbook) -> Iterator[Company]:
    """An Odoo apart from the one that everybody shares; leave it running."""
    with Workshop() as workshop:
        company = Company(serve_odoo(workshop), playbook)
        company.set_up(workshop.directory / "setup")
        yield company
