"""The webhooks: bounded, patient to a point, and honest when nothing was kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import pytest
from httpx import AsyncClient

from adapters.web import hooks
from adapters.web.hooks import BODY_LIMIT
from dialogs.errors import StoreUnavailable
from dialogs.ports import HttpAnswer
from tests.adapters.web.house import House

PATH = "/telegram/webhook"


class Hook:
    """A channel's webhook that notes what it is given."""

    def __init__(self) -> None:
        self.calls: list[tuple[bytes, Mapping[str, str]]] = []
        self.error: Exception | None = None

    async def __call__(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        if self.error:
            raise self.error
        self.calls.append((body, headers))
        return HttpAnswer(202, b"{}", "application/json")


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def caller(hook: Hook) -> AsyncIterator[AsyncClient]:
    house = House(hooks={PATH: hook})
    async with house.open(), AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client


async def test_a_webhook_gets_the_body_and_the_headers_in_lower_case(
    hook: Hook, caller: AsyncClient
) -> None:
    answer = await caller.post(PATH, content=b'{"a": 1}', headers={"X-Secret-Token": "Abc"})
    assert (answer.status_code, answer.text) == (202, "{}")
    assert answer.headers["content-type"] == "application/json"
    ((body, headers),) = hook.calls
    assert (body, headers["x-secret-token"]) == (b'{"a": 1}', "Abc")
    assert all(name == name.lower() for name in headers)


async def test_a_webhook_is_posted_to(hook: Hook, caller: AsyncClient) -> None:
    answer = await caller.get(PATH)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert hook.calls == []


async def test_a_body_of_the_largest_size_is_taken(hook: Hook, caller: AsyncClient) -> None:
    assert (await caller.post(PATH, content=b"x" * BODY_LIMIT)).status_code == 202
    assert len(hook.calls[0][0]) == BODY_LIMIT


async def test_b15_a_larger_one_is_refused(hook: Hook, caller: AsyncClient) -> None:
    assert (await caller.post(PATH, content=b"x" * (BODY_LIMIT + 1))).status_code == 413
    assert hook.calls == []


async def test_b15_a_body_without_a_length_is_counted_while_it_comes(
    hook: Hook, caller: AsyncClient
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * (BODY_LIMIT // 8)

    assert (await caller.post(PATH, content=endless())).status_code == 413
    assert hook.calls == []


async def test_a_body_that_does_not_come_is_not_waited_for(
    hook: Hook, caller: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "PATIENCE_S", 0.1)
    reader, writer = await asyncio.open_connection(caller.base_url.host, caller.base_url.port)
    writer.write(b"POST %b HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{" % PATH.encode())
    async with asyncio.timeout(10):
        assert b" 408 " in await reader.readline()
    writer.close()
    assert hook.calls == []


async def test_who_hangs_up_while_sending_leaves_no_trace(
    hook: Hook, caller: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection(caller.base_url.host, caller.base_url.port)
    writer.write(b"POST %b HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{" % PATH.encode())
    await writer.drain()
    writer.transport.abort()
    assert (await caller.post(PATH, content=b"next")).status_code == 202
    assert [body for body, _ in hook.calls] == [b"next"]
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_what_was_not_kept_is_asked_for_again(hook: Hook, caller: AsyncClient) -> None:
    hook.error = StoreUnavailable("busy")
    answer = await caller.post(PATH, content=b"{}")
    assert (answer.status_code, "again" in answer.text) == (503, True)
