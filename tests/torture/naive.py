"""What anybody would write first: `create`, and once more when no answer came. For comparison."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.contracts.crm.wishes import new_case
from tests.rig.odoo import OdooServer
from tests.torture.pushes import AT_ONCE, PAUSE_S

DEADLINE_S = 3.0


def doubled(odoo: OdooServer, url: str, number: int) -> int:
    """Push so many opportunities through the relay there; how many of them stand doubled."""
    names = [f"Naive {new_case()}" for _ in range(number)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda name: _push(odoo, url, name), names))
    rows = odoo.call("crm.lead", "search_read", [("name", "in", names)], ["name"])
    there = Counter(row["name"] for row in rows)
    assert set(there) == set(names), "even the naive way loses nothing"
    return sum(1 for records in there.values() if records > 1)


def _push(odoo: OdooServer, url: str, name: str) -> None:
    headers = {"Authorization": f"bearer {odoo.service.api_key}"}
    for answer in _answers(f"{url}/json/2/crm.lead/create", headers, name):
        if answer is not None and answer.status_code == httpx.codes.OK and _is_ids(answer):
            return
        time.sleep(PAUSE_S)


def _answers(url: str, headers: dict[str, str], name: str) -> Iterator[httpx.Response | None]:
    while True:
        try:
            with httpx.Client(timeout=DEADLINE_S, trust_env=False) as client:
                yield client.post(url, json={"vals_list": [{"name": name}]}, headers=headers)
        except httpx.HTTPError:
            yield None


def _is_ids(answer: httpx.Response) -> bool:
    try:
        return isinstance(answer.json(), list)
    except ValueError:
        return False
