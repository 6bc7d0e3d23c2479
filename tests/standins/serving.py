"""Serves an ASGI application on this machine, inside the event loop of whoever asks.

It knows nothing of what it serves. Leaving the block ends every connection at once, so a request
that hangs on purpose does not hold up a test's end.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Generator, MutableMapping
    from types import TracebackType

    from starlette.types import ASGIApp

GRACE = 5.0  # seconds that requests get to notice that their connection is gone


class Serving:
    """`async with Serving(app) as url:` serves `app` at `url`, for example http://127.0.0.1:41207.

    Args:
        app: any ASGI application; WebSockets are spoken too.
        port: a free one is taken when it is 0.
    """

    def __init__(self, app: ASGIApp, *, port: int = 0) -> None:
        self._port = port
        self._server = _Server(
            uvicorn.Config(
                app,
                http="h11",
                ws="websockets-sansio",
                lifespan="off",
                proxy_headers=False,
                log_config=None,
                access_log=False,
                date_header=False,
                server_header=False,
                timeout_keep_alive=3600,  # a connection that ends as it is used again is a fault
            )
        )
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> str:
        listener = _listener(self._port)
        self._running = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.listening.wait()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.ending.set()
        if self._running is not None:
            await self._running

    def cut(self, scope: MutableMapping[str, Any]) -> None:
        """Break the connection that a request came by, without an answer (the client sees a reset).

        Args:
            scope: the ASGI scope of that request.
        """
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                connection.transport.abort()


def serving(app: ASGIApp, *, port: int = 0) -> Serving:
    """Say it as a sentence: `async with serving(app) as url:`."""
    return Serving(app, port=port)


def _listener(port: int) -> socket.socket:
    """asyncio switches Nagle's delay (40 ms an answer) off only where the protocol is named."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()
    return listener


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers, its ticking and its waits: events instead of polls."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()
        self.ending = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield  # a test run and the command line have handlers of their own

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        await self.ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await self._let_requests_end()

    async def _let_requests_end(self) -> None:
        tasks = set(self.server_state.tasks)
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
