"""The webhooks of the channels: a bounded body in, the channel's answer out."""

import asyncio

from aiohttp import web

from dialogs.errors import StoreUnavailable
from dialogs.ports import HttpHook

BODY_LIMIT = 256 * 1024
"""Bytes; what the platforms send is smaller."""
PATIENCE_S = 10.0
"""How long a body may take to arrive."""


class Hook:
    """The endpoint of one webhook; headers are handed on with their names in lower case."""

    def __init__(self, hook: HttpHook) -> None:
        self._hook = hook

    async def answer(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE_S):
                body = await _body(request)
        except TimeoutError:
            return _closing("too slow", 408)
        except ConnectionError:  # who hung up hears nothing
            return _closing("", 400)
        if body is None:
            return _closing("too large", 413)
        return await self._answered(request, body)

    async def _answered(self, request: web.Request, body: bytes) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            answer = await self._hook(body, headers)
        except StoreUnavailable:
            return web.Response(text="not kept; send it again", status=503)
        typed = {"content-type": answer.content_type}
        return web.Response(body=answer.body, status=answer.status, headers=typed)


async def _body(request: web.Request) -> bytes | None:
    """Return the whole body, or None where it is too large; then the rest is not read."""
    if (request.content_length or 0) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _closing(text: str, status: int) -> web.Response:
    """An answer after which the connection ends, as the rest of the body is not read."""
    response = web.Response(text=text, status=status)
    response.force_close()
    return response
