"""PostgreSQL goes down every few seconds under two programs, and people go on talking."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.endurance.front import person
from tests.endurance.replicas import Cluster
from tests.endurance.sizes import DIALOGUES_IN_AN_EARTHQUAKE, size
from tests.rig.postgres import PostgresServer

QUAKES = size(3, 30)
QUIET_S = (2.0, 4.0)
LANES = 12
PATIENCE_S = 100.0
WHO = [f"person{n}" for n in range(DIALOGUES_IN_AN_EARTHQUAKE)]


@pytest.fixture
async def shaken(tmp_path: Path, own_postgres: PostgresServer) -> AsyncIterator[Cluster]:
    cluster = Cluster(tmp_path, own_postgres.new_database())
    yield cluster
    await cluster.close()


def standing(cluster: Cluster) -> str:
    """Where everything is, when it does not come to an end."""
    last = {who: cluster.front.shown[who][-1:] for who in WHO}
    return f"{cluster.waiting()} {last} {[one.said[-2000:] for one in cluster.replicas]}"


async def quakes(server: PostgresServer, dice: random.Random) -> None:
    """Stopped as by an administrator, or killed; away for a moment either way."""
    for _ in range(QUAKES):
        await asyncio.sleep(dice.uniform(*QUIET_S))
        await asyncio.to_thread(dice.choice([server.stop, server.kill]))
        await asyncio.sleep(dice.uniform(0, 1.5))
        await asyncio.to_thread(server.start)


@pytest.mark.timeout(240)
async def test_g6_g7_nothing_is_lost_or_doubled_while_the_database_restarts(
    shaken: Cluster, own_postgres: PostgresServer
) -> None:
    await shaken.begins([person(who) for who in WHO], replicas=2)
    shaking = asyncio.create_task(quakes(own_postgres, random.Random(7)))

    async def lane(number: int) -> None:
        for who in WHO[number::LANES]:
            await shaken.front.records(who, f"Customer of {who}")

    talking = asyncio.gather(*(lane(number) for number in range(LANES)), shaking)
    await asyncio.wait([asyncio.ensure_future(talking)], timeout=PATIENCE_S)
    assert talking.done(), standing(shaken)
    await talking
    await shaken.quiet()
    made = sorted((one.title, len(one.notes)) for one in shaken.opportunities())
    assert made == sorted((f"Customer of {who}", 1) for who in WHO)
    told = {who: sum("in the CRM" in text for text in shaken.front.texts(who)) for who in WHO}
    assert all(told.values())  # perhaps twice: killed between showing and settling
    assert shaken.books(lambda books: books.counts())["inbox.dead"] == 0
