"""The addresses of the site and what answers at each. Knows HTTP, no dialogue.

What a hook or a chat means is the channels' business; what the ledger holds is the ledger's.
"""

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from adapters.web.channel import account_of
from adapters.web.door import Door
from adapters.web.files import Shelf, tagged
from adapters.web.hooks import Hook, OneTime
from adapters.web.site import Site
from dialogs.errors import CrmRefused, CrmUnavailable, StoreUnavailable

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
POLICY = (
    b"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; "
    b"frame-ancestors 'none'"
)
SAFE = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Headers of every answer: pages load nothing from elsewhere and run no script in their text."""
Answer = Callable[[Request], Awaitable[Response]]


def application(site: Site) -> Starlette:
    """Build the web application."""
    return Starlette(routes=list(_routes(site)), middleware=[Middleware(_Safely)])


def _routes(site: Site) -> Iterator[BaseRoute]:
    shelf, desk = Shelf(), _Desk(site)
    yield Route("/healthz", _healthy)
    yield Route("/readyz", desk.ready)
    yield Route("/metrics", desk.metrics)
    yield Route("/", _page(shelf, "demo.html" if site.personas else "chat.html"))
    yield Route("/chat", _page(shelf, "chat.html"))
    yield Route("/static/{name}", shelf.file)
    yield WebSocketRoute("/ws", Door(site))
    if site.personas:
        yield Route("/personas.json", desk.personas)
    if site.look is not None:
        yield Route("/ledger", _page(shelf, "ledger.html"))
        yield Route("/ledger/{opportunity:int}", _page(shelf, "ledger.html"))
        yield Route("/ledger.json", desk.ledger)
    for path, hook in site.hooks.items():
        yield Route(path, Hook(hook))
    for path, page in site.pages.items():
        yield Route(f"{path}/{{token}}", OneTime(page))


async def _healthy(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    return PlainTextResponse("ok")


def _page(shelf: Shelf, name: str) -> Answer:
    async def page(request: Request) -> Response:
        return shelf.page(request, name)

    return page


class _Desk:
    """Answers that are made anew each time."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 - Starlette's signature
        troubles = await self._site.ready()
        return PlainTextResponse("\n".join(troubles) or "ready", 503 if troubles else 200)

    async def metrics(self, request: Request) -> Response:  # noqa: ARG002 - Starlette's signature
        try:
            text = await self._site.metrics()
        except StoreUnavailable as error:
            return PlainTextResponse(f"the store can't be counted: {error}", 503)
        return Response(text, media_type=METRICS_TYPE)

    async def personas(self, request: Request) -> Response:  # noqa: ARG002 - Starlette's signature
        return JSONResponse([asdict(persona) for persona in self._site.personas])

    async def ledger(self, request: Request) -> Response:
        if not self._admitted(request):
            return JSONResponse({"error": "stranger"}, 403)
        assert self._site.look is not None
        only = request.query_params.get("only", "")
        try:
            seen = await self._site.look(int(only) if only.isdecimal() else None)
        except (CrmUnavailable, CrmRefused) as error:
            return JSONResponse({"error": str(error)}, 503)
        return tagged(request, json.dumps(seen, ensure_ascii=False).encode(), "application/json")

    def _admitted(self, request: Request) -> bool:
        """The demo's ledger is open; anywhere else it is read by people who are linked."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        known = kind.casefold() == "bearer" and self._site.who(account_of(token)) is not None
        return known or bool(self._site.personas)


class _Safely:
    """Adds the headers that every answer has, unless it brings its own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def safely(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                rest = [header for header in SAFE if header[0] not in own]
                message = {**message, "headers": [*message["headers"], *rest]}
            await send(message)

        await self._app(scope, receive, safely)
