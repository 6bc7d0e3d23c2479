"""The programs of a test: an office with one salesperson, a desk on either database."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest

from adapters.ledger import LedgerCrm
from bot.clock import SystemClock
from bot.settings import Settings
from bot.wiring import open_crm
from dialogs.library import Library
from dialogs.people import Person
from dialogs.playbook import Playbook
from dialogs.ports import Crm
from tests.bot.desk import ACCOUNT, LOGIN, NAME, Desk
from tests.bot.office import Office
from tests.bot.terminal import Terminal
from tests.rig.odoo import serve_odoo
from tests.rig.postgres import PostgresServer
from tests.rig.processes import Workshop
from tests.transcripts.installation import Installation
from tests.transcripts.odoo_company import Company
from tests.transcripts.player_engine import Engine


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = SystemClock()
    engine = Engine("chat", clock)
    sam = engine.somebody("Sam", "en")
    person = Person("sam", "Sam", "sales", addresses=(sam.address,))
    house = Installation(tmp_path, clock, people=[person], channels=engine.channels)
    async with house:
        await engine.connect(house.url)
        yield Office(house, sam)


@pytest.fixture(params=["sqlite", "postgresql"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    variables = {}
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        variables["DEALDESK_DATABASE_URL"] = server.new_database()
    clock = SystemClock()
    engine = Engine("chat", clock)
    staff, mia = engine.somebody(ACCOUNT, "en"), engine.somebody("Mia", "en")
    people = [
        Person("z1", NAME, "sales", login=LOGIN, addresses=(staff.address,)),
        Person("m1", "Mia Muster", "management", addresses=(mia.address,)),
    ]
    install = partial(Installation, people=people, channels=engine.channels, crm=_employing)
    async with install(tmp_path, clock, variables=variables) as house:
        await engine.connect(house.url)
        yield Desk(house, staff, mia, Terminal(house.variables))


def _employing(settings: Settings, library: Library) -> Crm:
    """A ledger that knows the desk's staff, as its roll call asks for them."""
    ledger = open_crm(settings, library)
    assert isinstance(ledger, LedgerCrm)
    ledger.add_staff(NAME, LOGIN, ["sales_team.group_sale_salesman"])
    return ledger


@pytest.fixture(scope="session")
def company(playbook: Playbook) -> Iterator[Company]:
    """An Odoo apart from the one that everybody shares; leave it running."""
    with Workshop() as workshop:
        company = Company(serve_odoo(workshop), playbook)
        company.set_up(workshop.directory / "setup")
        yield company
