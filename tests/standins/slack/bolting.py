"""A real Bolt app in front of the stand-in, by Socket Mode or by HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from tests.standins.serving import serving

if TYPE_CHECKING:
    from .standin import SlackStandin


def web_client(slack: "SlackStandin", token: str | None = None, **options: Any) -> AsyncWebClient:
    """slack_sdk's own client, pointed at the stand-in."""
    return AsyncWebClient(token=token or slack.tokens.bot, base_url=slack.api_url, **options)


def bolt(slack: "SlackStandin") -> AsyncApp:
    """An empty Bolt app of the stand-in's workspace."""
    return AsyncApp(client=web_client(slack), signing_secret=slack.signing_secret)


@asynccontextmanager
async def by_socket(slack: "SlackStandin", app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect `app` by Socket Mode for the length of the block."""
    handler = AsyncSocketModeHandler(app, slack.tokens.app_level)
    await handler.connect_async()
    try:
        yield handler
        await slack.settled()
    finally:
        await handler.close_async()


@asynccontextmanager
async def by_http(slack: "SlackStandin", app: AsyncApp) -> AsyncIterator[str]:
    """Serve `app` at /slack/events and let the stand-in deliver there."""
    handler = AsyncSlackRequestHandler(app)
    application = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    async with serving(application) as url:
        address = f"{url}/slack/events"
        await slack.hears_by_http(address)
        yield address
        await slack.settled()
        await slack.hears_by_socket()
