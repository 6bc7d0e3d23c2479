"""The methods that change or remove what stands in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.standins.telegram import composing
from tests.standins.telegram.calls import Call, acts
from tests.standins.telegram.chats import Chat
from tests.standins.telegram.keyboards import InlineKeyboard, inline_only
from tests.standins.telegram.messages import Message
from tests.standins.telegram.refusals import NOT_MODIFIED, Refusal, bad_request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

DELETABLE = 48 * 3600  # seconds after a message was sent


@acts("editMessageText")
async def edit_message_text(standin: TelegramStandin, call: Call) -> Any:
    message = _editable(standin, call)
    if "text" not in call.parameters:
        raise _without_text(call)
    formatted = composing.text(standin, call)
    if not formatted.text:
        raise bad_request("text must be non-empty", "over_limit")
    if message.media is not None:
        raise bad_request("there is no text in the message to edit", "bad_request")
    return _changed(standin, call, message, **composing.with_entities(formatted))


def _without_text(call: Call) -> Refusal:
    if "rich_message" in call.parameters:
        return composing.not_acted(call, "rich_message")
    return bad_request("message text is empty", "missing_parameter")


@acts("editMessageCaption")
async def edit_message_caption(standin: TelegramStandin, call: Call) -> Any:
    message = _editable(standin, call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit", "bad_request")
    formatted = composing.text(standin, call, "caption")
    return _changed(standin, call, message, **composing.with_entities(formatted))


@acts("editMessageReplyMarkup")
async def edit_message_reply_markup(standin: TelegramStandin, call: Call) -> Any:
    return _changed(standin, call, _editable(standin, call))


def _changed(standin: TelegramStandin, call: Call, message: Message, **content: Any) -> Any:
    """A keyboard that the call does not repeat is taken away."""
    content["keyboard"] = _keyboard(call)
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(NOT_MODIFIED)
    return standin.chats.message_json(standin.chats.edit(message, **content))


def _keyboard(call: Call) -> InlineKeyboard | None:
    found = inline_only(call.parameters.get("reply_markup"))
    return found if found is not None and found.rows else None


def _editable(standin: TelegramStandin, call: Call) -> Message:
    chat, message = _addressed(standin, call)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited", "foreign_message")
    if message.keyboard is not None and not isinstance(message.keyboard, InlineKeyboard):
        raise bad_request("message can't be edited", "bad_keyboard")
    return chat.messages[message.id]


def _addressed(standin: TelegramStandin, call: Call) -> tuple[Chat, Message | None]:
    if "inline_message_id" in call.parameters:
        raise composing.not_acted(call, "inline messages")
    if "chat_id" not in call.parameters:
        raise bad_request("chat_id is empty", "missing_parameter")
    if "message_id" not in call.parameters:
        raise bad_request("message identifier is not specified", "missing_parameter")
    chat = standin.chats.writable(call.parameters["chat_id"])
    message = chat.messages.get(call.parameters["message_id"])
    return chat, None if message is None or message.deleted else message


@acts("deleteMessage")
async def delete_message(standin: TelegramStandin, call: Call) -> bool:
    chat, message = _addressed(standin, call)
    if message is None:
        raise bad_request("message to delete not found")
    if refusal := _undeletable(standin, chat, message):
        raise refusal
    standin.chats.delete(message)
    return True


@acts("deleteMessages")
async def delete_messages(standin: TelegramStandin, call: Call) -> bool:
    chat = standin.chats.writable(call.parameters["chat_id"])
    found = [chat.messages.get(each) for each in call.parameters["message_ids"]]
    for message in found:
        if message is not None and not _undeletable(standin, chat, message):
            standin.chats.delete(message)
    return True


def _undeletable(standin: TelegramStandin, chat: Chat, message: Message) -> Refusal | None:
    if standin.clock.now() - message.date > DELETABLE:
        return bad_request("message can't be deleted for everyone")
    if message.from_bot or chat.kind == "private" or chat.bot == "administrator":
        return None
    return bad_request("message can't be deleted", "foreign_message")
