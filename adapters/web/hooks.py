"""What answers for somebody else: webhooks and one-time pages. A bounded body in, an answer out."""

import asyncio

from aiohttp import web

from dialogs.errors import StoreUnavailable
from dialogs.ports import HttpHook, PathPage

BODY_LIMIT = 256 * 1024
"""Bytes; what the platforms send is smaller."""
PATIENCE_S = 10.0
"""How long a body may take to arrive."""


class Hook:
    """The endpoint of one webhook; headers are handed on with their names in lower case."""

    def __init__(self, hook: HttpHook) -> None:
        self._hook = hook

    async def answer(self, request: web.Request) -> web.Response:
        body = await in_time(request)
        if isinstance(body, web.Response):
            return body
        try:
            answer = await self._hook(body, _lowered(request))
        except StoreUnavailable:
            return web.Response(text="not kept; send it again", status=503)
        typed = {"content-type": answer.content_type}
        return web.Response(body=answer.body, status=answer.status, headers=typed)


class OneTime:
    """The endpoint of pages at one-time addresses."""

    def __init__(self, page: PathPage) -> None:
        self._page = page

    async def answer(self, request: web.Request) -> web.Response:
        body = await in_time(request)
        if isinstance(body, web.Response):
            return body
        token, headers = request.match_info["token"], _lowered(request)
        try:
            answer = await self._page(request.method, token, headers, body)
        except StoreUnavailable:
            return web.Response(text="not kept; send it again", status=503)
        own = {"content-type": answer.content_type, **dict(answer.headers)}
        return web.Response(body=answer.body, status=answer.status, headers=own)


async def in_time(
    request: web.Request, most: int = BODY_LIMIT, seconds: float | None = None
) -> bytes | web.Response:
    """The body, or what is said of one that is too large or too slow; `seconds` for all of it."""
    try:
        async with asyncio.timeout(PATIENCE_S if seconds is None else seconds):
            body = await whole_body(request, most)
    except TimeoutError:
        return closing("too slow", 408)
    except ConnectionError:  # who hung up hears nothing
        return closing("", 400)
    return closing("too large", 413) if body is None else body


def _lowered(request: web.Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


async def whole_body(request: web.Request, most: int = BODY_LIMIT) -> bytes | None:
    """Return the whole body, or None where it is too large; then the rest is not read."""
    if (request.content_length or 0) > most:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def closing(text: str, status: int) -> web.Response:
    """An answer after which the connection ends, as the rest of the body is not read."""
    response = web.Response(text=text, status=status)
    response.force_close()
    return response
