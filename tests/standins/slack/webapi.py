"""The Web API's door: reads a call, checks it as strictly as Slack, and lets the method act.

What each method does is in the `api_*` files.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import api_chat, api_conversations, api_files, api_users, api_views
from .acting import ACTS, Json
from .faults import Fault
from .methods import Method, methods
from .refusal import MALFORMED, MissingArguments, Refusal
from .wire import reset, transport_of

if TYPE_CHECKING:
    from .standin import SlackStandin

FAMILIES = (api_chat, api_conversations, api_files, api_users, api_views)
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
# These take their arguments from the query or a form only; JSON bodies are ignored.
FORM_ONLY = {
    "bots.info",
    "conversations.history",
    "conversations.info",
    "conversations.list",
    "conversations.members",
    "conversations.replies",
    "files.getUploadURLExternal",
    "files.info",
    "team.info",
    "users.conversations",
    "users.info",
    "users.list",
    "users.lookupByEmail",
}
FREE_FORM = {"api.test"}


@dataclass(frozen=True)
class Call:
    """One call as it arrived: raw arguments, token, and where it came by."""

    name: str
    given: Json
    token: str
    request: Request


class WebApi:
    """Answers `/api/{method}`."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack

    async def endpoint(self, request: Request) -> Response:
        name = request.path_params["method"]
        try:
            call = Call(name, *await _read(request), request)
        except Refusal as refusal:
            return self._refused(name, refusal)
        self._slack.calls.append((name, call.given))
        fault = self._slack.faults.take(name, call.given)
        if fault is None:
            return self._answer(call)
        return await self._faulty(call, fault)

    def _answer(self, call: Call) -> Response:
        try:
            return self._act(call)
        except Refusal as refusal:
            return self._refused(call.name, refusal)
        except Exception as broken:
            self._slack.violations.record("standin_error", call.name, repr(broken))
            raise

    def _act(self, call: Call) -> Response:
        method = methods().get(call.name)
        if method is None:
            raise Refusal("unknown_method", req_method=call.name)
        self._slack.tokens.check(call.token, call.name)
        seconds = self._wait(method, call)
        if seconds:
            return _too_many(seconds)
        args = self._arguments(method, call)
        act = ACTS.get(call.name)
        if act is None:
            self._slack.violations.record("not_acting", call.name, "add it to the api_* files")
            raise Refusal("service_unavailable")
        return JSONResponse({"ok": True, **act(self._slack, args)})

    def _wait(self, method: Method, call: Call) -> int:
        if not self._slack.rate_limits:
            return 0
        return self._slack.limits.wait(method.name, method.tier, call.given.get("channel"))

    def _arguments(self, method: Method, call: Call) -> Json:
        if method.name in FREE_FORM:
            return call.given
        violations = self._slack.violations
        for name in method.unknown(call.given):
            detail = f"{name} is no argument of {call.name}"
            violations.record("unknown_parameter", call.name, detail)
        missing = method.missing(call.given)
        if missing:
            raise MissingArguments(missing)
        return method.read(call.given)

    def _refused(self, name: str, refusal: Refusal) -> Response:
        self._judge(name, refusal)
        return JSONResponse(refusal.answer())

    def _judge(self, name: str, refusal: Refusal) -> None:
        violations, error = self._slack.violations, refusal.error
        detail = "; ".join([error, *refusal.messages])
        method = methods().get(name)
        if method is None:
            violations.record("unknown_method", name, "Slack has no such method")
        elif isinstance(refusal, MissingArguments):
            violations.record("missing_parameter", name, detail)
        elif not method.documents(error) and name not in FREE_FORM:
            violations.record("undocumented_error", name, detail)
        elif error in {"not_authed", "not_allowed_token_type", "missing_scope"}:
            violations.record("wrong_token", name, detail)
        elif error in MALFORMED:
            violations.record("refused", name, detail)

    async def _faulty(self, call: Call, fault: Fault) -> Response:
        if fault.accepted:
            self._answer(call)
        if fault.how == "reset":
            reset(transport_of(call.request.receive))
            return Response()
        if fault.how == "hang":
            return await _hang(call.request)
        if fault.how.isdigit():
            return Response("upstream trouble", int(fault.how))
        if fault.how == "ratelimited":
            return _too_many(fault.retry_after)
        return JSONResponse(Refusal(fault.how).answer())


def _too_many(seconds: int) -> Response:
    body = Refusal("ratelimited").answer()
    return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})


async def _hang(request: Request) -> Response:
    """Answer nothing until the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def _read(request: Request) -> tuple[Json, str]:
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST":
        given |= await _body(request, kind)
    token = _bearer(request) or str(given.pop("token", ""))
    if kind == "application/json" and not _bearer(request):
        token = ""  # with a JSON body the token counts only in the header
    given.pop("token", None)
    return given, token


async def _body(request: Request, kind: str) -> Json:
    if kind == "application/json":
        body = _json(await request.body())
        return {} if request.path_params["method"] in FORM_ONLY else body
    if kind in FORM_TYPES:
        fields = (await request.form()).items()
        return {name: value for name, value in fields if not isinstance(value, UploadFile)}
    if await request.body():
        raise Refusal("invalid_post_type" if kind else "missing_post_type")
    return {}


def _json(body: bytes) -> Json:
    try:
        value: Any = json.loads(body or b"{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(value, dict):
        raise Refusal("invalid_json")
    return value


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
