"""The page's own files: read once, served with a tag, so that a new version is seen at once."""

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import PurePath

from aiohttp import web

TYPES: Mapping[str, str] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def content(name: str) -> bytes:
    return files("adapters.web").joinpath("static", name).read_bytes()


def names() -> tuple[str, ...]:
    return tuple(sorted(one.name for one in files("adapters.web").joinpath("static").iterdir()))


def tagged(request: web.Request, body: bytes, media_type: str) -> web.Response:
    """Answer with the body, or with "not modified" to somebody who has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=media_type, charset="utf-8", headers=headers)


class Shelf:
    """Our static files, by name; a name that is not among them is not looked for anywhere."""

    def __init__(self) -> None:
        self._files = {name: content(name) for name in names()}

    def page(self, request: web.Request, name: str) -> web.Response:
        return tagged(request, self._files[name], "text/html")

    async def file(self, request: web.Request) -> web.Response:
        name = str(request.match_info["name"])
        media_type = TYPES.get(PurePath(name).suffix, "")
        if name not in self._files or media_type in {"", "text/html"}:
            return web.Response(text="not found", status=404)
        return tagged(request, self._files[name], media_type)
