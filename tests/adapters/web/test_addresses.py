"""What answers at each address, to whom, and with which headers."""

import pytest
from httpx import AsyncClient

from adapters.web.files import names
from adapters.web.site import Persona
from dialogs.errors import CrmUnavailable
from tests.adapters.web.house import SAM, House


@pytest.fixture
def demo() -> House:
    return House(personas=(Persona("Sam", "sales", SAM, "en"),), looks={"deals": []})


async def test_it_is_alive_and_ready(client: AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok"
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready")


async def test_what_keeps_it_from_working_is_said(house: House, client: AsyncClient) -> None:
    house.troubles = ["the store is away: no space", "events wait"]
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the store is away: no space\nevents wait")


async def test_metrics_are_prometheus_text(house: House, client: AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    house.shut = 1
    assert (await client.get("/metrics")).status_code == 503


async def test_every_answer_forbids_what_a_page_does_not_need(client: AsyncClient) -> None:
    for address in ("/", "/static/page.js", "/healthz", "/nowhere"):
        headers = (await client.get(address)).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; base-uri 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


async def test_the_chat_is_the_first_page_of_an_installation(client: AsyncClient) -> None:
    assert 'data-page="chat"' in (await client.get("/")).text
    assert 'data-page="chat"' in (await client.get("/chat")).text
    assert (await client.get("/personas.json")).status_code == 404
    assert (await client.get("/ledger.json")).status_code == 404


async def test_the_demo_names_its_people(demo: House) -> None:
    async with demo.open(), AsyncClient(base_url=demo.url, trust_env=False) as client:
        assert 'data-page="demo"' in (await client.get("/")).text
        person = {"name": "Sam", "role": "sales", "token": SAM, "language": "en"}
        assert (await client.get("/personas.json")).json() == [person]
        assert (await client.get("/ledger.json")).json() == {"only": None, "deals": []}
        assert (await client.get("/ledger.json?only=7")).json()["only"] == 7
        assert (await client.get("/ledger.json?only=x")).json()["only"] is None
        assert 'data-page="ledger"' in (await client.get("/ledger/7")).text


async def test_the_ledger_of_an_installation_is_read_by_its_people_only() -> None:
    house = House(looks={"deals": ["secret"]})
    async with house.open(), AsyncClient(base_url=house.url, trust_env=False) as client:
        assert (await client.get("/ledger.json")).status_code == 403
        for wrong in ("Bearer guessed", f"Basic {SAM}", "Bearer", SAM):
            answer = await client.get("/ledger.json", headers={"authorization": wrong})
            assert (answer.status_code, "secret" in answer.text) == (403, False)
        answer = await client.get("/ledger.json", headers={"authorization": f"Bearer {SAM}"})
        assert answer.json()["deals"] == ["secret"]


async def test_a_ledger_that_can_not_be_read_says_so(demo: House) -> None:
    demo.looks = CrmUnavailable("the ledger is busy")
    async with demo.open(), AsyncClient(base_url=demo.url, trust_env=False) as client:
        answer = await client.get("/ledger.json")
        assert (answer.status_code, answer.json()) == (503, {"error": "the ledger is busy"})


async def test_an_unchanged_file_is_not_sent_again(client: AsyncClient) -> None:
    first = await client.get("/static/page.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get("/static/page.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_every_file_that_a_page_names_is_there(client: AsyncClient) -> None:
    for name in names():
        if name.endswith(".html"):
            continue
        assert (await client.get(f"/static/{name}")).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["nothing.js", "demo.html", "..%2Fserver.py", "%2e%2e/server.py", "..%5Cserver.py", "a/b.js"],
)
async def test_nothing_else_is_given_out(client: AsyncClient, name: str) -> None:
    answer = await client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert "import" not in answer.text


async def test_an_address_that_is_none_is_not_found(client: AsyncClient) -> None:
    assert (await client.get("/nowhere")).status_code == 404
    assert (await client.post("/healthz")).status_code == 405
