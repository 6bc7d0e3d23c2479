"""The fixture `telegram`: a fresh stand-in for each test, which must end without a violation.

Load it with `pytest_plugins = ["tests.standins.telegram.fixtures"]`. A test module that passes
time by hand defines a fixture `telegram_clock` of its own. `telegram_bot` is python-telegram-bot's
own `Bot`, at home with the stand-in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.standins.telegram.clock import Clock, WallClock
from tests.standins.telegram.standin import TelegramStandin


@pytest.fixture
def telegram_clock() -> Clock:
    return WallClock()


@pytest.fixture
async def telegram(telegram_clock: Clock) -> AsyncIterator[TelegramStandin]:
    async with TelegramStandin(clock=telegram_clock) as standin:
        yield standin
        violations = standin.finish()
    assert not violations, "\n".join(map(str, violations))


@pytest.fixture
async def telegram_bot(
    telegram: TelegramStandin, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else every RetryAfter warns while it is made
    async with Bot(
        telegram.token,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=_plain_request(),
        get_updates_request=_plain_request(),
    ) as bot:
        yield bot


def _plain_request() -> HTTPXRequest:
    """Reading the certificate authorities takes longer than a test, and nothing here is HTTPS."""
    return HTTPXRequest(httpx_kwargs={"verify": False, "trust_env": False})


@pytest.fixture
async def telegram_client() -> AsyncIterator[httpx.AsyncClient]:
    """For what no bot library would send."""
    async with httpx.AsyncClient(trust_env=False) as own:
        yield own


@pytest.fixture
async def telegram_call(
    telegram: TelegramStandin, telegram_client: httpx.AsyncClient
) -> Callable[..., Awaitable[dict[str, Any]]]:
    """`await telegram_call("sendMessage", chat_id=1, …)`: a call in plain JSON, and its answer."""

    async def call(method: str, **parameters: Any) -> dict[str, Any]:
        address = f"{telegram.base_url}{telegram.token}/{method}"
        response = await telegram_client.post(address, json=parameters)
        answer: dict[str, Any] = response.json()
        assert answer.get("error_code", 200) == response.status_code
        return answer

    return call
