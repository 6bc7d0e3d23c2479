"""The addresses of the site and what answers at each. Knows HTTP, no dialogue.

What a hook or a chat means is the channels' business; what the ledger holds is the ledger's.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import asdict

from aiohttp import web

from adapters.web.channel import account_of
from adapters.web.door import Door
from adapters.web.files import Shelf, tagged
from adapters.web.hooks import BODY_LIMIT, Hook, OneTime
from adapters.web.site import Site
from adapters.web.uploads import UploadDoor
from dialogs.errors import CrmRefused, CrmUnavailable, StoreUnavailable

log = logging.getLogger(__name__)

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SAFE: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""Headers of every answer: pages load nothing from elsewhere and run no script in their text."""
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(site: Site) -> web.Application:
    """Build the web application."""
    app = web.Application(middlewares=[_honestly], client_max_size=BODY_LIMIT)
    app.add_routes(_routes(site))
    app.on_response_prepare.append(_safely)
    return app


def _routes(site: Site) -> Iterator[web.AbstractRouteDef]:
    shelf, desk = Shelf(), _Desk(site)
    yield web.get("/healthz", _healthy)
    yield web.get("/readyz", desk.ready)
    yield web.get("/metrics", desk.metrics)
    yield web.get("/", _page(shelf, "demo.html" if site.personas else "chat.html"))
    yield web.get("/chat", _page(shelf, "chat.html"))
    yield web.get("/static/{name}", shelf.file)
    yield web.get("/ws", Door(site).enter, allow_head=False)
    yield web.post("/upload/{ref}", UploadDoor(site).take)
    if site.personas:
        yield web.get("/personas.json", desk.personas)
    if site.look is not None:
        yield web.get("/ledger", _page(shelf, "ledger.html"))
        yield web.get(r"/ledger/{opportunity:\d+}", _page(shelf, "ledger.html"))
        yield web.get("/ledger.json", desk.ledger)
    for path, hook in site.hooks.items():
        yield web.post(path, Hook(hook).answer)
    for path, page in site.pages.items():
        yield web.route("*", f"{path}/{{token}}", OneTime(page).answer)


async def _healthy(request: web.Request) -> web.Response:  # noqa: ARG001 - a handler's signature
    return web.Response(text="ok")


def _page(shelf: Shelf, name: str) -> Answer:
    async def page(request: web.Request) -> web.Response:
        return shelf.page(request, name)

    return page


class _Desk:
    """Answers that are made anew each time."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def ready(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler's signature
        troubles = await self._site.ready()
        return web.Response(text="\n".join(troubles) or "ready", status=503 if troubles else 200)

    async def metrics(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler's signature
        try:
            text = await self._site.metrics()
        except StoreUnavailable as error:
            return web.Response(text=f"the store can't be counted: {error}", status=503)
        return web.Response(body=text.encode(), headers={"content-type": METRICS_TYPE})

    async def personas(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler's signature
        return web.json_response([asdict(persona) for persona in self._site.personas])

    async def ledger(self, request: web.Request) -> web.Response:
        if not self._admitted(request):
            return web.json_response({"error": "stranger"}, status=403)
        assert self._site.look is not None
        only = request.query.get("only", "")
        try:
            seen = await self._site.look(int(only) if only.isdecimal() else None)
        except (CrmUnavailable, CrmRefused) as error:
            return web.json_response({"error": str(error)}, status=503)
        return tagged(request, json.dumps(seen, ensure_ascii=False).encode(), "application/json")

    def _admitted(self, request: web.Request) -> bool:
        """The demo's ledger is open; anywhere else it is read by people who are linked."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        known = kind.casefold() == "bearer" and self._site.who(account_of(token)) is not None
        return known or bool(self._site.personas)


@web.middleware
async def _honestly(request: web.Request, handler: Answer) -> web.StreamResponse:
    """Answer a mistake of ours with one sentence; what it was stands in the log alone."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        # An answer that is raised is an error page of the server's own; ours are plain words.
        words = {405: f"only {answer.headers.get('allow', '')}"}.get(answer.status, answer.reason)
        headers = {name: value for name, value in answer.headers.items() if name == "Allow"}
        return web.Response(text=words.lower(), status=answer.status, headers=headers)
    except ConnectionError:
        raise
    except Exception:
        log.exception("%s could not be answered", request.rel_url.path)
        return web.Response(text="That failed here; it is written down.", status=500)


async def _safely(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001 - a signal's signature
    """Add the headers that every answer has, unless it brings its own."""
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    response.headers.popall("server", None)
