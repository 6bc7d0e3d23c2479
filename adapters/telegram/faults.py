"""What an error of Telegram means for us. No text that leaves here holds the token.

python-telegram-bot puts the address it called, the server's whole answer or even the token itself
into its messages, so these are never shown as they are.
"""

import re
from functools import cache

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from dialogs.errors import ChatClosed, ChatDenied, ChatMoved, ChatRefused, ChatUnavailable

UNKNOWN_BOT = (
    "Telegram does not know this bot; put the token that @BotFather shows into"
    " DEALDESK_TELEGRAM_TOKEN (and, with a Bot API server of your own, check"
    " DEALDESK_TELEGRAM_BASE_URL)"
)
_CLOSED = re.compile(
    "chat not found|user is deactivated|peer_id_invalid|group chat was deactivated|"
    "not enough rights to send|have no rights to send|chat_write_forbidden",
    re.IGNORECASE,
)
"""Of the bad requests, those that no other message would mend."""
_LONGEST = 200  # characters; an error may carry a proxy's whole web page
_HIDDEN = "<token>"


def fault(error: TelegramError, token: str) -> ChatUnavailable | ChatRefused | ChatMoved:
    """Return the error that says who can act.

    The order matters: to python-telegram-bot a BadRequest is a NetworkError.
    """
    match error:
        case RetryAfter():
            return ChatUnavailable("Telegram asks to wait", waiting_time(error))
        case InvalidToken():
            return ChatDenied(UNKNOWN_BOT)
        case ChatMigrated():
            return ChatMoved(str(error.new_chat_id))
        case Forbidden() | BadRequest():
            closed = isinstance(error, Forbidden) or _CLOSED.match(error.message)
            kind = ChatClosed if closed else ChatRefused
            return kind(f"Telegram refuses: {told(error, token)}")
        case _:
            return ChatUnavailable(f"Telegram can't be reached: {told(error, token)}")


def told(error: Exception, token: str) -> str:
    """Return the error's own words, short and without the token."""
    text = " ".join(str(error).split()) or type(error).__name__
    text = _secret(token).sub(_HIDDEN, text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@cache
def _secret(token: str) -> re.Pattern[str]:
    """Match the token in any spelling: python-telegram-bot even changes its capitals."""
    number, _, key = token.partition(":")
    return re.compile(rf"(?:{re.escape(number)}(?::|%3A))?{re.escape(key)}", re.IGNORECASE)


def unchanged(error: BadRequest) -> bool:
    """Tell whether an edit was refused because the message says just that already."""
    return error.message.casefold().startswith("message is not modified")


def waiting_time(error: RetryAfter) -> float:
    """Return the seconds Telegram asks for."""
    wait = error.retry_after
    return float(wait if isinstance(wait, int | float) else wait.total_seconds())
