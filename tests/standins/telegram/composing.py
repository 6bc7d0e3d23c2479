"""What the methods that write a message have in common: text, file, keyboard, reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.constants import FileSizeLimit

from tests.standins.telegram import entities, markup
from tests.standins.telegram.calls import Call, Upload
from tests.standins.telegram.chats import Chat
from tests.standins.telegram.detection import with_detected
from tests.standins.telegram.entities import Entity, Formatted
from tests.standins.telegram.keyboards import keyboard
from tests.standins.telegram.messages import Media
from tests.standins.telegram.refusals import Refusal, bad_request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

LEFT_OUT = ("direct_messages_topic_id", "suggested_post_parameters", "rich_message")


def text(standin: TelegramStandin, call: Call, field: str = "text") -> Formatted:
    """The text or caption of a call, with its entities, as Telegram will keep it.

    Raises:
        Refusal: its markup or its entities can't be read
    """
    read = entities.settled(_read(call, field))
    known, unknown = _known(read.entities, standin)
    lost = (*read.lost, *(f"mention of the unknown user {each}" for each in unknown))
    for each in lost:
        standin.violations.record("lost_formatting", call.method, each)
    return Formatted(read.text, with_detected(read.text, known))


def _read(call: Call, field: str) -> Formatted:
    given = call.parameters.get(field, "")
    rows = call.parameters.get("entities" if field == "text" else "caption_entities", [])
    match call.parameters.get("parse_mode", "").lower():
        case "html":
            return markup.parse(given)
        case "":
            return Formatted(given, entities.checked(rows, given))
        case "markdown" | "markdownv2":
            raise not_acted(call, "parse_mode other than HTML")
        case _:
            raise bad_request("unsupported parse_mode", "bad_request")


def _known(
    found: tuple[Entity, ...], standin: TelegramStandin
) -> tuple[tuple[Entity, ...], list[int]]:
    unknown = [each.user_id for each in found if each.user_id not in {None, *standin.chats.users}]
    known = tuple(each for each in found if each.user_id not in unknown or each.user_id is None)
    return known, [each for each in unknown if each is not None]


def options(chat: Chat, call: Call) -> dict[str, Any]:
    """The parts of a message that every sending method takes: keyboard, reply, protection.

    Raises:
        Refusal: one of them can't be
    """
    _check_left_out(call)
    return {
        "keyboard": keyboard(call.parameters.get("reply_markup")),
        "reply_to": _replied(chat, call),
        "protected": call.parameters.get("protect_content", False),
    }


def _check_left_out(call: Call) -> None:
    if "business_connection_id" in call.parameters:
        raise bad_request("business connection not found", "bad_request")
    if "message_thread_id" in call.parameters:
        raise bad_request("message thread not found", "bad_request")
    for name in LEFT_OUT:
        if name in call.parameters:
            raise not_acted(call, name)


def _replied(chat: Chat, call: Call) -> int | None:
    wanted = call.parameters.get("reply_parameters")
    if wanted is None:
        return None
    if set(wanted) - {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise not_acted(call, "a reply that quotes")
    message = chat.messages.get(wanted["message_id"])
    if message is not None and not message.deleted:
        return message.id
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def file(standin: TelegramStandin, call: Call, kind: str) -> Media:
    """The file that a call sends as `kind`: uploaded with it, or known by its identifier.

    Raises:
        Refusal: there is no such file, or it is too large
    """
    given = call.parameters[kind]
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.uploads.get(given.removeprefix("attach://"), given)
    if isinstance(given, Upload):
        return _uploaded(standin, given, kind)
    if given.startswith(("http://", "https://")):
        raise not_acted(call, "a file by its address")
    known = standin.files.get(given)
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind} as {kind}", "bad_request")
    return known


def _uploaded(standin: TelegramStandin, upload: Upload, kind: str) -> Media:
    if len(upload.content) > FileSizeLimit.FILESIZE_UPLOAD:
        raise Refusal(413, "Request Entity Too Large", violation="over_limit")
    if not upload.content:
        raise bad_request("file must be non-empty", "bad_request")
    return standin.files.keep(kind, upload.name, upload.content)


def not_acted(call: Call, what: str) -> Refusal:
    """A refusal that the real Telegram would not give: the stand-in has its limits too."""
    detail = f"the stand-in does not carry out {what}; teach it, or do without"
    return bad_request(f"{call.method}: {detail}", "not_acted")


def with_entities(formatted: Formatted) -> dict[str, Any]:
    return {"text": formatted.text, "entities": formatted.entities}
