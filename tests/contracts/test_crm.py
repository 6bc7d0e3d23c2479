"""The contract of `Crm`: the ledger, and a real Odoo reached in both ways, behave alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.crm.appointments import Appointments
from tests.contracts.crm.attachments import Attachments
from tests.contracts.crm.calendars import Calendar
from tests.contracts.crm.closings import Closings
from tests.contracts.crm.companies import Companies, Search
from tests.contracts.crm.duties import Tasks
from tests.contracts.crm.entries import Activities, Authors, Entries, Times, Values
from tests.contracts.crm.histories import Histories
from tests.contracts.crm.key_figures import KeyFigures
from tests.contracts.crm.leads import Errands, Leads
from tests.contracts.crm.ledger_world import LedgerWorld
from tests.contracts.crm.mails import Mails
from tests.contracts.crm.odoo_world import OdooWorld, prepare
from tests.contracts.crm.orders import Orders
from tests.contracts.crm.setting_up import SettingUp
from tests.contracts.crm.standings import Standings
from tests.contracts.crm.words import Words
from tests.rig.odoo import OdooServer


class Contract(
    Entries,
    Activities,
    Times,
    Authors,
    Values,
    Companies,
    Search,
    Words,
    SettingUp,
    Standings,
    Tasks,
    Closings,
    Errands,
    Leads,
    Calendar,
    KeyFigures,
    Attachments,
    Mails,
    Orders,
    Appointments,
    Histories,
): ...


@pytest.fixture(scope="session")
def prepared_odoo(odoo: OdooServer) -> OdooServer:
    """The shared Odoo with the fields of the contract."""
    prepare(odoo)
    return odoo


@pytest.fixture(scope="session")
def odoorpc_world(prepared_odoo: OdooServer) -> Iterator[OdooWorld]:
    world = OdooWorld(prepared_odoo, "odoorpc")
    yield world
    world.close()


@pytest.fixture(scope="session")
def json2_world(prepared_odoo: OdooServer) -> Iterator[OdooWorld]:
    world = OdooWorld(prepared_odoo, "json2")
    yield world
    world.close()


class TestLedger(Contract):
    @pytest.fixture
    def world(self, tmp_path: Path) -> LedgerWorld:
        return LedgerWorld(tmp_path)


class TestOdoorpc(Contract):
    @pytest.fixture
    def world(self, odoorpc_world: OdooWorld) -> OdooWorld:
        return odoorpc_world


class TestJson2(Contract):
    @pytest.fixture
    def world(self, json2_world: OdooWorld) -> OdooWorld:
        return json2_world
