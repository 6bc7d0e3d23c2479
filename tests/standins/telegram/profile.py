"""The methods by which the bot looks after itself (texts, commands, menu) and looks around."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.calls import Act, Call, acts
from tests.standins.telegram.refusals import bad_request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_guest_queries": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
}
DEFAULT_SCOPE = {"type": "default"}
TEXTS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


@dataclass
class Profile:
    """Commands by scope and language, texts by kind and language, menu buttons by chat."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language: str | None) -> list[dict[str, str]]:
        """The commands a person sees in a chat: the closest scope, their language first."""
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (_key({"type": "chat", "chat_id": chat_id}), kind, "default"):
            for each in (language or "", ""):
                if found := self.commands.get((scope, each)):
                    return found
        return []

    def text(self, kind: str, language: str | None) -> str:
        """A text of the bot in a language, or in the one that is for everybody."""
        return self.texts.get((kind, language or "")) or self.texts.get((kind, ""), "")


@acts("getMe")
async def get_me(standin: TelegramStandin, call: Call) -> Any:
    return standin.bot.as_json() | _ABILITIES


@acts("setMyCommands")
async def set_my_commands(standin: TelegramStandin, call: Call) -> bool:
    for each in call.parameters["commands"]:
        if not re.fullmatch(r"[a-z0-9_]+", each["command"]):
            raise bad_request("BOT_COMMAND_INVALID", "bad_request")
    standin.profile.commands[_place(call)] = call.parameters["commands"]
    standin.chats.changes.notify()
    return True


@acts("getMyCommands")
async def get_my_commands(standin: TelegramStandin, call: Call) -> Any:
    return standin.profile.commands.get(_place(call), [])


@acts("deleteMyCommands")
async def delete_my_commands(standin: TelegramStandin, call: Call) -> bool:
    standin.profile.commands.pop(_place(call), None)
    return True


def _place(call: Call) -> tuple[str, str]:
    scope = call.parameters.get("scope", DEFAULT_SCOPE)
    return _key(scope), call.parameters.get("language_code", "")


def _key(scope: dict[str, Any]) -> str:
    return " ".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)


def _text_setter(kind: str) -> Act:
    async def act(standin: TelegramStandin, call: Call) -> bool:
        language = call.parameters.get("language_code", "")
        standin.profile.texts[kind, language] = call.parameters.get(kind, "")
        return True

    return act


def _text_getter(kind: str) -> Act:
    async def act(standin: TelegramStandin, call: Call) -> dict[str, str]:
        found = standin.profile.text(kind, call.parameters.get("language_code"))
        return {kind: found or (standin.bot.first_name if kind == "name" else "")}

    return act


for _name, _kind in TEXTS.items():
    acts(f"setMy{_name}")(_text_setter(_kind))
    acts(f"getMy{_name}")(_text_getter(_kind))


@acts("setChatMenuButton")
async def set_chat_menu_button(standin: TelegramStandin, call: Call) -> bool:
    chat_id = call.parameters.get("chat_id")
    if chat_id is not None:
        standin.chats.writable(chat_id)
    standin.profile.menu_buttons[chat_id] = call.parameters.get("menu_button", DEFAULT_SCOPE)
    return True


@acts("getChatMenuButton")
async def get_chat_menu_button(standin: TelegramStandin, call: Call) -> Any:
    buttons = standin.profile.menu_buttons
    return buttons.get(call.parameters.get("chat_id")) or buttons.get(None) or {"type": "commands"}


@acts("getChat")
async def get_chat(standin: TelegramStandin, call: Call) -> Any:
    chat = standin.chats.writable(call.parameters["chat_id"])
    return standin.chats.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@acts("getChatMember")
async def get_chat_member(standin: TelegramStandin, call: Call) -> Any:
    chat = standin.chats.writable(call.parameters["chat_id"])
    user = standin.chats.users.get(call.parameters["user_id"])
    if user is None:
        raise bad_request("user not found")
    present = user.id in chat.members or user.is_bot
    return {"status": "member" if present else "left", "user": user.as_json()}
