"""Two managers decide at the same moment, over and over: one counts, the other hears of it."""

from functools import partial
from pathlib import Path

import pytest

from tests.endurance import races
from tests.endurance.office import office
from tests.endurance.replicas import Cluster
from tests.endurance.sizes import RACES

PAIRS = 25


async def test_d2_of_two_who_decide_at_once_one_wins_and_the_other_is_told_by_whom(
    tmp_path: Path,
) -> None:
    async with office(tmp_path, races.people(PAIRS)) as front:
        do = front.program.core.do
        await races.ask(front)
        names = await do(partial(races.copied, number=RACES, now=front.house.clock.now()))
        await races.raced(front, names, PAIRS)
        await front.program.deliveries.idle()
        races.check(await do(partial(races.outcome, front=front, names=names, pairs=PAIRS)), PAIRS)


@pytest.mark.timeout(400)
async def test_d2_and_so_it_is_with_two_programs_on_one_database(cluster: Cluster) -> None:
    pairs = 25
    await cluster.begins(races.people(pairs), replicas=2)
    for n in range(pairs):
        cluster.homes |= {f"yes{n}": 0, f"no{n}": 1}
    await races.ask(cluster.front)
    copied = partial(races.copied, number=RACES, now=cluster.clock.now())
    names = cluster.books(copied)
    await races.raced(cluster.front, names, pairs)
    await cluster.quiet(patience=240)
    found = cluster.books(partial(races.outcome, front=cluster.front, names=names, pairs=pairs))
    races.check(found, pairs)
    assert len(set(found.won.values())) > 1
