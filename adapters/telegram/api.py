"""The Bot API's calls. Knows connections, deadlines and answers; nothing of dialogues or inboxes.

python-telegram-bot's Bot makes the calls. The four on every turn's path (updates, send, edit,
strip) take its answers unparsed: building a Message costs five times the call's own work (0.43 of
0.51 ms), and an answer it can't parse would make a message that was sent look as if it was not.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import Sequence
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError, TimedOut
from telegram.request import HTTPXRequest

from adapters.telegram.inbound import ALLOWED, Json
from adapters.telegram.keyboard import Keyboard

# Without it every flood answer warns of a coming change, from inside the error's own construction.
os.environ.setdefault("PTB_TIMEDELTA", "1")

DEADLINE = 25.0
"""Seconds that a call may take from begin to end; httpx's own limits only bound each step of it."""
GRACE = 15.0
"""Seconds beyond its long poll that `updates` may take."""

_UNREADABLE = "its answer can't be read"
_FIXED = {"parse_mode": "HTML", "link_preview_options": '{"is_disabled": true}'}
_CLOSING = 5.0  # seconds that a dead connection gets to say goodbye
_CHATTY = ("httpx", "httpcore", "telegram")  # they log addresses with the token in them


class Api(Bot):
    """The Bot, and the calls we make ourselves: these raise TelegramError and nothing else."""

    def __init__(self, token: str, base_url: str, file_base_url: str) -> None:
        """Make the connections, without using them yet. Addresses as of `api.telegram.org`."""
        hush()
        self._polls = _wire(1)
        self._calls = _wire(64)
        super().__init__(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{file_base_url.rstrip('/')}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )

    async def updates(self, offset: int | None, seconds: int) -> Sequence[Json]:
        """Confirm all updates before `offset` and wait up to `seconds` for some more."""
        data = {"timeout": seconds, "offset": offset, "allowed_updates": ALLOWED}
        found = await self._post("getUpdates", data, read_timeout=seconds + GRACE)
        if not isinstance(found, list) or not all("update_id" in each for each in found):
            raise TelegramError(_UNREADABLE)
        return found

    async def waiting(self) -> int:
        """Return how many updates nobody has fetched. Asking takes nothing from who polls."""
        found = await self._post("getWebhookInfo")
        if not isinstance(found, dict) or not isinstance(found.get("pending_update_count"), int):
            raise TelegramError(_UNREADABLE)
        return int(found["pending_update_count"])

    async def send(self, chat: str, text: str, keyboard: Keyboard) -> int:
        """Return the new message's id."""
        sent = await self._post("sendMessage", {**_FIXED, "chat_id": chat, **_body(text, keyboard)})
        return _message_id(sent)

    async def send_picture(self, chat: str, png: bytes, caption: str, keyboard: Keyboard) -> int:
        """Return the new message's id."""
        named = {key: value for key, value in _body(caption, keyboard).items() if key != "text"}
        data = {"chat_id": chat, "parse_mode": "HTML", "caption": caption, **named}
        photo = InputFile(png, filename="picture.png")
        return _message_id(await self._post("sendPhoto", {**data, "photo": photo}))

    async def edit(self, chat: str, message: int, text: str, keyboard: Keyboard) -> None:
        place = {"chat_id": chat, "message_id": message}
        await self._post("editMessageText", {**_FIXED, **place, **_body(text, keyboard)})

    async def strip(self, chat: str, message: int) -> None:
        """Take the buttons off a message."""
        await self._post("editMessageReplyMarkup", {"chat_id": chat, "message_id": message})

    async def content(self, file_id: str, most: int) -> bytes | None:
        """Return what a file holds; None where that is more than `most` bytes."""
        file = await self.get_file(file_id)
        if (file.file_size or 0) > most:
            return None
        async with asyncio.timeout(DEADLINE):
            content = bytes(await file.download_as_bytearray())
        return content if len(content) <= most else None

    async def renew(self) -> None:
        """Poll over a fresh connection from now on: a dead one would be waited for for ever."""
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_CLOSING):
                await self._polls.shutdown()
        await self._polls.initialize()

    async def close_connections(self) -> None:
        await self._polls.shutdown()
        await self._calls.shutdown()

    async def _post(self, endpoint: str, data: Any = None, **limits: Any) -> Any:
        """Put a deadline around every call of the Bot, whichever of its methods makes it."""
        deadline = limits["read_timeout"] if endpoint == "getUpdates" else DEADLINE
        try:
            async with asyncio.timeout(deadline):
                return await super()._post(endpoint, data, **limits)
        except TimeoutError:
            raise TimedOut(f"no answer within {deadline:g} s") from None
        except LookupError:
            raise TelegramError(_UNREADABLE) from None


class Wire(HTTPXRequest):
    """python-telegram-bot's connection, without its habit of logging what it could not read."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError(_UNREADABLE) from None
        if not isinstance(answer, dict):
            raise TelegramError(_UNREADABLE)
        return answer


def _wire(connections: int) -> Wire:
    return Wire(
        connections, read_timeout=15.0, write_timeout=10.0, connect_timeout=10.0, pool_timeout=10.0
    )


def hush() -> None:
    """Keep the libraries below us from logging the token, however talkative the rest may be."""
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _body(text: str, keyboard: Keyboard) -> dict[str, str]:
    if not keyboard:
        return {"text": text}
    return {"text": text, "reply_markup": json.dumps({"inline_keyboard": keyboard})}


def _message_id(sent: Any) -> int:
    if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
        raise TelegramError(_UNREADABLE)
    return int(sent["message_id"])
