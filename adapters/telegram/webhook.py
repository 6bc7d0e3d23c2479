"""Telegram's calls to our web server. Answers 200 only when the update is kept.

Knows HTTP and the secret; the server is somebody else's.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping

from telegram.error import TelegramError

from adapters.telegram.inbound import Json, Me
from adapters.telegram.intake import Intake
from dialogs.limits import BODY
from dialogs.ports import HttpAnswer, HttpHook

PATH = "/telegram/webhook"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name, not a secret

_TAKEN = HttpAnswer(200)
_NOT_JSON = HttpAnswer(400, b"not an update")
_FOREIGN = HttpAnswer(403, b"not Telegram")
_TOO_LARGE = HttpAnswer(413, b"too large")
_LATER = HttpAnswer(503, b"not kept; send it again")


def webhook(secret: str, intake: Intake, who: Callable[[], Awaitable[Me]]) -> HttpHook:
    """Return the hook for `PATH`. `who` tells who the bot is, or raises TelegramError."""

    async def hook(body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        if not _from_telegram(headers, secret):
            return _FOREIGN
        if len(body) > BODY:
            return _TOO_LARGE
        update = _update(body)
        if update is None:
            return _NOT_JSON
        return await _answer(update)

    async def _answer(update: Json) -> HttpAnswer:
        try:
            kept = await intake.take(update, await who())
        except TelegramError:
            return _LATER
        return _TAKEN if kept else _LATER

    return hook


def _from_telegram(headers: Mapping[str, str], secret: str) -> bool:
    given = headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode(errors="replace"), secret.encode())


def _update(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and "update_id" in update else None
