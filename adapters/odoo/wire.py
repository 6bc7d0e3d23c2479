"""HTTP with an end: request and answer happen before one moment, however slowly bytes come.

The standard library's timeout restarts with every byte; here each wait is what is left of the call.
Knows sockets, nothing of Odoo.
"""

import http.client
import io
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

_until: ContextVar[float] = ContextVar("until")


@contextmanager
def ending(until: float) -> Iterator[None]:
    """Bound every request made inside, on this thread, by that moment of `time.monotonic`."""
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def left() -> float:
    """Seconds that remain.

    Raises:
        TimeoutError: none do.
    """
    seconds = _until.get() - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time for this call is over")
    return seconds


class Opener:
    """Opens requests like urllib's, but follows no redirect and keeps the end of `ending`."""

    def __init__(self) -> None:
        self._director = urllib.request.build_opener(_Http, _Https, _NoRedirect)

    def open(self, request: urllib.request.Request, timeout: float | None = None) -> io.BytesIO:
        """Send it and return the whole body; `timeout` is the caller's habit and is not used.

        Raises:
            OSError: not reached, too slow, or answered with an error's status (HTTPError).
            http.client.HTTPException: the answer is cut or not HTTP.
        """
        del timeout
        with self._director.open(request, timeout=left()) as response:
            return io.BytesIO(response.read())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would turn a POST into a GET and could lead the secret astray."""

    def redirect_request(self, *_: object) -> None:
        return None


class _Reader(io.RawIOBase):
    """A socket's bytes, each wait bounded by what is left."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Bounded:
    """As much of a socket as http.client uses once it is connected."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock))

    def sendall(self, data: Any) -> None:
        self._sock.settimeout(left())
        self._sock.sendall(data)

    def close(self) -> None:
        self._sock.close()


class _HttpConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = cast("Any", _Bounded(self.sock))


class _HttpsConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = cast("Any", _Bounded(self.sock))


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_HttpConnection, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_HttpsConnection, req)
