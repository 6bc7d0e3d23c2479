"""The WebSocket's door: whoever says a token that is somebody's is let in.

The token comes in the first frame, never in an address, so that no server on the way logs it.
"""

import asyncio
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from adapters.web import frames
from adapters.web.channel import STRANGER, Visitor, account_of
from adapters.web.frames import Frame, Hello
from adapters.web.pages import received
from adapters.web.site import Site

PATIENCE_S = 10.0
"""How long a connection may stay without having said who it is."""
SILENT = 4408


class Door:
    """The endpoint `/ws`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        socket = WebSocket(scope, receive, send)
        # A refused handshake tells a browser nothing; a close code after it is told to the page.
        await socket.accept()
        with suppress(WebSocketDisconnect):
            await self._met(socket)

    async def _met(self, socket: WebSocket) -> None:
        if not same_origin(socket):
            await socket.close(STRANGER, "origin")
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                hello = frames.read(await received(socket))
        except TimeoutError:
            await socket.close(SILENT)
            return
        account = account_of(hello.token) if isinstance(hello, Hello) else ""
        if self._you(account) is None:
            await socket.close(STRANGER, "stranger")
            return
        visitor = Visitor(account, self._site.accept, lambda: self._you(account))
        await self._site.chat.page(socket, visitor)

    def _you(self, account: str) -> Frame | None:
        person = self._site.who(account)
        if person is None:
            return None
        return {
            "type": "you",
            "name": person.name,
            "role": person.role,
            "language": person.language,
            "zone": person.zone,
            "menu": [list(entry) for entry in self._site.menu(person)],
        }


def same_origin(socket: WebSocket) -> bool:
    """A page of another site may not speak in somebody's name. Programs send no origin."""
    origin = socket.headers.get("origin")
    return origin is None or origin.partition("://")[2] == socket.headers.get("host")
