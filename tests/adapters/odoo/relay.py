"""An HTTP server between adapter and Odoo: counts what is asked, answers badly on demand."""

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

JSON = "application/json"
SILENCE_S = 10.0  # longer than a test's adapter waits


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: Any

    @property
    def what(self) -> str:
        """`model.method` of a call, the service's method of a login, else the path."""
        if self.path.startswith("/json/2/"):
            return ".".join(self.path.split("/")[3:5])
        params = self.body.get("params", {}) if isinstance(self.body, dict) else {}
        if params.get("service") == "object":
            return ".".join(params["args"][3:5])
        return str(params.get("method", self.path))


@dataclass(frozen=True, slots=True)
class Says:
    """An answer that Odoo never gave."""

    status: int
    body: str
    type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


class Cut:
    """Half of Odoo's own answer, then the end of the connection."""


class Lost:
    """Odoo gets the request and works; nobody gets the answer."""


class Dropped:
    """The connection ends before Odoo hears of it."""


class Dribbles:
    """A byte of an answer now and then, from the status line on, without an end."""


@dataclass(frozen=True, slots=True)
class Trickles:
    """Odoo works, and its answer comes byte by byte, without an end."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Odoo works, and its answer never comes, though the connection stays."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Odoo works, and something else answers in its place."""

    says: Says


@dataclass(frozen=True, slots=True)
class Late:
    """Odoo's own answer, so many seconds later than it was asked."""

    seconds: float


Fault = Says | Cut | Lost | Dropped | Dribbles | Trickles | Silent | Instead | Late
Plan = Callable[[Asked], Fault | None]


class Relay:
    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.asked: list[Asked] = []
        self.plan: Plan = lambda _asked: None
        self.ended = threading.Event()
        handler = type("Handler", (_Handler,), {"relay": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False  # so that closing waits for each request's thread
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def calls(self) -> list[str]:
        return [asked.what for asked in self.asked]

    @contextmanager
    def serving(self) -> Iterator["Relay"]:
        thread = threading.Thread(target=self._server.serve_forever, args=[0.02])
        thread.start()
        try:
            yield self
        finally:
            self.ended.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def once(self, what: str, fault: Fault) -> None:
        """Let the next call of that `model.method` go wrong, and none after it."""
        left = [fault]
        self.plan = lambda asked: left.pop() if asked.what == what and left else None


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    relay: Relay  # that of the subclass which the server uses

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.path, dict(self.headers), json.loads(raw) if raw else None)
        self.relay.asked.append(asked)
        with suppress(ConnectionError):  # the adapter has hung up, as it may
            self._answer(self.relay.plan(asked), raw)

    def do_GET(self) -> None:
        self.do_POST()

    def _answer(self, fault: Fault | None, raw: bytes) -> None:
        self.close_connection = True
        match fault:
            case Says():
                self._say(fault.status, fault.body.encode(), fault.type, fault.headers)
            case Dropped():
                self._hang_up()
            case Dribbles():
                self._dribble()
            case Late():
                self.relay.ended.wait(fault.seconds)
                self._pass_on(None, raw)
            case _:
                self._pass_on(fault, raw)

    def _pass_on(self, fault: Fault | None, raw: bytes) -> None:
        status, body, kind = self._ask_odoo(raw)
        match fault:
            case Lost():
                self._hang_up()
            case Silent():
                self.relay.ended.wait(SILENCE_S)
            case Trickles():
                self._dribble()
            case Instead(says):
                self._say(says.status, says.body.encode(), says.type, says.headers)
            case Cut():
                self._say(status, body[: len(body) // 2], kind, {}, len(body))
            case _:
                self._say(status, body, kind, {})

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _ask_odoo(self, raw: bytes) -> tuple[int, bytes, str]:
        odoo = http.client.HTTPConnection(self.relay.target.netloc, timeout=60)
        odoo.request(self.command, self.path, raw, dict(self.headers))
        with odoo.getresponse() as answer:
            body = answer.read()
        odoo.close()
        return answer.status, body, answer.headers.get("Content-Type", JSON)

    def _say(
        self,
        status: int,
        body: bytes,
        kind: str,
        headers: dict[str, str],
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _dribble(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.relay.ended.wait(0.05):
            self.wfile.write(b"z")

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""
