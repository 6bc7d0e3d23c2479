"""The web server: webhooks of the channels, health, the web chat, and the demo page.

Knows HTTP; what a hook or a chat means is the channels' business.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from adapters.web.channel import WebChannel, account_of
from dialogs.ports import Accept, HttpHook

BODY_LIMIT = 256 * 1024
_STATIC = {"chat.js": "text/javascript", "page.css": "text/css"}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be on the demo page."""

    name: str
    role: str
    token: str
    language: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the server serves."""

    accept: Accept
    hooks: Mapping[str, HttpHook]
    chat: WebChannel
    knows: Callable[[str], bool]
    """Whether a web account belongs to anybody."""
    ready: Callable[[], Awaitable[Sequence[str]]]
    """What keeps the program from working now; empty when it works."""
    metrics: Callable[[], Awaitable[str]]
    personas: tuple[Persona, ...] = ()
    look: Callable[[], Awaitable[Any]] | None = None
    """The ledger's content as JSON, where the CRM is the embedded one."""


def application(site: Site) -> Starlette:
    """Build the web application."""
    return Starlette(routes=list(_routes(site)))


def _routes(site: Site) -> Sequence[BaseRoute]:
    routes: list[BaseRoute] = [
        Route("/healthz", _healthy),
        Route("/readyz", _Ready(site)),
        Route("/metrics", _Metrics(site)),
        Route("/chat", _page("chat.html")),
        Route("/static/{name}", _static),
        WebSocketRoute("/ws", _Socket(site)),
    ]
    if site.personas:
        routes += [Route("/", _page("demo.html")), Route("/personas.json", _Personas(site))]
    else:
        routes += [Route("/", _page("chat.html"))]
    if site.look is not None:
        routes += [Route("/ledger", _page("ledger.html")), Route("/ledger.json", _Ledger(site))]
    return [
        *routes,
        *(Route(path, _Hook(hook), methods=["POST"]) for path, hook in site.hooks.items()),
    ]


async def _healthy(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    return PlainTextResponse("ok")


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    text = files("adapters.web").joinpath("static", name).read_text(encoding="utf-8")

    async def page(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY})

    return page


_POLICY = "default-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'self'"


async def _static(request: Request) -> Response:
    name = str(request.path_params["name"])
    if name not in _STATIC:
        return PlainTextResponse("not found", 404)
    body = files("adapters.web").joinpath("static", name).read_bytes()
    return Response(body, media_type=_STATIC[name])


class _Endpoint:
    """An endpoint that is a value: Starlette takes classes for something else."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        raise NotImplementedError(request.url.path)


class _Ready(_Endpoint):
    async def answer(self, request: Request) -> Response:  # noqa: ARG002 - the same for all
        troubles = await self.site.ready()
        return PlainTextResponse("\n".join(troubles) or "ready", 503 if troubles else 200)


class _Metrics(_Endpoint):
    async def answer(self, request: Request) -> Response:  # noqa: ARG002 - the same for all
        return PlainTextResponse(await self.site.metrics())


class _Personas(_Endpoint):
    async def answer(self, request: Request) -> Response:  # noqa: ARG002 - the same for all
        return JSONResponse([asdict(persona) for persona in self.site.personas])


class _Ledger(_Endpoint):
    async def answer(self, request: Request) -> Response:  # noqa: ARG002 - the same for all
        assert self.site.look is not None
        return Response(json.dumps(await self.site.look()), media_type="application/json")


class _Hook:
    """A channel's webhook: body limited, headers in lower case."""

    def __init__(self, hook: HttpHook) -> None:
        self._hook = hook

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        body = await _body(request)
        if body is None:
            response: Response = PlainTextResponse("too large", 413)
        else:
            headers = {key.lower(): value for key, value in request.headers.items()}
            answer = await self._hook(body, headers)
            response = Response(answer.body, answer.status, media_type=answer.content_type)
        await response(scope, receive, send)


async def _body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return body


class _Socket:
    """The web chat's WebSocket: a login token opens it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        socket = WebSocket(scope, receive, send)
        account = account_of(socket.query_params.get("token", ""))
        if not self._site.knows(account) or not _same_origin(socket):
            await socket.close(4403)
            return
        await self._site.chat.page(socket, account, self._site.accept)


def _same_origin(socket: WebSocket) -> bool:
    """A page of another site may not speak in somebody's name."""
    origin = socket.headers.get("origin")
    return origin is None or origin.split("//")[-1] == socket.headers.get("host")


@asynccontextmanager
async def listening(site: Site, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; yields the address. Port 0 takes a free one."""
    config = uvicorn.Config(
        application(site), host=host, port=port, log_level="warning", access_log=False,
        lifespan="off", ws_max_size=BODY_LIMIT, timeout_graceful_shutdown=3,
    )  # fmt: skip
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if task.done():
                await task
                raise OSError(f"{host}:{port} can't be listened on: choose another DEALDESK_LISTEN")
            await asyncio.sleep(0.01)
        bound = server.servers[0].sockets[0].getsockname()
        yield f"http://{host}:{bound[1]}"
    finally:
        server.should_exit = True
        await asyncio.wait([task])


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the program ends as a whole."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield
