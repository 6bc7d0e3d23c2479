"""Telegram as a platform: real polling against the stand-in, people with phones."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import count

from dialogs.people import Address
from dialogs.ports import Channel
from tests.standins.telegram import Message, TelegramStandin
from tests.standins.telegram.people import Person
from tests.transcripts.clock import StillClock
from tests.transcripts.platforms import Visible
from tests.transcripts.wording import PICTURE

PENCIL = "✏️ "
_VERDICT = re.compile(r"[✅❌] ")


class Telegram:
    """See `Platform`."""

    name = "telegram"
    forms = False
    strangers = True

    def __init__(self, clock: StillClock) -> None:
        self.standin = TelegramStandin(clock=clock.telegram)
        self._numbers = count(1001)

    @property
    def variables(self) -> Mapping[str, str]:
        return {
            "DEALDESK_TELEGRAM_TOKEN": self.standin.token,
            "DEALDESK_TELEGRAM_BASE_URL": self.standin.url,
            "DEALDESK_TELEGRAM_FILE_BASE_URL": self.standin.url,
        }

    def channels(self) -> Mapping[str, Channel]:
        return {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.standin:
            yield
            violations = self.standin.finish()
        assert not violations, "\n".join(map(str, violations))

    def somebody(self, name: str, language: str) -> "TelegramPerson":
        person = self.standin.person(next(self._numbers), name, language, started=True)
        return TelegramPerson(self.standin, person)

    async def connect(self, url: str) -> None:
        """Updates wait at Telegram until somebody polls."""

    async def settle(self) -> None:
        await self.standin.settled()


class TelegramPerson:
    """See `Somebody`."""

    def __init__(self, standin: TelegramStandin, person: Person) -> None:
        self.address = Address("telegram", str(person.id), str(person.id))
        self.link = f"--telegram {person.id}"
        self.person = person
        self._standin = standin

    async def types(self, text: str) -> None:
        await self.person.says(text)

    async def sends(self, name: str, content: bytes, caption: str) -> None:
        """A phone sends pictures as photos, without their names."""
        if name == "photo.jpg":
            await self.person.sends_photo(content, caption)
        elif name == "voice.ogg":
            await self.person.sends_voice()
        else:
            await self.person.sends_document(name, content, caption)

    async def presses(self, button: str, times: int = 1) -> None:
        message, shown = self._found(button)
        for _ in range(times):
            await self.person.presses(shown, message=message)

    async def presses_old(self, button: str) -> None:
        there = [one for message in self._said() for one in _names(message)]
        assert button not in there, f"{button!r} is still there"
        for change in reversed(self._standin.chats.changes.all):
            for one in change.message.buttons if change.message.chat_id == self.person.id else ():
                if _name(one.text) == button and one.data:
                    await self.person.forge(one.data, change.message)
                    return
        raise AssertionError(f"there never was a button {button!r}")

    async def changes(self, label: str) -> None:
        message = self._said()[-1]
        labels = [one.text for one in message.buttons if one.text.startswith(PENCIL)]
        (shown,) = [one for one in labels if _cut_from(one.removeprefix(PENCIL), label)]
        await self.person.presses(shown, message=message)

    async def fills_in(self, entries: Sequence[tuple[str, str]]) -> None:
        raise AssertionError(f"Telegram has no forms to fill in: {entries}")

    def chat(self) -> Sequence[Visible]:
        return [_visible(message) for message in self._said()]

    def page(self) -> str:
        return ""

    def _said(self) -> list[Message]:
        return [message for message in self.person.chat if message.from_bot]

    def _found(self, button: str) -> tuple[Message, str]:
        for message in reversed(self._said()):
            for one in message.buttons:
                if _name(one.text) == button or _cut_from(one.text, button):
                    return message, one.text
        shown = [one for message in self._said() for one in _names(message)]
        raise AssertionError(f"{self.person.user.first_name} sees no {button!r}, only {shown}")


def _visible(message: Message) -> Visible:
    pencils = [one.text for one in message.buttons if one.text.startswith(PENCIL)]
    return Visible(
        ref=str(message.id),
        text=message.text + (f"\n{PICTURE}" if message.media else ""),
        buttons=tuple(one for one in _names(message) if not one.startswith(PENCIL)),
        changes=tuple(one.removeprefix(PENCIL) for one in pencils),
    )


def _names(message: Message) -> list[str]:
    return [_name(one.text) for one in message.buttons]


def _name(text: str) -> str:
    """The golden name of a button: a verdict has a mark of Telegram's own."""
    return _VERDICT.sub("", text)


def _cut_from(shown: str, whole: str) -> bool:
    return shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1].rstrip()))
