"""The web server's life: it listens before it says so, and ends with the program.

Knows sockets and the server; what it serves is in `routes`.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.web.routes import application
from adapters.web.site import Site
from dialogs.errors import BadConfiguration

PORTS = range(65536)
GRACE_S = 3
"""How long a request under way may take when the program ends."""


@asynccontextmanager
async def listening(site: Site, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; yields the address. Port 0 takes a free one.

    Raises:
        BadConfiguration: the address can't be listened on.
    """
    taken = _listener(host, port)
    runner = web.AppRunner(_ending(site), access_log=None, shutdown_timeout=GRACE_S)
    await runner.setup()
    try:
        await web.SockSite(runner, taken).start()
        yield f"http://{_written(host)}:{taken.getsockname()[1]}"
    finally:
        await runner.cleanup()


def _ending(site: Site) -> web.Application:
    """The application, whose open pages are sent away when the server ends."""
    app = application(site)

    async def leave(_: web.Application) -> None:
        await site.chat.close()

    app.on_shutdown.append(leave)
    return app


def _listener(host: str, port: int) -> socket.socket:
    try:
        return _bound(host.strip("[]"), port)
    except OSError as error:
        raise BadConfiguration(
            f"DEALDESK_LISTEN: {host}:{port} can't be listened on ({error}). Another program may "
            "have it: end that, or choose another port."
        ) from None


def _bound(host: str, port: int) -> socket.socket:
    if port not in PORTS:
        raise OSError("there is no such port")
    family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0][0]
    listener = socket.create_server((host, port), family=family)
    # Connections inherit it. asyncio sets it only on sockets it made itself; without it every
    # second frame waits 40 ms for the acknowledgement of the first.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
