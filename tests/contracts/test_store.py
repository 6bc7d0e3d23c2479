"""The contract of `Store` and `Books`, for every database we run on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.contracts.store.codes import Codes
from tests.contracts.store.crowd import Crowd
from tests.contracts.store.desk import Desk
from tests.contracts.store.keys import Keys
from tests.contracts.store.outbox import Outbox
from tests.contracts.store.replicas import Replicas
from tests.contracts.store.stores import Stores
from tests.contracts.store.timers import Timers
from tests.contracts.store.trouble import Trouble
from tests.contracts.store.turns import Turns
from tests.contracts.store.uploads import Uploads
from tests.contracts.store.whereabouts import Whereabouts
from tests.rig.postgres import PostgresServer


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("store") / "prepared.db"
    Stores(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def prepared_postgresql(postgres: PostgresServer) -> str:
    """The name of such a database, to be a template."""
    url = postgres.new_database()
    Stores(url).close()
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a database with empty tables and says its address."""
    if request.param == "sqlite":
        prepared = request.getfixturevalue("prepared_sqlite")
        return lambda: f"sqlite:///{shutil.copy(prepared, tmp_path / 'store.db')}"
    server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("prepared_postgresql")
    return lambda: server.new_database(template)


class TestStore(
    Turns, Outbox, Timers, Desk, Uploads, Keys, Codes, Whereabouts, Crowd, Trouble, Replicas
):
    @pytest.fixture
    def stores(self, new_database: Callable[[], str]) -> Iterator[Stores]:
        stores = Stores(new_database())
        yield stores
        stores.close()
