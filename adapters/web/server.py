"""The web server's life: it listens before it says so, and ends with the program.

The only file that knows uvicorn; what it serves is in `routes`.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from adapters.web.hooks import BODY_LIMIT
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
    config = uvicorn.Config(
        application(site), log_config=None, log_level="warning", access_log=False, lifespan="off",
        ws="websockets-sansio", ws_max_size=BODY_LIMIT, timeout_graceful_shutdown=GRACE_S,
        server_header=False,
    )  # fmt: skip
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[taken]))
    try:
        await server.begun.wait()
        if task.done():
            await task
        yield f"http://{_written(host)}:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        await asyncio.wait([task])


def _listener(host: str, port: int) -> socket.socket:
    # uvicorn's own way to fail at this is to end the process without a word of ours.
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


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the program ends as a whole."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.begun.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield
