from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.endurance.replicas import Cluster
from tests.rig.postgres import PostgresServer


@pytest.fixture
async def cluster(tmp_path: Path, postgres: PostgresServer) -> AsyncIterator[Cluster]:
    """Programs on a database of their own."""
    made = Cluster(tmp_path, postgres.new_database())
    yield made
    await made.close()
