"""Keyboards: what a bot may hang under a message or in place of the typing box.

The shape of the JSON has been checked against the specification when it comes here; this file
knows the rules that the specification states in prose only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram.constants import InlineKeyboardMarkupLimit

from tests.standins.telegram.entities import link_fault
from tests.standins.telegram.refusals import bad_request

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
REQUESTS = (
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
STYLES = frozenset({"danger", "success", "primary"})
UNREADABLE = "can't parse inline keyboard button"
TEXT_ONLY = f"{UNREADABLE}: Text buttons are unallowed in the inline keyboard"


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; `action` is the one thing it does, None for a plain reply."""

    text: str
    action: str | None = None
    value: Any = None
    style: str | None = None

    @property
    def data(self) -> str | None:
        """The callback data, for a button that has some."""
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        return self.value if self.action == "url" else None

    def as_json(self) -> dict[str, Any]:
        shown = {"text": self.text, self.action or "": self.value, "style": self.style}
        return {name: value for name, value in shown.items() if name and value is not None}


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class InlineKeyboard:
    rows: Rows


@dataclass(frozen=True)
class ReplyKeyboard:
    rows: Rows
    one_time: bool = False
    placeholder: str | None = None


@dataclass(frozen=True)
class RemoveKeyboard:
    pass


@dataclass(frozen=True)
class ForceReply:
    placeholder: str | None = None


Keyboard = InlineKeyboard | ReplyKeyboard | RemoveKeyboard | ForceReply


def keyboard(markup: dict[str, Any] | None) -> Keyboard | None:
    """The keyboard that `reply_markup` describes.

    Raises:
        Refusal: it can't exist
    """
    match markup:
        case None:
            return None
        case {"inline_keyboard": rows}:
            return inline(rows)
        case {"keyboard": rows}:
            one_time = markup.get("one_time_keyboard", False)
            return ReplyKeyboard(_replies(rows), one_time, markup.get("input_field_placeholder"))
        case {"remove_keyboard": True}:
            return RemoveKeyboard()
        case {"force_reply": True}:
            return ForceReply(markup.get("input_field_placeholder"))
    raise bad_request("object expected as reply markup", "bad_keyboard")


def inline_only(markup: dict[str, Any] | None) -> InlineKeyboard | None:
    """The same where only an inline keyboard may stand: on a message that is edited.

    Raises:
        Refusal: another kind of keyboard, or one that can't exist
    """
    found = keyboard(markup)
    if found is None or isinstance(found, InlineKeyboard):
        return found
    raise bad_request("inline keyboard expected", "bad_keyboard")


def inline(rows: list[list[dict[str, Any]]]) -> InlineKeyboard:
    filled = [row for row in rows if row]
    if sum(map(len, filled)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("reply markup is too long", "bad_keyboard")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in filled):
        raise bad_request("reply markup is too long", "bad_keyboard")
    return InlineKeyboard(tuple(tuple(map(_inline_button, row)) for row in filled))


def _inline_button(row: dict[str, Any]) -> Button:
    _check_look(row, "inline keyboard button")
    used = [name for name in ACTIONS if name in row and (row[name] != "" or "switch" in name)]
    if not used:
        raise bad_request(TEXT_ONLY, "bad_keyboard")
    if len(used) > 1:
        text = f"{UNREADABLE}: only one of {', '.join(used)} may be used"
        raise bad_request(text, "bad_keyboard")
    _check_address(row, used[0])
    return Button(row["text"], used[0], row[used[0]], row.get("style"))


def _check_look(row: dict[str, Any], what: str) -> None:
    if not row["text"].strip():
        raise bad_request(f"{what} text must be non-empty", "bad_keyboard")
    if row.get("style", "primary") not in STYLES:
        raise bad_request(f"can't parse {what}: invalid button style", "bad_keyboard")


def _check_address(row: dict[str, Any], action: str) -> None:
    if action == "url" and (fault := link_fault(row["url"])):
        text = f"inline keyboard button URL '{row['url']}' is invalid: {fault}"
        raise bad_request(text, "bad_keyboard")
    if action == "web_app" and not row["web_app"]["url"].startswith("https://"):
        address = row["web_app"]["url"]
        why = "Only HTTPS links are allowed"
        text = f"inline keyboard button Web App URL '{address}' is invalid: {why}"
        raise bad_request(text, "bad_keyboard")
    if action == "pay":
        raise bad_request("BUTTON_TYPE_INVALID", "bad_keyboard")


def _replies(rows: list[list[Any]]) -> Rows:
    return tuple(tuple(map(_reply_button, row)) for row in rows if row)


def _reply_button(row: dict[str, Any] | str) -> Button:
    if isinstance(row, str):
        return _reply_button({"text": row})
    _check_look(row, "keyboard button")
    used = [name for name in REQUESTS if row.get(name)]
    if len(used) > 1:
        text = f"can't parse keyboard button: only one of {', '.join(used)} may be used"
        raise bad_request(text, "bad_keyboard")
    action = used[0] if used else None
    return Button(row["text"], action, row[action] if action else None, row.get("style"))
