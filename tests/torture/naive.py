"""What anybody would write first: `create`, and once more when no answer came. For comparison."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

import httpx

from tests.contracts.crm.wishes import new_case
from tests.rig.odoo import OdooServer
from tests.torture.pushes import AT_ONCE, PAUSE_S

DEADLINE_S = 3.0


def doubled(odoo: OdooServer, url: str, number: int) -> int:
    """Push so many opportunities through the relay there; how many of them stand doubled."""
    names = [f"Naive {new_case()}" for _ in range(number)]
    asyncio.run(_push_all(odoo, f"{url}/json/2/crm.lead/create", names))
    rows = odoo.call("crm.lead", "search_read", [("name", "in", names)], ["name"])
    there = Counter(row["name"] for row in rows)
    assert set(there) == set(names), "even the naive way loses nothing"
    return sum(1 for records in there.values() if records > 1)


async def _push_all(odoo: OdooServer, url: str, names: Sequence[str]) -> None:
    headers = {"Authorization": f"bearer {odoo.service.api_key}"}
    free = asyncio.Semaphore(AT_ONCE)

    async def push(name: str) -> None:
        async with free:
            while not await _created(url, headers, name):  # noqa: ASYNC110 - Odoo tells nobody when it is back
                await asyncio.sleep(PAUSE_S)

    await asyncio.gather(*map(push, names))


async def _created(url: str, headers: Mapping[str, str], name: str) -> bool:
    """Whether Odoo said so in time; httpx alone would wait for ever for one byte after another."""
    body = {"vals_list": [{"name": name}]}
    try:
        async with asyncio.timeout(DEADLINE_S), httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(url, json=body, headers=headers)
            return answer.status_code == httpx.codes.OK and isinstance(answer.json(), list)
    except (httpx.HTTPError, TimeoutError, ValueError):
        return False
