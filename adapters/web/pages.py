"""Open pages: what is to be sent to each waits in a line of its own.

So a slow reader, or one whose train is in a tunnel, holds up nobody. Knows connections; knows no
dialogue and keeps no message.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiohttp import WSMsgType, web

from adapters.web.frames import Frame, written

WAITING = 1000
"""Frames that may wait for one page; beyond that it is sent away and comes back for the rest."""
TOO_SLOW, PROGRAM_ENDS = 1013, 1001
ENDS = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)


class GoneError(Exception):
    """The page is closed, or its connection lost."""


class Page:
    """One open page."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        """Take an accepted connection."""
        self.socket = socket
        self._line: asyncio.Queue[str | int] = asyncio.Queue()

    def push(self, frame: Frame) -> None:
        """Have it sent in its turn; returns at once."""
        if self._line.qsize() < WAITING:
            self._line.put_nowait(written(frame))
        elif self._line.qsize() == WAITING:
            self._line.put_nowait(TOO_SLOW)

    def leave(self, code: int) -> None:
        """Close the page after what waits has been sent."""
        self._line.put_nowait(code)

    async def send(self) -> None:
        """Send what waits until the page is closed by either side."""
        with suppress(ConnectionError):
            while True:
                match await self._line.get():
                    case str(text):
                        await self.socket.send_str(text)
                    case int(code):
                        await self.socket.close(code=code)
                        return


class Pages:
    """The open pages by account."""

    def __init__(self) -> None:
        self._open: defaultdict[str, set[Page]] = defaultdict(set)

    @contextmanager
    def showing(self, account: str, page: Page) -> Iterator[None]:
        """Count the page among the open ones for the length of the block."""
        self._open[account].add(page)
        try:
            yield
        finally:
            self._open[account].discard(page)
            if not self._open[account]:
                del self._open[account]

    def push(self, account: str, frame: Frame) -> None:
        """Show it on every page that this account has open."""
        for page in self._open.get(account, ()):
            page.push(frame)

    def leave(self, account: str, code: int) -> None:
        for page in self._open.get(account, ()):
            page.leave(code)

    def __len__(self) -> int:
        return sum(map(len, self._open.values()))

    def leave_all(self) -> None:
        for account in self._open:
            self.leave(account, PROGRAM_ENDS)


async def received(socket: web.WebSocketResponse) -> str:
    """Return the next text a page sends; empty for one that is no text.

    Raises:
        GoneError: the page is gone.
    """
    message = await socket.receive()
    if message.type in ENDS:
        raise GoneError
    return message.data if message.type is WSMsgType.TEXT else ""
