"""Every address of the stand-in: Web API, Socket Mode, uploads, response URLs, page, control."""

import hmac
import json
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from .answers import answer_message
from .control import Control
from .page import Page
from .refusal import Refusal
from .webapi import WebApi

if TYPE_CHECKING:
    from .standin import SlackStandin


def application(slack: "SlackStandin") -> Starlette:
    """The stand-in as an ASGI application."""
    web_api, files, page = WebApi(slack), Files(slack), Page(slack)

    async def link(websocket: WebSocket) -> None:
        await slack.socket.serve(websocket)

    return Starlette(
        routes=[
            Route("/api/{method:str}", web_api.endpoint, methods=["GET", "POST"]),
            WebSocketRoute("/link/", link),
            Route("/upload/v1/{file}", files.upload, methods=["POST"]),
            Route("/files-pri/{place:path}", files.download),
            Route("/respond/{right:path}", Responses(slack).endpoint, methods=["POST"]),
            *page.routes(),
            Mount("/__control", routes=Control(slack).routes()),
        ]
    )


class Files:
    """Contents going in and out, beside the Web API."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack

    async def upload(self, request: Request) -> Response:
        """Step two of an upload: the bytes, as many as were announced."""
        file = self._slack.workspace.files.get(request.path_params["file"])
        content = await _content(request)
        if file is None or file.content is not None:
            return PlainTextResponse("no such upload", 404)
        if len(content) != file.size:
            detail = f"{len(content)} bytes came, {file.size} were announced"
            self._slack.violations.record("refused", f"upload of {file.name}", detail)
            return PlainTextResponse(detail, 400)
        file.content = content
        return PlainTextResponse(f"OK - {file.size}")

    async def download(self, request: Request) -> Response:
        """`url_private`: the bytes for who brings the token; Slack's sign-in page for others."""
        name = request.path_params["place"].partition("/")[0].partition("-")[2]
        file = self._slack.workspace.files.get(name)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(token, self._slack.tokens.bot):
            return Response("<!DOCTYPE html><title>Sign in</title>", media_type="text/html")
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        return Response(file.content, media_type=file.mimetype)


async def _content(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            parts = [part for part in form.values() if not isinstance(part, str)]
            return b"".join([await part.read() for part in parts])
    return await request.body()


class Responses:
    """`response_url`: five uses within thirty minutes."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack

    async def endpoint(self, request: Request) -> Response:
        try:
            right = self._slack.tickets.use_response(request.path_params["right"])
            answer_message(self._slack, right, _parsed(await request.body()))
        except Refusal as refusal:
            return self._refused(refusal)
        return PlainTextResponse("ok")

    def _refused(self, refusal: Refusal) -> Response:
        if refusal.error in {"no_such_url", "expired_url", "used_url"}:
            return JSONResponse(refusal.answer(), 404)
        detail = "; ".join([refusal.error, *refusal.messages])
        self._slack.violations.record("refused", "response_url", detail)
        return JSONResponse(refusal.answer(), 400)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        raise Refusal("invalid_payload") from None
