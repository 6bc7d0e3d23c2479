"""An Odoo of the torture's own, prepared with what the playbook and the contract need."""

from collections.abc import Iterator

import pytest

from bot.playbooks import playbook_text
from dialogs.playbook import load_playbook
from tests.contracts.crm.odoo_world import connect, prepare
from tests.rig.odoo import OdooServer, serve_odoo
from tests.rig.processes import Workshop


@pytest.fixture(scope="session")
def torn_odoo() -> Iterator[OdooServer]:
    with Workshop() as workshop:
        odoo = serve_odoo(workshop)
        prepare(odoo)
        crm = connect(odoo, "odoorpc", odoo.admin)
        crm.prepare(load_playbook(*playbook_text(None)).crm_needs, dry_run=False)
        crm.close()
        yield odoo
