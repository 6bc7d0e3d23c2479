"""What answers for somebody else: webhooks and one-time pages. A bounded body in, an answer out."""

import asyncio
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

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

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            response = await self._answered(Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answered(self, request: Request) -> Response:
        if request.method != "POST":
            return PlainTextResponse("only POST", 405, {"allow": "POST"})
        try:
            async with asyncio.timeout(PATIENCE_S):
                body = await whole_body(request)
        except TimeoutError:
            return PlainTextResponse("too slow", 408)
        if body is None:
            return PlainTextResponse("too large", 413, {"connection": "close"})
        try:
            answer = await self._hook(body, dict(request.headers))
        except StoreUnavailable:
            return PlainTextResponse("not kept; send it again", 503)
        return Response(answer.body, answer.status, media_type=answer.content_type)


async def whole_body(request: Request) -> bytes | None:
    """Return the whole body, or None where it is too large; then the rest is not read."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


class OneTime:
    """The endpoint of pages at one-time addresses."""

    def __init__(self, page: PathPage) -> None:
        self._page = page

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            response = await self._answered(Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answered(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE_S):
                body = await whole_body(request)
        except TimeoutError:
            return PlainTextResponse("too slow", 408)
        if body is None:
            return PlainTextResponse("too large", 413, {"connection": "close"})
        token, headers = str(request.path_params["token"]), dict(request.headers)
        try:
            answer = await self._page(request.method, token, headers, body)
        except StoreUnavailable:
            return PlainTextResponse("not kept; send it again", 503)
        kind, own = answer.content_type, dict(answer.headers)
        return Response(answer.body, answer.status, own, media_type=kind)
