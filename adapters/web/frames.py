"""The page's small protocol (docs/web.md): what it sends as values, what it is sent as JSON.

Reads and cleans; knows no connection and no dialogue.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import TypeAdapter

from dialogs.drawings import Drawing
from dialogs.events import FromPerson, Pressed, Said, Shared, Submitted
from dialogs.files import Attached, attached
from dialogs.limits import FILES
from dialogs.ports import Receipt
from dialogs.rows import Message
from dialogs.shows import FormReply, Picture, Show

FRAME_LIMIT = 64_000
"""Characters of one frame; the page keeps to less."""
HISTORY = 200
"""Messages that a page is given when it opens."""
Frame = Mapping[str, Any]
Why = Literal["not_understood", "too_long", "store", "file_many", "file_gone"]
CHANNEL = "web"

_SHOW: TypeAdapter[Show] = TypeAdapter(Show)
_REPLY: TypeAdapter[FormReply] = TypeAdapter(FormReply)
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KINDS = {"image": "photo", "audio": "voice"}
"""What a message with a file is, by the first word of its media type."""
_UNTOLD = re.compile("[\x00\ud800-\udfff]")
"""No text holds these, and no store takes them."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame: who opens the page."""

    token: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Something a person did; the page sends it again with the same id until it is kept."""

    id: str
    event: FromPerson


@dataclass(frozen=True, slots=True)
class Bad:
    """A frame that is none."""

    why: Why
    id: str = ""


def read(text: str) -> Hello | Sent | Bad:
    """Read a frame of a page."""
    if len(text) > FRAME_LIMIT:
        return Bad("too_long")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return Bad("not_understood")
    return _read(frame) if isinstance(frame, dict) else Bad("not_understood")


def _read(frame: Frame) -> Hello | Sent | Bad:
    if frame.get("type") == "hello":
        return Hello(str(frame.get("token", "")))
    name = frame.get("id")
    if not isinstance(name, str) or not ID.fullmatch(name):
        return Bad("not_understood")
    if len(_listed(frame)) > FILES:
        return Bad("file_many", name)
    event = _event(frame)
    return Bad("not_understood", name) if event is None else Sent(name, event)


def _event(frame: Frame) -> FromPerson | None:
    match frame:
        case {"type": "say", "text": str(text)} if text.strip():
            return Said(_told(text).removeprefix("/"), command=text.startswith("/"))
        case {"type": "share", "text": str(text)}:
            return _shared(_told(text).strip(), _listed(frame))
        case {"type": "press", "token": str(token)}:
            return Pressed(_told(token))
        case {"type": "submit", "token": str(token), "values": dict(values)}:
            given = {_told(str(key)): _texts(value) for key, value in values.items()}
            return Submitted(_told(token), given)
        case _:
            return None


def _listed(frame: Frame) -> Sequence[Any]:
    files = frame.get("files")
    return files if frame.get("type") == "share" and isinstance(files, list) else ()


def _shared(text: str, listed: Sequence[Any]) -> Shared | None:
    """Files that were uploaded before, by the page's ids; how large they are, the store knows."""
    files = [file for one in listed if (file := _file(one))]
    if not files or len(files) < len(listed):
        return None
    media = str(listed[0].get("media", "")).partition("/")[0]
    return Shared(_KINDS.get(media, "file"), tuple(files), text)


def _file(one: object) -> Attached | None:
    match one:
        case {"id": str(ref), "name": str(name)} if ID.fullmatch(ref):
            return attached(CHANNEL, ref, _told(name), 0)
        case _:
            return None


def _texts(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    return tuple(_told(str(one)) for one in several if one is not None)


def _told(text: str) -> str:
    return _UNTOLD.sub("\ufffd", text)


def from_person(ref: str, at: int, said: Said | Shared) -> Frame:
    frame = {"type": "message", "ref": ref, "at": at, "from": "person"}
    if isinstance(said, Shared):
        files = [{"name": one.name, "size": one.size} for one in said.files]
        return {**frame, "text": said.caption, "files": files}
    return {**frame, "text": f"/{said.text}" if said.command else said.text}


def from_desk(ref: str, at: int, show: Show, picture: str = "") -> Frame:
    """`picture` is the address where the page finds what a `Picture` shows."""
    bare = replace(show, png=b"") if isinstance(show, Picture) else show
    shown = _SHOW.dump_python(bare, mode="json")
    if picture:
        shown["src"] = picture
    return {"type": "message", "ref": ref, "at": at, "from": "desk", "show": shown}


def strip(ref: str) -> Frame:
    """Take the buttons of a message: something newer stands below it."""
    return {"type": "strip", "ref": ref}


def kept(name: str, receipt: Receipt) -> Frame:
    frame: Frame = {"type": "kept", "id": name, "new": receipt.new}
    if receipt.reply is None:
        return frame
    return {**frame, "reply": _REPLY.dump_python(receipt.reply, mode="json")}


def error(why: Why, name: str = "") -> Frame:
    """`store` asks for the same frame again; nothing else gets better by that."""
    return {"type": "error", "why": why, "id": name}


def drawing_of(rows: Sequence[Message], ref: str) -> Drawing | None:
    """What the picture of that message shows; None where there is no such message any more."""
    for row in rows:
        frame = json.loads(row.body)
        if frame.get("ref") == ref and frame.get("show", {}).get("src"):
            show = _SHOW.validate_python(frame["show"])
            return show.drawing if isinstance(show, Picture) else None
    return None


def history(rows: Sequence[Message]) -> Frame:
    """All that is kept, oldest first, as it is to be seen now."""
    frames = [json.loads(row.body) for row in rows]
    quiet = {frame["ref"] for frame in frames if frame["type"] == "strip"}
    messages = [
        {**frame, "quiet": frame["ref"] in quiet} for frame in frames if frame["type"] == "message"
    ]
    more = len(messages) > HISTORY
    return {"type": "history", "messages": messages[-HISTORY:], "more": more}


def written(frame: Frame) -> str:
    return json.dumps(frame, ensure_ascii=False)
