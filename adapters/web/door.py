"""The WebSocket's door: whoever says a token that is somebody's is let in.

The token comes in the first frame, never in an address, so that no server on the way logs it.
"""

import asyncio
from contextlib import suppress

from aiohttp import web

from adapters.web import frames
from adapters.web.channel import STRANGER, Visitor, account_of
from adapters.web.frames import Frame, Hello
from adapters.web.hooks import BODY_LIMIT
from adapters.web.pages import GoneError, received
from adapters.web.site import Site
from dialogs.limits import FILE, FILES

PATIENCE_S = 10.0
"""How long a connection may stay without having said who it is."""
SILENT = 4408
HEARTBEAT_S = 20.0
"""How often a page is asked whether it is still there."""


class Door:
    """The endpoint `/ws`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def enter(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=BODY_LIMIT)
        if not socket.can_prepare(request):
            return web.Response(text="only WebSocket", status=426, headers={"upgrade": "websocket"})
        # A refused handshake tells a browser nothing; a close code after it is told to the page.
        await socket.prepare(request)
        with suppress(GoneError, ConnectionError):
            await self._met(request, socket)
        return socket

    async def _met(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        if not same_origin(request):
            await socket.close(code=STRANGER, message=b"origin")
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                hello = frames.read(await received(socket))
        except TimeoutError:
            await socket.close(code=SILENT)
            return
        account = account_of(hello.token) if isinstance(hello, Hello) else ""
        if self._you(account) is None:
            await socket.close(code=STRANGER, message=b"stranger")
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
            "languages": list(self._site.languages().items()),
            "words": dict(self._site.words(person.language)),
            "zone": person.zone,
            "files": {"most": FILES, "bytes": FILE},
            "menu": [list(entry) for entry in self._site.menu(person)],
        }


def same_origin(request: web.Request) -> bool:
    """A page of another site may not speak in somebody's name. Programs send no origin."""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
