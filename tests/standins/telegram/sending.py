"""The methods that put something new into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.standins.telegram import composing, files
from tests.standins.telegram.calls import Call, Upload, acts
from tests.standins.telegram.messages import Message
from tests.standins.telegram.refusals import bad_request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@acts("sendMessage")
async def send_message(standin: TelegramStandin, call: Call) -> Any:
    chat = standin.chats.writable(call.parameters["chat_id"])
    formatted = composing.text(standin, call)
    if not formatted.text:
        raise bad_request("text must be non-empty", "over_limit")
    content = composing.with_entities(formatted) | composing.options(chat, call)
    content["preview"] = call.parameters.get("link_preview_options")
    return _shown(standin, standin.chats.post(chat, standin.bot, **content))


@acts("sendPhoto")
async def send_photo(standin: TelegramStandin, call: Call) -> Any:
    given = call.parameters["photo"]
    if isinstance(given, Upload):
        files.check_photo(given.content)
    return _send_file(standin, call, "photo")


@acts("sendDocument")
async def send_document(standin: TelegramStandin, call: Call) -> Any:
    return _send_file(standin, call, "document")


def _send_file(standin: TelegramStandin, call: Call, kind: str) -> Any:
    chat = standin.chats.writable(call.parameters["chat_id"])
    formatted = composing.text(standin, call, "caption")
    content = composing.with_entities(formatted) | composing.options(chat, call)
    content["media"] = composing.file(standin, call, kind)
    return _shown(standin, standin.chats.post(chat, standin.bot, **content))


@acts("sendChatAction")
async def send_chat_action(standin: TelegramStandin, call: Call) -> bool:
    chat = standin.chats.writable(call.parameters["chat_id"])
    if call.parameters["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request", "bad_request")
    standin.chats.shows_typing(chat)
    return True


def _shown(standin: TelegramStandin, message: Message) -> dict[str, Any]:
    return standin.chats.message_json(message)
