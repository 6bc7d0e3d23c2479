"""A relay in front of the shared Odoo, and the adapter speaking through it, both ways."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from tests.adapters.odoo.relay import Relay
from tests.contracts.crm.odoo_world import connect, prepare
from tests.rig.odoo import OdooServer

Connect = Callable[..., OdooCrm]


@pytest.fixture(scope="session")
def prepared_odoo(odoo: OdooServer) -> OdooServer:
    """The shared Odoo with the fields of the contract."""
    prepare(odoo)
    return odoo


@pytest.fixture
def relay(odoo: OdooServer) -> Iterator[Relay]:
    with Relay(odoo.url).serving() as relay:
        yield relay


@pytest.fixture(params=["odoorpc", "json2"])
def driver(request: pytest.FixtureRequest) -> DriverName:
    name: DriverName = request.param
    return name


@pytest.fixture
def through(odoo: OdooServer, relay: Relay, driver: DriverName) -> Iterator[Connect]:
    """Connects through the relay; closed after the test."""
    made: list[OdooCrm] = []

    def make(**other: Any) -> OdooCrm:
        made.append(connect(odoo, driver, url=relay.url, **other))
        return made[-1]

    yield make
    for crm in made:
        crm.close()


@pytest.fixture
def crm(through: Connect) -> OdooCrm:
    return through()
