"""The web chat as a channel: shows kept as messages and pushed to whoever has the page open.

It has no platform behind it that would remember, so the messages are kept by the store. Knows
shows and events; `frames` knows how they look on the wire, `pages` who is connected.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from adapters.web import frames
from adapters.web.frames import Bad, Frame, Sent
from adapters.web.luggage import Lockers, Luggage
from adapters.web.pages import TOO_SLOW, GoneError, Page, Pages, received
from dialogs.credentials import unkept
from dialogs.crm import Finding
from dialogs.drawings import Drawing
from dialogs.errors import ChatUnavailable, StoreUnavailable
from dialogs.events import Arrival, FromPerson, Said, Shared
from dialogs.people import Address
from dialogs.ports import Accept, Clock, HttpAnswer, HttpHook, Receipt
from dialogs.rows import Message
from dialogs.shows import Picture, Say, Show

NAME = frames.CHANNEL
Paint = Callable[[Drawing], Awaitable[bytes]]
Headers = Mapping[str, str]
PICTURES = "/picture"
"""Where pages find pictures: an address for each, that nobody can guess."""
DRAWN = 64
"""Pictures kept at hand; others are drawn anew from what was kept."""
ONE_PICTURE = (
    ("cache-control", "private, max-age=86400, immutable"),
    ("content-security-policy", "default-src 'none'"),
)
STRANGER = 4403
"""The WebSocket's close code for somebody whose token opens nothing."""


