"""The rig's fixtures for pytest; tests/rig/README.md tells what each gives."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.rig.browser import ARGUMENTS, chromium_program
from tests.rig.odoo import OdooServer, serve_odoo
from tests.rig.odoo_template import odoo_template
from tests.rig.places import MissingPartError
from tests.rig.postgres import PostgresServer, empty_cluster, serve_cluster
from tests.rig.processes import Workshop


def pytest_collection_finish(session: pytest.Session) -> None:
    """Fetch and prepare Odoo before the first test's time limit runs, if a test asks for it."""
    asked = {name for item in session.items for name in getattr(item, "fixturenames", ())}
    if asked & {"odoo", "own_odoo"} and not session.config.getoption("collectonly"):
        with suppress(MissingPartError):  # the fixture raises it again, and the test fails
            odoo_template()


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    """Where the session's servers run."""
    with Workshop() as workshop:
        yield workshop


@pytest.fixture
def own_workshop() -> Iterator[Workshop]:
    """Where one test's servers run."""
    with Workshop() as workshop:
        yield workshop


@pytest.fixture(scope="session")
def odoo(workshop: Workshop) -> OdooServer:
    """A real Odoo 19, shared by all tests: leave it running, make your own records."""
    return serve_odoo(workshop)


@pytest.fixture
def own_odoo(own_workshop: Workshop) -> OdooServer:
    """A real Odoo 19 of the test's own, to be stopped and killed."""
    return serve_odoo(own_workshop)


@pytest.fixture(scope="session")
def postgres(workshop: Workshop) -> PostgresServer:
    """A real PostgreSQL, shared by all tests: take a database of your own, leave it running."""
    return serve_cluster(workshop, empty_cluster())


@pytest.fixture
def own_postgres(own_workshop: Workshop) -> PostgresServer:
    """A real PostgreSQL of the test's own, to be stopped and killed."""
    return serve_cluster(own_workshop, empty_cluster())


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser program."""
    return chromium_program()


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """A running headless browser, ended after the test."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=chromium, headless=True, args=ARGUMENTS
        )
        async with running:
            yield running
