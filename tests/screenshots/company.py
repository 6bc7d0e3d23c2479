"""A company that uses dealdesk: a real Odoo with customers, and the program connected to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.demo.installation import Installation
from tests.rig.odoo import OdooServer
from tests.rig.processes import Workshop

CUSTOMERS = (
    {"name": "Müller GmbH", "is_company": True, "city": "Dresden", "email": "info@mueller.example"},
    {"name": "Müller AG", "is_company": True, "city": "Leipzig"},
    {"name": "Premium Aerotec GmbH", "is_company": True, "city": "Augsburg"},
)
SALES = ("people", "add", "--name", "Sam Sales", "--role", "sales")
MANAGER = ("people", "add", "--name", "Mara Manager", "--role", "management")


def furnish(odoo: OdooServer) -> None:
    """Customers to be found, as they may stand in any company's Odoo."""
    odoo.call("res.partner", "create", list(CUSTOMERS))


@asynccontextmanager
async def connected(
    workshop: Workshop, odoo: OdooServer, sam: str, mara: str, **chat: str
) -> AsyncIterator[Installation]:
    """Set up Odoo, link Sam and Mara by their accounts (`--slack …`), and run the program."""
    admin = {
        "DEALDESK_CRM_LOGIN": odoo.admin.login,
        "DEALDESK_CRM_SECRET": odoo.admin.password,
    }
    service = {
        "DEALDESK_CRM_LOGIN": odoo.service.login,
        "DEALDESK_CRM_SECRET": odoo.service.api_key,
    }
    crm = {"DEALDESK_CRM_URL": odoo.url, "DEALDESK_CRM_DATABASE": odoo.database}
    installation = Installation(workshop, "run", **crm, **service, **chat)
    await _run(installation, "odoo", "setup", **admin)
    await _run(installation, *SALES, "--odoo-login", odoo.sales.login, *sam.split())
    await _run(installation, *MANAGER, "--odoo-login", odoo.manager.login, *mara.split())
    await asyncio.to_thread(installation.program.start)
    try:
        yield installation
    finally:
        await asyncio.to_thread(installation.program.kill)


async def _run(installation: Installation, *words: str, **settings: str) -> None:
    ended = await asyncio.to_thread(installation.runs, *words, **settings)
    if ended.returncode:
        raise AssertionError(f"dealdesk {' '.join(words)}: {ended.stdout}{ended.stderr}")
