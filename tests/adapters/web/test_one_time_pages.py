"""Pages at one-time addresses: what they are given, and what comes of their answer."""

from collections.abc import AsyncIterator, Mapping

import pytest
from httpx import AsyncClient

from adapters.web.hooks import BODY_LIMIT
from dialogs.errors import StoreUnavailable
from dialogs.ports import HttpAnswer
from tests.adapters.web.house import House


class Page:
    """Notes who comes."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, bytes]] = []
        self.error: Exception | None = None

    async def __call__(
        self, method: str, token: str, headers: Mapping[str, str], body: bytes
    ) -> HttpAnswer:
        if self.error:
            raise self.error
        self.calls.append((method, token, body))
        own = (("content-security-policy", "default-src 'none'"), ("cache-control", "no-store"))
        return HttpAnswer(200, b"<p>ok</p>", "text/html; charset=utf-8", own)


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
async def visitor(page: Page) -> AsyncIterator[AsyncClient]:
    house = House(pages={"/key": page})
    async with house.open(), AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client


async def test_it_gets_method_token_and_body_and_its_own_headers_win(
    page: Page, visitor: AsyncClient
) -> None:
    await visitor.get("/key/abc-_1")
    answer = await visitor.post("/key/abc-_1", data={"key": "x"})
    assert page.calls == [("GET", "abc-_1", b""), ("POST", "abc-_1", b"key=x")]
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_body_is_bounded_and_a_store_that_is_away_is_said(
    page: Page, visitor: AsyncClient
) -> None:
    assert (await visitor.post("/key/a", content=b"x" * (BODY_LIMIT + 1))).status_code == 413
    assert (await visitor.get("/key/a/b")).status_code == 404
    page.error = StoreUnavailable("full")
    assert (await visitor.post("/key/a")).status_code == 503
