"""Empty databases of each kind; the shared contract is in tests/contracts/store."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from adapters.store.store import SqlStore, open_store
from tests.rig.postgres import PostgresServer

Opener = Callable[..., SqlStore]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of one more database without any tables."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database
    numbers = count()
    return lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens stores and closes them after the test."""
    stores: list[SqlStore] = []

    def open_one(url: str, *, shared: bool = False) -> SqlStore:
        store = open_store(url, shared=shared)
        assert isinstance(store, SqlStore)
        stores.append(store)
        return store

    yield open_one
    for store in stores:
        store.close()