@dataclass(frozen=True, slots=True)
class Album:
    """Where messages are kept: by chat and reference; the same reference replaces."""

    keep: Callable[[str, str, str], Awaitable[None]]
    """(chat, ref, body)"""
    last: Callable[[str, int], Awaitable[Sequence[Message]]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has a page open."""

    account: str
    accept: Accept
    you: Callable[[], Frame | None]
    """What the page is to know about its person now; None when it is nobody's any more."""


def account_of(token: str) -> str:
    """The account behind a login token; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()[:20]


class WebChannel:
    """Shows things on open pages, and hands on what is typed and pressed there."""

    name = NAME
    trouble = ""
    """Pages come to us, so nothing can keep the channel as a whole from working."""

    def __init__(
        self, album: Album, lockers: Lockers, clock: Clock, paint: Paint | None = None
    ) -> None:
        """Pages connect through `page`; `paint` draws a picture again that was shown before."""
        self._album, self._clock, self._pages = album, clock, Pages()
        self.luggage = Luggage(lockers)
        self._paint = paint
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def show(self, say: Say, previous: str | None) -> str:
        """Keep the message and push it; an edit takes the place of the one before."""
        chat = say.address.chat
        ref = previous if say.edit and previous else f"m{self._clock.new_id()}"
        try:
            if say.above and previous and ref != previous:
                await self._post(chat, f"s{previous}", frames.strip(previous))
            picture = self._hung(chat, ref, say.show)
            frame = frames.from_desk(ref, self._clock.now(), say.show, picture)
            await self._post(chat, ref, frame)
        except StoreUnavailable as error:
            raise ChatUnavailable(str(error)) from error
        return ref

    def _hung(self, chat: str, ref: str, show: Show) -> str:
        """Keep its picture at hand and return the address; empty where there is none."""
        if not isinstance(show, Picture) or not show.png:
            return ""
        self._remember(f"{chat}.{ref}", show.png)
        return f"{PICTURES}/{chat}.{ref}"

    def _remember(self, name: str, png: bytes) -> None:
        self._drawn[name] = png
        self._drawn.move_to_end(name)
        if len(self._drawn) > DRAWN:
            self._drawn.popitem(last=False)

    async def picture(self, method: str, token: str, headers: Headers, body: bytes) -> HttpAnswer:  # noqa: ARG002 - the port's
        """See `dialogs.ports.PathPage`; the message's random reference is the key to it."""
        if method not in {"GET", "HEAD"}:
            return HttpAnswer(405, b"only GET")
        png = self._drawn.get(token) or await self._drawn_again(token)
        return HttpAnswer(200, png, "image/png", ONE_PICTURE) if png else HttpAnswer(404, b"gone")

    async def _drawn_again(self, name: str) -> bytes:
        """After a restart: from the message, as long as that is kept."""
        chat, _, ref = name.rpartition(".")
        rows = await self._album.last(chat, 2 * frames.HISTORY) if chat else ()
        drawing = frames.drawing_of(rows, ref)
        png = await self._paint(drawing) if drawing is not None and self._paint else b""
        if png:
            self._remember(name, png)
        return png

    async def fetch(self, ref: str, most: int) -> bytes:
        """See `dialogs.ports.FileKeeper`."""
        return await self.luggage.fetch(ref, most)

    async def let_go(self, ref: str) -> None:
        """See `dialogs.ports.OwnFiles`."""
        await self.luggage.let_go(ref)

    async def serve(self, accept: Accept) -> None:
        """Pages come by themselves."""

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:  # noqa: ARG002 - the port's
        return {}

    async def examine(self) -> tuple[Finding, ...]:
        return (Finding("web chat", "ok"),)

    async def close(self) -> None:
        self._pages.leave_all()

    async def page(self, socket: web.WebSocketResponse, visitor: Visitor) -> None:
        """Serve one accepted connection until it is closed."""
        page = Page(socket)
        with self._pages.showing(visitor.account, page):
            # What is pushed from here on waits behind the history, which may hold it already.
            if not await self._opened(page, visitor):
                return
            sending = asyncio.create_task(page.send())
            try:
                await self._listened(page, visitor)
            except GoneError:
                return
            finally:
                sending.cancel()
                await asyncio.wait([sending])

    @property
    def open_pages(self) -> int:
        return len(self._pages)

    async def _opened(self, page: Page, visitor: Visitor) -> bool:
        try:
            # A strip is a row too, so twice as many rows hold the messages that are shown.
            rows = await self._album.last(visitor.account, 2 * frames.HISTORY)
        except StoreUnavailable:
            await page.socket.close(code=TOO_SLOW, message=b"store")
            return False
        try:
            await page.socket.send_str(frames.written(visitor.you() or {"type": "you"}))
            await page.socket.send_str(frames.written(frames.history(rows)))
        except ConnectionError:
            return False
        return True

    async def _listened(self, page: Page, visitor: Visitor) -> None:
        known = visitor.you()
        while known is not None:
            await self._received(page, visitor, await received(page.socket))
            now = visitor.you()
            if now is not None and now != known:
                self._pages.push(visitor.account, now)
            known = now
        self._pages.leave(visitor.account, STRANGER)
        while True:  # until it is gone; what it still says is not heard
            await received(page.socket)

    async def _received(self, page: Page, visitor: Visitor, text: str) -> None:
        match frames.read(text):
            case Sent() as sent:
                page.push(await self._taken(visitor, sent))
            case Bad(why, name):
                page.push(frames.error(why, name))
            case _:
                page.push(frames.error("not_understood"))

    async def _taken(self, visitor: Visitor, sent: Sent) -> Frame:
        """Put it into the inbox; the answer to the page says whether it is kept."""
        event = unkept(sent.event)
        try:
            if isinstance(event, Shared) and event.files:
                brought = await self.luggage.measured(visitor.account, event)
                if brought is None:
                    return await self._gone(visitor.account, sent.id)
                event = brought
            return await self._accepted(visitor, sent.id, event)
        except StoreUnavailable:
            return frames.error("store", sent.id)

    async def _accepted(self, visitor: Visitor, name: str, event: FromPerson) -> Frame:
        address = Address(NAME, visitor.account, visitor.account)
        source = f"web:{visitor.account}:{name}"
        arrival = Arrival(source_key=source, address=address, at=self._clock.now(), event=event)
        if isinstance(event, Said) or (isinstance(event, Shared) and event.files):
            said = frames.from_person(f"p{name}", arrival.at, event)
            await self._post(visitor.account, f"p{name}", said)
        return frames.kept(name, await visitor.accept(arrival))

    async def _gone(self, account: str, name: str) -> Frame:
        """Its files are not here: it was taken before and they are in the CRM, or never came."""
        rows = await self._album.last(account, 2 * frames.HISTORY)
        known = any(row.ref == f"p{name}" for row in rows)
        return frames.kept(name, Receipt(new=False)) if known else frames.error("file_gone", name)

    async def _post(self, chat: str, ref: str, frame: Frame) -> None:
        await self._album.keep(chat, ref, frames.written(frame))
        self._pages.push(chat, frame)
