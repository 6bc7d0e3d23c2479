"""Speaks HTTP: takes the bot's calls, checks them, has them carried out, and answers.

The pages and the switches for people at a screen or in another process are in `page` and
`control`.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.telegram import (
    control,
    editing,
    page,
    profile,
    receiving,
    sending,
)
from tests.standins.telegram.calls import ACTS, Call, Upload, hung_up
from tests.standins.telegram.checking import check
from tests.standins.telegram.composing import not_acted
from tests.standins.telegram.faults import Fault
from tests.standins.telegram.refusals import Refusal, bad_request
from tests.standins.telegram.waiting import first

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

METHOD_FILES = (editing, profile, receiving, sending)  # importing them registers their methods
TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]+")
PROXY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def application(standin: TelegramStandin) -> Starlette:
    """Everything the stand-in answers to."""
    bot = BotApi(standin)
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", bot.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", bot.download),
            *control.routes(standin),
            *page.routes(standin),
        ]
    )


class BotApi:
    """The two addresses that a bot knows: its methods and its files."""

    def __init__(self, standin: TelegramStandin) -> None:
        self._standin = standin
        self._methods = {name.lower(): name for name in standin.specification.methods}

    async def call(self, request: Request) -> Response:
        try:
            method = self._admitted(request)
            call = await self._read(request, method)
        except Refusal as refusal:
            return self._refused(request.path_params["method"], refusal)
        self._standin.receives(call)
        fault = self._standin.faults.next(method)
        if fault is None or fault.accepted:
            call.answer = await self._carried_out(call)
        if fault is not None:
            return await self._fail(call, fault, request)
        self._note_delivery(call)
        return _response(call.answer)

    async def download(self, request: Request) -> Response:
        media = self._standin.files.at(request.path_params["path"])
        if request.path_params["token"] != self._standin.token or media is None:
            return _response(Refusal(404, "Not Found").answer())
        return Response(media.content, media_type=media.mime)

    def _admitted(self, request: Request) -> str:
        token, method = request.path_params["token"], request.path_params["method"]
        if not TOKEN_SHAPE.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != self._standin.token:
            raise Refusal(401, "Unauthorized")
        if method.lower() not in self._methods:
            raise Refusal(404, "Not Found: method not found", violation="unknown_method")
        return self._methods[method.lower()]

    def _refused(self, method: str, refusal: Refusal) -> Response:
        self._note(method, refusal)
        return _response(refusal.answer())

    async def _read(self, request: Request, method: str) -> Call:
        parameters = dict(request.query_params) | await _body(request)
        uploads = {name: each for name, each in parameters.items() if isinstance(each, Upload)}
        for attached in uploads.keys() - self._standin.specification.methods[method].keys():
            del parameters[attached]
        return Call(method, parameters, self._standin.clock.now(), hung_up(request), uploads)

    async def _carried_out(self, call: Call) -> dict[str, Any]:
        try:
            return {"ok": True, "result": await self._result(call)}
        except Refusal as refusal:
            self._note(call.method, refusal)
            return refusal.answer()
        except Exception:  # noqa: BLE001 - the stand-in's own fault must fail the test, not the bot
            self._standin.violations.record("standin_error", call.method, traceback.format_exc())
            return Refusal(500, "Internal Server Error").answer()

    async def _result(self, call: Call) -> Any:
        check(call, self._standin.specification, self._standin.violations)
        act = ACTS.get(call.method)
        if act is None:
            raise not_acted(call, call.method)
        self._standin.flood.admit(call.method, call.parameters.get("chat_id"))
        return await act(self._standin, call)

    def _note(self, method: str, refusal: Refusal) -> None:
        if refusal.violation is not None:
            self._standin.violations.record(refusal.violation, method, refusal.description)

    def _note_delivery(self, call: Call) -> None:
        if call.method == "getUpdates" and call.ok and call.answer is not None:
            for update in call.answer["result"]:
                if "callback_query" in update:
                    self._standin.queries.delivered(update["callback_query"]["id"])

    async def _fail(self, call: Call, fault: Fault, request: Request) -> Response:
        call.answer = None if fault.refusal is None else fault.refusal.answer()
        match fault.lost:
            case None:
                return _response(call.answer)
            case "bad_gateway":
                return Response(PROXY_PAGE, 502, media_type="text/html")
            case "hang":
                await first(call.gone(), self._standin.faults.mended())
        self._standin.serving.cut(request.scope)
        return Response()


def _response(answer: dict[str, Any] | None) -> Response:
    assert answer is not None
    return JSONResponse(answer, answer.get("error_code", 200))


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return await _json(request)
    async with request.form() as form:
        return {name: await _part(value) for name, value in form.items()}


async def _json(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse request body as a JSON object", "wrong_type")
    return body


async def _part(value: UploadFile | str) -> Upload | str:
    if isinstance(value, str):
        return value
    return Upload(value.filename or "file", await value.read())
