"""The web chat as a platform: a real WebSocket of the running web server, and a page's memory."""

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from itertools import count
from typing import Any

import httpx
from pydantic import TypeAdapter
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from adapters.web.channel import account_of
from dialogs.people import Address
from dialogs.ports import Channel
from dialogs.shows import FormReply, Show
from tests.transcripts import wording
from tests.transcripts.platforms import Visible

_SHOW: TypeAdapter[Show] = TypeAdapter(Show)
_REPLY: TypeAdapter[FormReply] = TypeAdapter(FormReply)
PATIENCE = 5.0
Frame = dict[str, Any]


class Web:
    """See `Platform`."""

    name = "web"
    forms = True
    strangers = False
    variables: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.people: list[WebPerson] = []

    def channels(self) -> Mapping[str, Channel]:
        return {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        yield
        for person in self.people:
            await person.leave()

    def somebody(self, name: str, language: str) -> "WebPerson":
        self.people.append(WebPerson(f"token-of-{name.lower()}"))
        return self.people[-1]

    async def connect(self, url: str) -> None:
        for person in self.people:
            await person.opens(url)

    async def settle(self) -> None:
        for person in self.people:
            await person.catches_up()


class WebPerson:
    """See `Somebody`: somebody with the page open."""

    def __init__(self, token: str) -> None:
        account = account_of(token)
        self.address = Address("web", account, account)
        self.link = f"--web {account}"
        self._token = token
        self._numbers = count(1)
        self._url = ""
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._messages: dict[str, Frame] = {}
        self._quiet: set[str] = set()
        self._pressed: dict[str, str] = {}
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._page: Frame | None = None
        self._values: dict[str, list[str]] = {}
        self._errors: Sequence[tuple[str, str]] = ()

    async def opens(self, url: str) -> None:
        """Open the page; what is on it is what the server tells."""
        await self.leave()
        self._url = url
        self._messages, self._quiet = {}, set()
        self._socket = await connect(f"{url.replace('http', 'ws', 1)}/ws", proxy=None)
        await self._send({"type": "hello", "token": self._token})
        self._reading = asyncio.create_task(self._read(self._socket))
        await self.catches_up()

    async def leave(self) -> None:
        if self._socket is not None and self._reading is not None:
            await self._socket.close()
            await self._reading
        self._socket = None

    async def catches_up(self) -> None:
        """Frames come in order: what was sent before this answer has been read with it."""
        await self._asked({"type": "are you there"})

    async def types(self, text: str) -> None:
        await self._asked({"type": "say", "text": text})

    async def says_again(self, text: str) -> None:
        """As a page does whose connection broke before it heard that this was kept."""
        for _ in range(2):
            await self._asked({"type": "say", "text": text, "id": "once"})

    async def sends(self, name: str, content: bytes, caption: str) -> None:
        ref = f"file-{next(self._numbers)}"
        headers = {"authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(base_url=self._url, trust_env=False) as http:
            answer = await http.post(f"/upload/{ref}", content=content, headers=headers)
        assert answer.status_code == HTTPStatus.OK, answer.text
        media = mimetypes.guess_type(name)[0] or ""
        file = {"id": ref, "name": name, "media": media}
        await self._asked({"type": "share", "text": caption, "files": [file]})

    async def presses(self, button: str, times: int = 1) -> None:
        token = self._tokens()[button]
        presses = [self._asked({"type": "press", "token": token}) for _ in range(times)]
        await asyncio.gather(*presses)

    async def presses_old(self, button: str) -> None:
        assert button not in self._tokens(), f"{button!r} is still there"
        await self._asked({"type": "press", "token": self._pressed[button]})

    async def changes(self, label: str) -> None:
        rows = [row for frame in self._shown() for row in frame["show"].get("rows", ())]
        edits = [row["edit"]["token"] for row in rows if row["label"] == label and "edit" in row]
        await self._asked({"type": "press", "token": edits[-1]})

    async def fills_in(self, entries: Sequence[tuple[str, str]]) -> None:
        assert self._page is not None
        fields = {field["label"]: field for field in self._page["fields"]}
        for question, answer in entries:
            self._values[fields[question]["id"]] = _entered(fields[question], answer)
        sent = {"type": "submit", "token": self._page["token"], "values": self._values}
        await self._asked(sent)

    def chat(self) -> Sequence[Visible]:
        return [self._visible(ref, frame) for ref, frame in self._messages.items()]

    def page(self) -> str:
        if self._page is None:
            return ""
        shown = wording.lines(_REPLY.validate_python(self._page))
        return "\n".join([*shown, *(sentence for _, sentence in self._errors)])

    def _shown(self) -> list[Frame]:
        return list(self._messages.values())

    def _visible(self, ref: str, frame: Frame) -> Visible:
        shown = wording.lines(_SHOW.validate_python(frame["show"]))
        seen = wording.unpressable(shown)
        if "src" not in frame["show"]:
            seen = tuple(line for line in seen if not line.startswith(wording.PICTURE))
        text = "\n".join(seen)
        if ref in self._quiet:
            return Visible(ref, text)
        buttons, changes = wording.pressable(shown), wording.changeable(shown)
        return Visible(ref, text, tuple(buttons), tuple(changes))

    def _tokens(self) -> dict[str, str]:
        loud = (frame for frame in self._shown() if frame["ref"] not in self._quiet)
        return {one["text"]: one["token"] for frame in loud for one in _buttons(frame["show"])}

    async def _asked(self, frame: Frame) -> None:
        """Send it and wait until the server has answered it."""
        name = str(frame.get("id") or f"{self.address.account}-{next(self._numbers)}")
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        await self._send({"id": name, **frame})
        async with asyncio.timeout(PATIENCE):
            await answer

    async def _send(self, frame: Frame) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):  # the program ends: the page stays, and comes again
            async for text in socket:
                self._take(json.loads(text))

    def _take(self, frame: Frame) -> None:
        match frame["type"]:
            case "history":
                for message in frame["messages"]:
                    self._message(message)
            case "message":
                self._message(frame)
            case "strip":
                self._quiet.add(frame["ref"])
            case "kept" | "error":
                self._reply(frame.get("reply"))
                if frame["id"] in self._answers:
                    self._answers.pop(frame["id"]).set_result(frame)

    def _message(self, frame: Frame) -> None:
        if frame["from"] != "desk":
            return
        self._messages[frame["ref"]] = frame
        if frame.get("quiet"):
            self._quiet.add(frame["ref"])
        self._pressed |= {one["text"]: one["token"] for one in _buttons(frame["show"])}

    def _reply(self, reply: Frame | None) -> None:
        match reply:
            case {"type": "form_page", "fields": fields}:
                self._page, self._errors = reply, ()
                self._values = {field["id"]: field["initial"] for field in fields}
            case {"type": "form_errors", "errors": errors}:
                self._errors = errors
            case {"type": "form_closed"}:
                self._page, self._errors = None, ()


def _buttons(show: Frame) -> list[Frame]:
    kinds = ("choices", "controls", "buttons")
    return [button for kind in kinds for button in show.get(kind, ())]


def _entered(field: Frame, answer: str) -> list[str]:
    """Option ids for what is chosen by its text, else the words."""
    if not field["options"]:
        return [answer] if answer else []
    ids = {text: option for option, text in field["options"]}
    return [ids[one.strip()] for one in answer.split(",") if one.strip()]
