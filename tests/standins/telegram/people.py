"""People who talk to the bot: they write, press, send, block; and listen for what it answers.

A person can only do what a Telegram client lets a person do; `forge` is the exception.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.standins.telegram import pictures
from tests.standins.telegram.callbacks import Answer, Query
from tests.standins.telegram.chats import Chat
from tests.standins.telegram.detection import with_detected
from tests.standins.telegram.entities import units
from tests.standins.telegram.keyboards import Button
from tests.standins.telegram.messages import Message, User

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

Expected = str | re.Pattern[str] | Callable[[Message], bool]

LONGEST_TEXT = 4096  # UTF-16 code units; a client cuts what is longer into several messages
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
OPUS = b"OggS" + bytes(60)
WEBP = b"RIFF\x1a\0\0\0WEBPVP8 "


@dataclass(frozen=True)
class Press:
    """A button that was pressed. `query` is None when the button does not ask the bot."""

    button: Button
    message: Message
    query: Query | None = None

    async def answered(self, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109 - the word a reader looks for
        """What the bot shows for the press, once it does.

        Raises:
            AssertionError: nothing within `timeout` seconds
        """
        assert self.query is not None, f"{self.button.text!r} does not ask the bot"
        try:
            await asyncio.wait_for(self.query.settled.wait(), timeout)
        except TimeoutError:
            raise AssertionError(f"no answer to the press of {self.button.text!r}") from None
        assert self.query.answer is not None
        return self.query.answer


class Person:
    """Somebody with a Telegram account.

    Where a method takes `chat`, it is the identifier of a group; the private chat with the bot is
    meant without it.
    """

    def __init__(self, standin: TelegramStandin, user: User) -> None:
        self.user = user
        self.id = user.id
        self._standin = standin
        self._heard = len(standin.chats.changes.all)

    @property
    def chat(self) -> list[Message]:
        """The messages of the private chat that are to be seen, oldest first."""
        return self.messages()

    @property
    def history(self) -> list[Message]:
        """The same with those that were deleted."""
        return list(self._chat(None).messages.values())

    def messages(self, chat: int | None = None) -> list[Message]:
        """The messages of a chat that are to be seen, oldest first."""
        return self._chat(chat).visible()

    def last(self, chat: int | None = None) -> Message:
        """The newest message of the bot in a chat, as it now stands."""
        return [each for each in self.messages(chat) if each.from_bot][-1]

    def keyboard(self, chat: int | None = None) -> list[list[str]]:
        """The texts of the reply keyboard, row by row; empty when there is none."""
        shown = self._chat(chat).composer(self.id).keyboard
        return [[button.text for button in row] for row in shown.rows] if shown else []

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or follow a link such as https://t.me/bot?start=payload."""
        assert PAYLOAD.fullmatch(payload), "a payload is up to 64 of A-Z, a-z, 0-9, _ and -"
        return await self.says(f"/start {payload}".strip())

    async def says(
        self, text: str, *, chat: int | None = None, reply_to: Message | None = None
    ) -> Message:
        """Write a text; one that is too long goes out in parts. The last message is answered."""
        parts = _parts(text.strip())
        for part in parts[:-1]:
            self._send(chat, text=part, entities=with_detected(part, ()))
        last = parts[-1]
        answering = self._answering(chat, reply_to)
        return self._send(chat, text=last, entities=with_detected(last, ()), reply_to=answering)

    async def edits(self, message: Message, text: str) -> Message:
        """Change the text of a message of one's own."""
        assert message.sender == self.user, "people edit their own messages only"
        edited = self._standin.chats.edit(message, text=text, entities=with_detected(text, ()))
        self._standin.announce("edited_message", edited)
        return edited

    async def sends_photo(
        self, content: bytes | None = None, caption: str = "", *, chat: int | None = None
    ) -> Message:
        """Send a picture, a plain one if none is given."""
        picture = pictures.plain_picture() if content is None else content
        return self._send_file("photo", "photo.jpg", picture, caption, chat)

    async def sends_document(
        self, name: str, content: bytes, caption: str = "", *, chat: int | None = None
    ) -> Message:
        """Send a file."""
        return self._send_file("document", name, content, caption, chat)

    async def sends_voice(self, seconds: int = 3, *, chat: int | None = None) -> Message:
        """Send a voice message."""
        return self._send_file("voice", "voice.ogg", OPUS, "", chat, duration=seconds)

    async def sends_sticker(self, *, chat: int | None = None) -> Message:
        """Send a sticker."""
        size = {"width": 512, "height": 512}
        return self._send_file("sticker", "sticker.webp", WEBP, "", chat, **size)

    async def shares_contact(
        self, phone: str = "+4935112345", *, chat: int | None = None
    ) -> Message:
        """Send one's own phone number."""
        contact = {
            "phone_number": phone,
            "first_name": self.user.first_name,
            "user_id": self.id,
        }
        return self._send(chat, service={"contact": contact})

    async def shares_location(
        self, latitude: float = 51.05, longitude: float = 13.74, *, chat: int | None = None
    ) -> Message:
        """Send a place, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._send(chat, service={"location": place})

    async def presses(
        self, button: str, *, message: Message | None = None, chat: int | None = None
    ) -> Press:
        """Press a button that is to be seen, by its text or its callback data.

        Without `message` the newest message that has such a button is meant, then the reply
        keyboard; with it only that message, as it now stands.

        Raises:
            AssertionError: there is no such button
        """
        where = self._chat(message.chat_id if message else chat)
        shown = [where.messages[message.id]] if message else list(reversed(where.visible()))
        for each in shown:
            if not each.deleted and (found := _named(button, each.buttons)):
                return self._press(found, each)
        if message is None and (reply := self._reply_button(where, button)):
            return await self._press_reply(reply, where)
        raise AssertionError(f"{self.user.first_name} sees no {button!r}, only {self._sees(shown)}")

    async def forge(self, data: str, message: Message) -> Press:
        """Send callback data that no button has to carry, as a client that is stale or hostile."""
        return self._press(Button("(forged)", "callback_data", data), message)

    async def blocks(self) -> None:
        """Block the bot."""
        self._standin.welcome(self._chat(None), "kicked", self.user)

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self._standin.welcome(self._chat(None), "member", self.user)

    async def hears(self, what: Expected = "", *, timeout: float = 5.0) -> Message:  # noqa: ASYNC109 - the word a reader looks for
        """The next message or edit of the bot that fits, in any chat this person is in.

        Each message is heard once: what came before a fitting one is passed over for good.

        Args:
            what: a part of the text, a pattern, or a question to ask of the message
            timeout: in seconds

        Raises:
            AssertionError: nothing that fits within `timeout`; tells what there is instead
        """
        try:
            async with asyncio.timeout(timeout):
                return await self._next(what)
        except TimeoutError:
            raise AssertionError(self._silence(what)) from None

    def catches_up(self) -> None:
        """Count everything up to now as heard."""
        self._heard = len(self._standin.chats.changes.all)

    async def _next(self, what: Expected) -> Message:
        changes = self._standin.chats.changes
        while True:
            seen = changes.count
            for change in changes.all[self._heard :]:
                self._heard += 1
                if self._concerns(change.kind, change.message) and _fits(what, change.message):
                    return change.message
            await changes.after(seen)

    def _concerns(self, kind: str, message: Message) -> bool:
        members = self._standin.chats.all[message.chat_id].members
        return kind != "deleted" and message.from_bot and self.id in members

    def _silence(self, what: Expected) -> str:
        wanted = getattr(what, "pattern", what)
        shown = [each.text for each in self.chat if each.from_bot][-3:]
        breaches = [str(each) for each in self._standin.violations]
        return f"{self.user.first_name} never heard {wanted!r}; last: {shown}; breaches: {breaches}"

    def _chat(self, chat: int | None) -> Chat:
        found = self._standin.chats.all[self.id if chat is None else chat]
        assert self.id in found.members, f"{self.user.first_name} is not in {found.title}"
        return found

    def _send(self, chat: int | None, **content: Any) -> Message:
        where = self._chat(chat)
        if where.kind == "private" and where.bot != "member":
            self._standin.welcome(where, "member", self.user)
        message = self._standin.chats.post(where, self.user, **content)
        self._standin.announce("message", message)
        return message

    def _send_file(
        self, kind: str, name: str, content: bytes, caption: str, chat: int | None, **more: int
    ) -> Message:
        media = self._standin.files.keep(kind, name, content, **more)
        return self._send(chat, text=caption, entities=with_detected(caption, ()), media=media)

    def _answering(self, chat: int | None, reply_to: Message | None) -> int | None:
        """The message that is replied to: by hand, or because the bot forced it."""
        forced = self._chat(chat).composer(self.id).answered()
        return forced if reply_to is None else reply_to.id

    def _press(self, button: Button, message: Message) -> Press:
        if button.action != "callback_data":
            return Press(button, message)
        query = self._standin.queries.press(self.id, button.value)
        self._standin.announce_press(query, self.user, message)
        return Press(button, message, query)

    def _reply_button(self, chat: Chat, text: str) -> Button | None:
        keyboard = chat.composer(self.id).keyboard
        return _named(text, [each for row in keyboard.rows for each in row]) if keyboard else None

    async def _press_reply(self, button: Button, chat: Chat) -> Press:
        chat.composer(self.id).used()
        match button.action:
            case "request_contact":
                return Press(button, await self.shares_contact(chat=chat.id))
            case "request_location":
                return Press(button, await self.shares_location(chat=chat.id))
            case _:
                return Press(button, await self.says(button.text, chat=chat.id))

    def _sees(self, shown: list[Message]) -> list[str]:
        return [button.text for each in shown if not each.deleted for button in each.buttons]


def _named(name: str, buttons: list[Button]) -> Button | None:
    return next((each for each in buttons if name in {each.text, each.data}), None)


def _fits(what: Expected, message: Message) -> bool:
    if isinstance(what, str):
        return what in message.text
    if isinstance(what, re.Pattern):
        return what.search(message.text) is not None
    return what(message)


def _parts(text: str) -> list[str]:
    parts, length = [""], 0
    for character in text:
        if length + units(character) > LONGEST_TEXT:
            parts, length = [*parts, ""], 0
        parts[-1] += character
        length += units(character)
    return parts
