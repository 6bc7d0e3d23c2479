"""A Slack channel that listens to the stand-in, and an inbox by hand behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.slack import SlackChannel
from adapters.slack.sockets import Patience
from tests.adapters.slack.receiving import Inbox
from tests.standins.slack import Person, SlackStandin
from tests.standins.slack.fixtures import slack  # noqa: F401 - the fixture

NOW = 1_700_000_009_000
SOON = Patience(look=0.05, first_pause=0.01)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def sam(slack: SlackStandin) -> Person:  # noqa: F811 - the fixture
    return slack.person("USAM", "Sam")


def opened(slack: SlackStandin, **more: object) -> SlackChannel:  # noqa: F811 - the fixture
    facts = {
        "app_token": slack.tokens.app_level,
        "signing_secret": slack.signing_secret,
        "api_base_url": slack.api_url,
        "patience": SOON,
        **more,
    }
    return SlackChannel.open(slack.tokens.bot, clock=lambda: NOW, **facts)


@asynccontextmanager
async def listening(channel: SlackChannel, inbox: Inbox) -> AsyncIterator[SlackChannel]:
    """Serve for the length of the block, then close."""
    serving = asyncio.create_task(channel.serve(inbox.accept))
    try:
        yield channel
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await channel.close()


@pytest.fixture
async def channel(
    slack: SlackStandin,  # noqa: F811 - the fixture
    inbox: Inbox,
) -> AsyncIterator[SlackChannel]:
    """Listening by Socket Mode."""
    async with listening(opened(slack), inbox) as channel:
        await slack.changes.until(lambda: slack.socket.connections, 10)
        yield channel
