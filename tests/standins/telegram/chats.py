"""The chats: who is in them, what was said in them, and whether the bot may write there.

Keeps the state and its JSON; what a method may change is in the files of the methods.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from tests.standins.telegram.changes import Change, Changes
from tests.standins.telegram.keyboards import (
    ForceReply,
    RemoveKeyboard,
    ReplyKeyboard,
)
from tests.standins.telegram.messages import Message, User, entity_json, keyboard_json
from tests.standins.telegram.refusals import Refusal, bad_request, forbidden, migrated

if TYPE_CHECKING:
    from tests.standins.telegram.clock import Clock

TYPING_LASTS = 5.0  # seconds that "typing…" is shown


@dataclass
class Composer:
    """What a person has at the bottom of a chat: a keyboard, a message they are asked to answer."""

    keyboard: ReplyKeyboard | None = None
    replying_to: int | None = None
    placeholder: str | None = None

    def answered(self) -> int | None:
        """The message that the bot asked to answer is answered; which one it was."""
        answered, self.replying_to = self.replying_to, None
        if answered is not None:
            self.placeholder = None
        return answered

    def used(self) -> None:
        """A button of the keyboard was pressed; some keyboards are gone then."""
        if self.keyboard is not None and self.keyboard.one_time:
            self.keyboard = self.placeholder = None


@dataclass
class Chat:
    """`bot` is the bot's standing; in a private chat "left": not started, "kicked": blocked."""

    id: int
    kind: Literal["private", "group", "supergroup"]
    title: str
    members: list[int]
    bot: Literal["left", "member", "administrator", "kicked"] = "member"
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    composers: dict[int, Composer] = field(default_factory=dict)
    typing_until: float = 0.0

    def composer(self, user_id: int) -> Composer:
        return self.composers.setdefault(user_id, Composer())

    def visible(self) -> list[Message]:
        """The messages a person sees, oldest first."""
        return [each for each in self.messages.values() if not each.deleted]


class Chats:
    """All chats and everybody in them."""

    def __init__(self, clock: Clock, bot: User) -> None:
        self.clock = clock
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.all: dict[int, Chat] = {}
        self.changes = Changes()
        self._ids = itertools.count(random.randint(10, 9_999))

    def today(self) -> int:
        """The present as messages carry it: whole seconds since the epoch."""
        return int(self.clock.now())

    def of(self, user_id: int) -> list[Chat]:
        """The chats that a person is in, the private one first."""
        return [chat for chat in self.all.values() if user_id in chat.members]

    def writable(self, chat_id: int | str) -> Chat:
        """The chat that the bot may write to under this identifier.

        Raises:
            Refusal: there is none, it has moved, or the bot may not write there
        """
        chat = self.all.get(chat_id) if isinstance(chat_id, int) else None
        if chat_id == self.bot.id:
            raise forbidden("bots can't send messages to bots")
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.bot in {"left", "kicked"}:
            raise _unwelcome(chat)
        return chat

    def post(self, chat: Chat, sender: User, **content: Any) -> Message:
        """Add a message to a chat; a keyboard it brings takes its place."""
        message = Message(next(self._ids), chat.id, sender, self.today(), **content)
        chat.messages[message.id] = message
        if sender.is_bot:
            chat.typing_until = 0.0
            self._lay_out(chat, message)
        self.changes.record(Change("sent", message))
        return message

    def edit(self, message: Message, **changes: Any) -> Message:
        """Change a message; everybody sees that it was edited, and when."""
        edited = replace(message, **changes, edit_date=max(self.today(), message.date))
        self.all[message.chat_id].messages[message.id] = edited
        self.changes.record(Change("edited", edited))
        return edited

    def delete(self, message: Message) -> None:
        """Take a message out of everybody's sight."""
        gone = replace(message, deleted=True)
        self.all[message.chat_id].messages[message.id] = gone
        self.changes.record(Change("deleted", gone))

    def shows_typing(self, chat: Chat) -> None:
        chat.typing_until = self.clock.now() + TYPING_LASTS
        self.changes.notify()

    def _lay_out(self, chat: Chat, message: Message) -> None:
        for member in chat.members:
            composer = chat.composer(member)
            match message.keyboard:
                case ReplyKeyboard(placeholder=hint) as keyboard:
                    composer.keyboard, composer.placeholder = keyboard, hint
                case RemoveKeyboard():
                    composer.keyboard = composer.placeholder = None
                case ForceReply(placeholder=hint):
                    composer.replying_to, composer.placeholder = message.id, hint

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        if chat.kind != "private":
            return {"id": chat.id, "type": chat.kind, "title": chat.title}
        user = self.users[chat.id].as_json()
        names = ("first_name", "last_name", "username")
        return {"id": chat.id, "type": "private"} | {
            name: user[name] for name in names if name in user
        }

    def message_json(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """The message as the Bot API shows it; only inline keyboards are echoed."""
        chat = self.all[message.chat_id]
        shown: dict[str, Any] = {
            "message_id": message.id,
            "from": message.sender.as_json(),
            "chat": self.chat_json(chat),
            "date": message.date,
            **self._content(message),
            **message.service,
        }
        if with_reply and message.reply_to in chat.messages:
            original = chat.messages[message.reply_to]
            shown["reply_to_message"] = self.message_json(original, with_reply=False)
        return shown | self._marks(message)

    def _content(self, message: Message) -> dict[str, Any]:
        entities = [entity_json(each, self.users) for each in message.entities]
        prefix = ""
        shown: dict[str, Any] = {}
        if message.media is not None:
            prefix = "caption_"
            shown[message.media.kind] = message.media.as_json()
        if message.text:
            shown["caption" if prefix else "text"] = message.text
        return shown | ({f"{prefix}entities": entities} if entities else {})

    def _marks(self, message: Message) -> dict[str, Any]:
        marks = {
            "edit_date": message.edit_date,
            "has_protected_content": message.protected,
            "link_preview_options": message.preview,
            "reply_markup": keyboard_json(message.rows) if message.rows else None,
        }
        return {name: value for name, value in marks.items() if value}


def _unwelcome(chat: Chat) -> Refusal:
    if chat.kind == "private":
        never = "bot can't initiate conversation with a user"
        return forbidden(never if chat.bot == "left" else "bot was blocked by the user")
    if chat.bot == "left":
        return forbidden(f"bot is not a member of the {chat.kind} chat")
    return forbidden(f"bot was kicked from the {chat.kind} chat")
