"""Telegram's side of the bench: parsed updates in, requests captured; no network."""

import json
from typing import Any

from telegram import Bot, Update
from telegram.request import BaseRequest


class Captured(BaseRequest):
    """Takes each request where the network would begin, and answers as Telegram does."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: Any = None, **_: Any
    ) -> tuple[int, bytes]:
        if url.endswith("/getMe"):
            result: Any = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench"}
        else:
            given = request_data.parameters if request_data else {}
            self.sent.append(given.get("text", ""))
            chat = {"id": given.get("chat_id", 1), "type": "private"}
            result = {"message_id": len(self.sent), "date": 1, "chat": chat, "text": "-"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


def update(number: int, user: int, text: str, bot: Bot | None = None) -> Update:
    """A message as Telegram sends it, parsed by python-telegram-bot."""
    person = {"id": user, "is_bot": False, "first_name": "P"}
    message: dict[str, Any] = {
        "message_id": number,
        "date": 1_795_180_000,
        "chat": {"id": user, "type": "private", "first_name": "P"},
        "from": person,
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    parsed = Update.de_json({"update_id": number, "message": message}, bot)
    assert parsed is not None
    return parsed
