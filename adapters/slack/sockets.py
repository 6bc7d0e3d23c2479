"""Socket Mode, supervised: a WebSocket that we open, always replaced before it is given up.

The SDK's client speaks the protocol; when to begin a new connection is decided here, because the
SDK goes on using a spent address and does not notice a connection that went deaf.
"""

import asyncio
import logging
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import answered
from adapters.slack.standing import Standing
from dialogs.errors import ChatRefused, ChatUnavailable

_log = logging.getLogger(__name__)

_REPLACED = "the connection to Slack is being replaced"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what may take. Seconds."""

    ping: float = 10.0
    """Between pings; four unanswered ones (40 s) are a dead connection."""
    greeting: float = 20.0
    """Until a new connection says hello."""
    look: float = 1.0
    """Between two looks at the connection."""
    farewell: float = 3.0
    """For answers still under way on a connection that is being replaced."""
    first_pause: float = 1.0
    longest_pause: float = 30.0


class Socket(SocketModeClient):
    """One connection. It never makes another one by itself; it says that it is `over`."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, ping: float) -> None:
        silent = logging.getLogger("slack_sdk.socket_mode")
        silent.setLevel(logging.CRITICAL)  # what goes wrong is told here, without payloads
        super().__init__(app_token, silent, client, ping_interval=ping)
        self.proxy = client.proxy
        self.app = app
        self.greeted = asyncio.Event()
        self.over = asyncio.Event()
        self.idle = asyncio.Event()
        self.idle.set()
        self._answering = 0
        self.message_listeners.append(self._notice_hello)
        self.socket_mode_request_listeners.append(self._answer)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the SDK's signature
        """Slack wants this connection to end, or it is broken."""
        self.over.set()

    async def deaf(self) -> bool:
        """Tell whether nothing will be heard here any more."""
        receiving = self.message_receiver is not None and not self.message_receiver.done()
        return self.over.is_set() or not receiving or not await self.is_connected()

    async def hang_up(self, seconds: float) -> None:
        """Close it; a broken connection's goodbye is awaited for some seconds at most."""
        self.closed = True
        self.auto_reconnect_enabled = False
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.disconnect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
        await self.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so

    async def _notice_hello(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None
    ) -> None:
        if message.get("type") == "hello":
            self.greeted.set()

    async def _answer(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Acknowledge what Bolt answers with 200; anything else Slack shall deliver again."""
        self._answering += 1
        self.idle.clear()
        try:
            response = await run_async_bolt_app(self.app, request)
            await send_async_response(self, request, response, time.time())
        except Exception as error:  # noqa: BLE001 - one envelope must not end the connection
            _log.warning("An envelope was not acknowledged (%s)", type(error).__name__)
        finally:
            self._answering -= 1
            if not self._answering:
                self.idle.set()


class Sockets:
    """Keeps one connection open, and for the moment of a change the old one beside the new."""

    def __init__(
        self, app: AsyncApp, app_token: str, client: AsyncWebClient, patience: Patience
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._client = client
        self._patience = patience
        self._open: set[Socket] = set()
        self._farewells: set[asyncio.Task[None]] = set()
        self._standing = Standing()

    async def listen(self, standing: Standing) -> None:
        """Receive until cancelled; `standing` is told whether we are connected."""
        self._standing = standing
        try:
            old: Socket | None = None
            while True:
                new = await self._opened()
                self._say_farewell(old)
                standing.unconnected = ""
                await self._until_over(new)
                standing.unconnected = _REPLACED
                old = new
        finally:
            await asyncio.shield(self._close_all())

    async def _opened(self) -> Socket:
        pauses = _pauses(self._patience)
        while True:
            try:
                return await self._greeted()
            except ChatUnavailable as trouble:
                await self._trouble(trouble, trouble.retry_after or next(pauses))
            except ChatRefused as trouble:
                await self._trouble(trouble, next(pauses))
            except TimeoutError:
                await self._trouble("it did not greet", next(pauses))

    async def _trouble(self, trouble: object, pause: float) -> None:
        self._standing.unconnected = f"no connection to Slack ({trouble}); trying on"
        _log.warning("No connection to Slack, trying on in %.1f s: %s", pause, trouble)
        await asyncio.sleep(pause)

    async def _greeted(self) -> Socket:
        """Open a connection that has said hello."""
        asked = self._client.apps_connections_open(app_token=self._app_token)
        address = await answered(asked)
        socket = Socket(self._app, self._app_token, self._client, self._patience.ping)
        socket.wss_uri = address["url"]
        self._open.add(socket)
        try:
            async with asyncio.timeout(self._patience.greeting):
                await socket.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
                await socket.greeted.wait()
        except BaseException:
            await self._close(socket)
            raise
        return socket

    async def _until_over(self, socket: Socket) -> None:
        while not await socket.deaf():
            with suppress(TimeoutError):
                await asyncio.wait_for(socket.over.wait(), self._patience.look)

    def _say_farewell(self, socket: Socket | None) -> None:
        if socket is not None:
            task = asyncio.create_task(self._farewell(socket))
            self._farewells.add(task)
            task.add_done_callback(self._farewells.discard)

    async def _farewell(self, socket: Socket) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(socket.idle.wait(), self._patience.farewell)
        await self._close(socket)

    async def _close(self, socket: Socket) -> None:
        try:
            await socket.hang_up(self._patience.farewell)
        finally:
            self._open.discard(socket)

    async def _close_all(self) -> None:
        for task in set(self._farewells):
            task.cancel()
        await asyncio.gather(*(self._close(socket) for socket in set(self._open)))


def _pauses(patience: Patience) -> Iterator[float]:
    """Double from the first to the longest, with jitter, for as long as it takes."""
    pause = patience.first_pause
    while True:
        yield pause * random.uniform(0.5, 1.0)
        pause = min(2 * pause, patience.longest_pause)
