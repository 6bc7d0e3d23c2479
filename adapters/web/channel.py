"""The web chat as a channel: shows kept as messages and pushed to whoever has the page open.

It has no platform behind it that would remember, so the messages are kept by the store. Knows
shows and the page's small protocol (docs/web.md); knows no dialogue.
"""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from starlette.websockets import WebSocket, WebSocketDisconnect

from dialogs.crm import Finding
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, FromPerson, Pressed, Said, Submitted
from dialogs.people import Address
from dialogs.ports import Accept, Clock, HttpHook, Receipt
from dialogs.rows import Message
from dialogs.shows import FormReply, Say, Show

log = logging.getLogger(__name__)

NAME = "web"
HISTORY = 200
TEXT_LIMIT = 20_000
_SHOW: TypeAdapter[Show] = TypeAdapter(Show)
_REPLY: TypeAdapter[FormReply] = TypeAdapter(FormReply)


@dataclass(frozen=True, slots=True)
class Album:
    """Where messages are kept: by chat and reference; the same reference replaces."""

    keep: Callable[[str, str, str], Awaitable[None]]
    """(chat, ref, body)"""
    last: Callable[[str, int], Awaitable[Sequence[Message]]]


def account_of(token: str) -> str:
    """The account behind a login token; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()[:20]


class WebChannel:
    """Shows things on open pages, and hands on what is typed and pressed there."""

    name = NAME

    def __init__(self, album: Album, clock: Clock) -> None:
        """Pages connect through `page`."""
        self._album, self._clock = album, clock
        self._pages: dict[str, set[WebSocket]] = {}

    async def show(self, say: Say, previous: str | None) -> str:
        """Keep the message and push it; an edit takes the place of the one before."""
        ref = previous if say.edit and previous else f"m{self._clock.new_id()}"
        if say.above and previous:
            await self._push(say.address.chat, {"type": "strip", "ref": previous})
        body = {"from": "desk", "ref": ref, "show": _SHOW.dump_python(say.show, mode="json")}
        await self._post(say.address.chat, ref, body)
        return ref

    async def serve(self, accept: Accept) -> None:
        """Pages come by themselves."""

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:  # noqa: ARG002 - the port's
        return {}

    async def examine(self) -> tuple[Finding, ...]:
        return (Finding("web chat", "ok"),)

    async def close(self) -> None:
        for pages in list(self._pages.values()):
            for page in list(pages):
                await page.close(1001)

    async def page(self, socket: WebSocket, account: str, accept: Accept) -> None:
        """Serve one open page until it is closed."""
        await socket.accept()
        pages = self._pages.setdefault(account, set())
        pages.add(socket)
        try:
            for message in await self._album.last(account, HISTORY):
                await socket.send_text(json.dumps({"type": "message"} | json.loads(message.body)))
            await socket.send_text(json.dumps({"type": "ready"}))
            while True:
                await self._received(socket, account, await socket.receive_text(), accept)
        except WebSocketDisconnect:
            return
        finally:
            pages.discard(socket)

    async def _received(self, socket: WebSocket, account: str, text: str, accept: Accept) -> None:
        frame = _frame(text)
        event = _event(frame)
        if event is None:
            await socket.send_text(json.dumps({"type": "error", "text": "not understood"}))
            return
        ident = str(frame["id"])
        arrival = Arrival(
            source_key=f"web:{account}:{ident}",
            address=Address(NAME, account, account),
            at=self._clock.now(),
            event=event,
        )
        try:
            if isinstance(event, Said):
                await self._post(account, f"p{ident}", {"from": "person", "text": event.text})
            receipt = await accept(arrival)
        except StoreUnavailable as error:
            answer = {"type": "error", "id": ident, "text": f"Not kept, please send again: {error}"}
            await socket.send_text(json.dumps(answer))
            return
        await socket.send_text(json.dumps({"type": "kept", "id": ident, **_reply(receipt)}))

    async def _post(self, chat: str, ref: str, body: dict[str, Any]) -> None:
        body = {"ref": ref, "at": self._clock.now(), **body}
        await self._album.keep(chat, ref, json.dumps(body))
        await self._push(chat, {"type": "message", **body})

    async def _push(self, chat: str, frame: dict[str, Any]) -> None:
        for page in list(self._pages.get(chat, ())):
            try:
                await page.send_text(json.dumps(frame))
            except (RuntimeError, WebSocketDisconnect):
                self._pages[chat].discard(page)


def _reply(receipt: Receipt) -> dict[str, Any]:
    if receipt.reply is None:
        return {}
    return {"reply": _REPLY.dump_python(receipt.reply, mode="json")}


def _frame(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text) if len(text) <= TEXT_LIMIT else None
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) and isinstance(frame.get("id"), str) else {}


def _event(frame: Mapping[str, Any]) -> FromPerson | None:
    match frame:
        case {"type": "say", "text": str(text)}:
            command = text.startswith("/")
            return Said(text.removeprefix("/"), command=command)
        case {"type": "press", "token": str(token)}:
            return Pressed(token)
        case {"type": "submit", "token": str(token), "values": dict(values)}:
            return Submitted(token, {str(key): _texts(value) for key, value in values.items()})
        case _:
            return None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
