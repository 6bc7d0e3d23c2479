"""Groups: who is in them, what the bot is in them, and their change into a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.standins.telegram.chats import Chat
from tests.standins.telegram.messages import Message, User

if TYPE_CHECKING:
    from tests.standins.telegram.people import Person
    from tests.standins.telegram.standin import TelegramStandin

_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


class Group:
    """A group chat; people act in it by `chat=group.id`."""

    def __init__(self, standin: TelegramStandin, chat: Chat) -> None:
        self.id = chat.id
        self._standin = standin
        self._state = chat

    @property
    def chat(self) -> list[Message]:
        """The messages that are to be seen, oldest first."""
        return self._state.visible()

    def admits(self, *people: Person) -> None:
        """Add people, without a word in the chat."""
        new = (each.id for each in people if each.id not in self._state.members)
        self._state.members.extend(new)

    def promotes_bot(self, by: Person) -> None:
        """Make the bot an administrator: it now sees every message and may delete them."""
        self._standin.welcome(self._state, "administrator", by.user)

    def removes_bot(self, by: Person) -> None:
        """Throw the bot out."""
        self._standin.welcome(self._state, "kicked", by.user)

    def migrates(self, new_id: int, by: Person) -> Group:
        """Become the supergroup `new_id`; the old identifier is dead from now on."""
        new = Chat(new_id, "supergroup", self._state.title, list(self._state.members))
        new.bot = self._state.bot
        self._standin.chats.all[new_id] = new
        self._tell(self._state, by, {"migrate_to_chat_id": new_id})
        self._tell(new, by, {"migrate_from_chat_id": self.id})
        self._state.migrated_to = new_id
        return Group(self._standin, new)

    def _tell(self, chat: Chat, by: Person, service: dict[str, Any]) -> None:
        message = self._standin.chats.post(chat, by.user, service=service)
        self._standin.announce("message", message)


def member_json(status: str, user: User) -> dict[str, Any]:
    """A chat member as the Bot API shows it."""
    shown: dict[str, Any] = {"status": status, "user": user.as_json()}
    if status == "kicked":
        return shown | {"until_date": 0}
    return shown | (dict.fromkeys(_RIGHTS, False) if status == "administrator" else {})


def hears_all(chat: Chat, message: Message, bot: User) -> bool:
    """Whether a message reaches the bot: in groups only what is meant for it.

    An administrator hears everything.
    """
    if chat.bot not in {"member", "administrator"}:
        return False
    if chat.kind == "private" or chat.bot == "administrator" or message.service:
        return True
    return _is_meant(chat, message, bot)


def _is_meant(chat: Chat, message: Message, bot: User) -> bool:
    if message.reply_to is not None and chat.messages[message.reply_to].sender == bot:
        return True
    command = message.text.split()[0] if message.text.startswith("/") else ""
    to_another = "@" in command and not command.endswith(f"@{bot.username}")
    return (bool(command) and not to_another) or f"@{bot.username}" in message.text
