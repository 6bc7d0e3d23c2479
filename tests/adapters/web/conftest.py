from collections.abc import AsyncIterator

import httpx
import pytest

from tests.adapters.web.house import House


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A served site with Sam, who sells, and Mia, who decides and speaks German."""
    async with House().open() as house:
        yield house


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client
