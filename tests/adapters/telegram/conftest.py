"""A channel on the stand-in, with pauses so short that a test need not wait."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.telegram import TelegramChannel
from adapters.telegram.pacing import Pauses
from dialogs.people import Address
from dialogs.shows import Button, Notice, Say, Show
from tests.adapters.telegram.inbox import Inbox
from tests.standins.telegram.fixtures import telegram, telegram_clock  # noqa: F401 - fixtures
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

SHORT = Pauses(poll=5, first=0.01, most=0.02, conflict=0.01, standby=0.01, token=0.01)
COMMANDS = {
    "en": [("record", "Record an appointment"), ("help", "What I can do")],
    "de": [("record", "Termin erfassen"), ("help", "Was ich kann")],
}

Open = Callable[..., TelegramChannel]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def open_channel(telegram: TelegramStandin) -> AsyncIterator[Open]:  # noqa: F811 - the fixture
    """Opens channels on the stand-in and closes them in the end."""
    opened: list[TelegramChannel] = []

    def open_one(token: str = telegram.token, **settings: Any) -> TelegramChannel:
        settings = {"base_url": telegram.url, "pauses": SHORT, "commands": COMMANDS} | settings
        opened.append(TelegramChannel.open(token, **settings))
        return opened[-1]

    yield open_one
    for channel in opened:
        await channel.close()


@pytest.fixture
def channel(open_channel: Open) -> TelegramChannel:
    return open_channel()


@dataclass
class Desk:
    """Our side: a channel and the inbox behind it."""

    channel: TelegramChannel
    inbox: Inbox

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[Inbox]:
        task = asyncio.create_task(self.channel.serve(self.inbox.accept))
        yield self.inbox
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def asks(self, chat: int = 70) -> str:
        """Show a question with the one button "Yes", whose token is `yes-1`."""
        card = Notice("Approve?", buttons=(Button("Yes", "yes-1"),))
        return await self.channel.show(
            Say(Address("telegram", "70", str(chat)), "card", card), None
        )


@pytest.fixture
def desk(channel: TelegramChannel, inbox: Inbox) -> Desk:
    return Desk(channel, inbox)


@pytest.fixture
def sam(telegram: TelegramStandin) -> Person:  # noqa: F811 - the fixture
    return telegram.person(70, "Sam", started=True)


@pytest.fixture
def show_sam(channel: TelegramChannel) -> Callable[..., Awaitable[str]]:
    """Shows Sam something."""

    async def show(what: Show, previous: str | None = None, **how: bool) -> str:
        say = Say(Address("telegram", "70", "70"), "dialogue", what, **how)
        return await channel.show(say, previous)

    return show
