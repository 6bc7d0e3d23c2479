"""The values a chat is made of: users, files in messages, messages; and how they look in JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.standins.telegram.entities import Entity, to_html
from tests.standins.telegram.keyboards import Button, InlineKeyboard, Keyboard, Rows


@dataclass(frozen=True)
class User:
    """A person or the bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(frozen=True)
class Media:
    """A file in a message. `kind` is the field of the message that holds it, such as "photo"."""

    kind: str
    file_id: str
    unique_id: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    duration: int = 0

    def as_json(self) -> Any:
        common = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }
        match self.kind:
            case "photo":
                return [common | {"width": self.width, "height": self.height}]
            case "voice":
                return common | {"duration": self.duration, "mime_type": self.mime}
            case "sticker":
                return common | _STICKER | {"width": self.width, "height": self.height}
            case _:
                return common | {"file_name": self.name, "mime_type": self.mime}


_STICKER = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}


@dataclass(frozen=True)
class Message:
    """A message as it now stands, or as it stood when something happened to it.

    `text` is the caption where there is `media`. `date` and `edit_date` are seconds since the
    epoch; `edit_date` is 0 while it was never edited. `service` holds the fields of messages that
    nobody wrote (a shared contact, a migration).
    """

    id: int
    chat_id: int
    sender: User
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Media | None = None
    keyboard: Keyboard | None = None
    reply_to: int | None = None
    edit_date: int = 0
    deleted: bool = False
    protected: bool = False
    preview: dict[str, Any] | None = None
    service: dict[str, Any] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def edited(self) -> bool:
        return self.edit_date > 0

    @property
    def html(self) -> str:
        """The text in Telegram's HTML."""
        return to_html(self.text, self.entities)

    @property
    def rows(self) -> Rows:
        """The inline keyboard under the message, row by row."""
        return self.keyboard.rows if isinstance(self.keyboard, InlineKeyboard) else ()

    @property
    def buttons(self) -> list[Button]:
        """All buttons of the inline keyboard, in reading order."""
        return [button for row in self.rows for button in row]


def entity_json(entity: Entity, users: dict[int, User]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: value
        for name in entity.__dataclass_fields__
        if name != "user_id" and (value := getattr(entity, name)) is not None
    }
    if entity.user_id is not None:
        shown["user"] = users[entity.user_id].as_json()
    return shown


def keyboard_json(rows: Rows) -> dict[str, Any]:
    return {"inline_keyboard": [[button.as_json() for button in row] for row in rows]}
