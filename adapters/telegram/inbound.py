"""A Telegram update, as the Bot API sends it, as an Arrival. Pure; knows no bot and no inbox.

It reads the JSON itself: of the hundred types that python-telegram-bot builds from an update (0.15
to 0.37 ms) nine values are needed (0.005 ms), and what it can't read would cost the whole batch.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.events import Arrival, FromPerson, Pressed, Said, Shared
from dialogs.files import Attached, attached
from dialogs.people import Address

Json = Mapping[str, Any]

ALLOWED = ("message", "edited_message", "callback_query")
"""The updates that are asked for; others are not even delivered."""

KINDS: Mapping[str, str] = {
    "voice": "voice",
    "sticker": "sticker",
    "dice": "sticker",
    "photo": "photo",
    "paid_media": "photo",
    "story": "photo",
    "animation": "video",  # comes with `document` too, so it stands before it
    "video": "video",
    "video_note": "video",
    "document": "file",
    "audio": "file",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "poll": "poll",
    "checklist": "poll",
}
"""What a message can hold instead of words, and the kind it is shared as."""

FILES: Mapping[str, str] = {
    "voice": "voice.ogg",
    "photo": "photo.jpg",
    "video": "video.mp4",
    "video_note": "video.mp4",
    "document": "file",
    "audio": "audio.mp3",
}
"""What of it is a file, and its name where the sender gave none."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
_GREATEST = 2**52
"""Telegram promises that its ids have at most 52 significant bits."""
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # no database keeps these


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is."""

    id: int
    username: str


def read(update: Json, me: Me, now: int) -> Arrival | None:
    """Return what happened, or None where it concerns nobody.

    `now` is the time of receipt, epoch milliseconds: Telegram does not say when a button was
    pressed.

    Raises:
        LookupError, TypeError, ValueError: it is no update as Telegram documents it.
    """
    key = f"tg:{me.id}:{_whole(update['update_id'])}"
    match update:
        case {"message": message}:
            return _arrival(key, message, _content(message, me), "date")
        case {"edited_message": message}:
            return _arrival(key, message, _edit(message), "edit_date")
        case {"callback_query": query}:
            return _press(key, query, now)
    return None


def query_id(update: Json) -> str | None:
    """Return the id of the button press that the platform waits to have answered, if it is one."""
    query = update.get("callback_query")
    return str(query["id"]) if query else None


def _arrival(key: str, message: Json, event: FromPerson | None, dated: str) -> Arrival | None:
    sender = message.get("from")
    if event is None or sender is None or sender["is_bot"]:
        return None
    address = _address(sender, message["chat"])
    return Arrival(key, address, _whole(message[dated]) * 1000, event)


def _press(key: str, query: Json, now: int) -> Arrival | None:
    message, token = query.get("message"), query.get("data")
    if message is None or token is None or query["from"]["is_bot"]:
        return None  # a game, or a message that was sent by way of inline mode
    return Arrival(key, _address(query["from"], message["chat"]), now, Pressed(_words(token)))


def _content(message: Json, me: Me) -> FromPerson | None:
    private = message["chat"]["type"] == "private"
    if "text" not in message:
        return _shared(message) if private else None
    text = _words(message["text"])
    command = _COMMAND.fullmatch(text)
    if private:
        return _command(command) if command else Said(text)
    return _command(command) if command and _names(command[2], me) else None


def _command(found: re.Match[str]) -> Said:
    return Said(f"{found[1]} {found[3] or ''}".strip(), command=True)


def _names(addressee: str | None, me: Me) -> bool:
    """In a group only commands that name the bot are meant for it."""
    return addressee is not None and addressee.casefold() == me.username.casefold()


def _shared(message: Json) -> Shared | None:
    key = next((key for key in KINDS if key in message), None)
    if key is None:
        return None
    caption = _words(message.get("caption", ""))
    return Shared(KINDS[key], _files(key, message[key]), caption)


def _files(key: str, content: Any) -> tuple[Attached, ...]:
    """Where it can be had; of a photo the largest of its sizes, which come smallest first."""
    if key not in FILES:
        return ()
    told = content[-1] if key == "photo" else content
    name = _words(told.get("file_name") or FILES[key])
    size = _whole(told.get("file_size", 0))
    return (attached("telegram", _words(told["file_id"]), name, size),)


def _edit(message: Json) -> Shared | None:
    """A live location moves by edits, every few seconds: that is nobody's correction."""
    private = message["chat"]["type"] == "private"
    return Shared("edit") if private and "location" not in message else None


def _address(sender: Json, chat: Json) -> Address:
    account, place = str(_whole(sender["id"])), str(_whole(chat["id"]))
    return Address("telegram", account, place, shared=chat["type"] != "private")


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    if abs(value) >= _GREATEST:
        raise ValueError("greater than any number of Telegram's")
    return value


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return _UNFIT.sub("\ufffd", value)
