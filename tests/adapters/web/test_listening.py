"""The server's life: where it listens, and what is said where it can't."""

import socket

import httpx
import pytest

from adapters.web.server import listening
from dialogs.errors import BadConfiguration
from tests.adapters.web.house import House


async def test_it_answers_as_soon_as_the_address_is_known_and_no_longer_after() -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        async with listening(House().site(), "127.0.0.1", 0) as url:
            assert (await client.get(f"{url}/healthz")).text == "ok"
        with pytest.raises(httpx.ConnectError):
            await client.get(f"{url}/healthz")


async def test_the_port_is_free_again_at_once() -> None:
    async with listening(House().site(), "127.0.0.1", 0) as url:
        port = int(url.rpartition(":")[2])
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.get(f"{url}/healthz")
    async with listening(House().site(), "127.0.0.1", port) as again:
        assert again == url


async def test_a_port_that_is_taken_is_a_sentence_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(BadConfiguration, match=f"127.0.0.1:{port} .* choose another port"):
            async with listening(House().site(), "127.0.0.1", port):
                pass


@pytest.mark.parametrize("host", ["nowhere.invalid", "256.0.0.1"])
async def test_an_address_that_is_none_is_a_sentence_too(host: str) -> None:
    with pytest.raises(BadConfiguration, match="DEALDESK_LISTEN"):
        async with listening(House().site(), host, 0):
            pass


async def test_a_port_that_can_not_be_is_a_sentence_too() -> None:
    with pytest.raises(BadConfiguration, match="DEALDESK_LISTEN"):
        async with listening(House().site(), "127.0.0.1", 70_000):
            pass
