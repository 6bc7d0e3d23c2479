"""The office of a test: a running program, somebody in its chat, an administrator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from dialogs.people import Person
from tests.bot.office import Office
from tests.transcripts.installation import Installation
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
