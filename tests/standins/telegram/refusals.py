"""The Bot API's "no": status, description and the parameters that go with it.

The descriptions of `EXACT` are those that bots in the field see, so that a bot may tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.standins.telegram.violations import Kind

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
POLL_WITH_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)

# (method or type, parameter or field, kind of violation) -> description after "Bad Request: "
EXACT: dict[tuple[str, str, str], str] = {
    ("sendMessage", "text", "missing_parameter"): "message text is empty",
    ("sendMessage", "text", "under_limit"): "message text is empty",
    ("sendMessage", "text", "over_limit"): "message is too long",
    ("editMessageText", "text", "under_limit"): "message text is empty",
    ("editMessageText", "text", "over_limit"): "MESSAGE_TOO_LONG",
    ("answerCallbackQuery", "text", "over_limit"): "MESSAGE_TOO_LONG",
    ("setWebhook", "secret_token", "over_limit"): "secret token is too long",
    ("BotCommand", "command", "over_limit"): "BOT_COMMAND_INVALID",
    ("BotCommand", "description", "over_limit"): "BOT_COMMAND_DESCRIPTION_INVALID",
    ("BotCommand", "command", "under_limit"): "BOT_COMMAND_INVALID",
    ("BotCommand", "description", "under_limit"): "BOT_COMMAND_DESCRIPTION_INVALID",
    ("CopyTextButton", "text", "over_limit"): "BUTTON_COPY_TEXT_INVALID",
    ("CopyTextButton", "text", "under_limit"): "BUTTON_COPY_TEXT_INVALID",
    ("InlineKeyboardButton", "callback_data", "under_limit"): (
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    ),
    ("InlineKeyboardButton", "callback_data", "over_limit"): "BUTTON_DATA_INVALID",
    ("InlineKeyboardButton", "text", "missing_parameter"): (
        "can't parse inline keyboard button: Can't find field \"text\""
    ),
    ("KeyboardButton", "text", "missing_parameter"): (
        "can't parse keyboard button: Can't find field \"text\""
    ),
}


class Refusal(Exception):  # noqa: N818 - Telegram refuses; the bot is in error
    """Answered as `{"ok": false, "error_code": …, "description": …, "parameters": …}`.

    `violation` names the breach that this refusal shows, if it shows one.
    """

    def __init__(
        self, code: int, description: str, *, violation: Kind | None = None, **parameters: int
    ) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.violation = violation
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str, violation: Kind | None = None, **parameters: int) -> Refusal:
    return Refusal(400, f"Bad Request: {text}", violation=violation, **parameters)


def forbidden(text: str) -> Refusal:
    return Refusal(403, f"Forbidden: {text}")


def conflict(text: str, violation: Kind | None = None) -> Refusal:
    return Refusal(409, text, violation=violation)


def too_many_requests(retry_after: int) -> Refusal:
    """Telegram's flood limit; `retry_after` in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(new_chat: int) -> Refusal:
    """The group `chat_id` became the supergroup `new_chat`."""
    text = "group chat was upgraded to a supergroup chat"
    return bad_request(text, migrate_to_chat_id=new_chat)


def server_error(code: int = 500) -> Refusal:
    return Refusal(code, "Internal Server Error" if code == 500 else "Bad Gateway")


def exactly(owner: str, field: str, breach: str, otherwise: str) -> str:
    """How Telegram words this breach, or `otherwise` where its wording is unknown."""
    if field == "caption" and breach == "over_limit":
        return "message caption is too long"
    if field == "chat_id" and breach == "missing_parameter":
        return "chat_id is empty"
    return EXACT.get((owner, field, breach), otherwise)
