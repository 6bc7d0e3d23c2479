"""The decision card in a chat that all of management reads: anybody entitled presses, once.

What is asked further is asked in the presser's own chat, where nobody reads along.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.transcripts.clock import StillClock
from tests.transcripts.platforms import Platform, Somebody
from tests.transcripts.player_slack import Slack, SlackPerson
from tests.transcripts.player_telegram import Telegram, TelegramPerson
from tests.transcripts.stage import Stage
from tests.transcripts.transcript import Eyes, read

PEOPLE = """# Management reads along
people: Sam sales en; Mia management en; Max management de; Gerda group en
"""
RECORD = ("record", "Meyer", "no", "Fog", "skip", "skip", "save")
ASSESS = ("assess", "Strategic customer", "4", "5", "none", "1000", "50", "Pursue", "skip", "save")
GROUP, ROOM = -4001, "C0BOARD"


@dataclass
class Board:
    """A stage with a room in which Mia, Max and Gerda sit."""

    stage: Stage

    def person(self, name: str) -> Somebody:
        return self.stage.people[Eyes(name)]

    async def asks(self) -> None:
        """Sam records and assesses, until management is asked."""
        for text in RECORD + ASSESS:
            if text == "no":
                await self.person("Sam").presses("New customer “Meyer”")
                await self.stage.settle()
            await self.person("Sam").types(text)
            await self.stage.settle()

    async def presses(self, name: str, button: str) -> None:
        """Press a button of the card, as it stood when it was posted."""
        match self.person(name):
            case TelegramPerson() as somebody:
                card = somebody.person.messages(GROUP)[-1]
                data = self._asked_for(button)
                await somebody.person.forge(data, card)
            case SlackPerson() as somebody:
                await somebody.person.presses(button, message=somebody.person.chat(ROOM)[-1])
        await self.stage.settle()

    def card(self) -> str:
        """What the room shows last."""
        return self.room()[-1]

    def room(self) -> list[str]:
        match self.person("Max"):
            case TelegramPerson() as somebody:
                return [one.text for one in somebody.person.messages(GROUP) if one.from_bot]
            case SlackPerson() as somebody:
                return [one.text for one in somebody.person.chat(ROOM)]
        raise TypeError

    def said_to(self, name: str) -> str:
        return "\n".join(one.text for one in self.person(name).chat())

    def _asked_for(self, button: str) -> str:
        somebody = self.person("Max")
        assert isinstance(somebody, TelegramPerson)
        changes = somebody._standin.chats.changes.all
        every = [one for change in changes for one in change.message.buttons]
        return next(str(one.data) for one in every if one.text.endswith(button))


@asynccontextmanager
async def _telegram(folder: Path, clock: StillClock) -> AsyncIterator[Board]:
    platform = Telegram(clock)
    chat = {"DEALDESK_MANAGEMENT_CHAT": f"telegram:{GROUP}"}
    async with _set(folder, clock, platform, chat) as board:
        people = [board.person(name) for name in ("Mia", "Max", "Gerda")]
        seats = [one.person for one in people if isinstance(one, TelegramPerson)]
        platform.standin.group(GROUP, "Management", *seats)
        yield board


@asynccontextmanager
async def _slack(folder: Path, clock: StillClock) -> AsyncIterator[Board]:
    platform = Slack(clock)
    platform.standin.channel(ROOM, "management", members=["UMIA", "UMAX", "UGERDA"])
    chat = {"DEALDESK_MANAGEMENT_CHAT": f"slack:{ROOM}"}
    async with _set(folder, clock, platform, chat) as board:
        yield board


@asynccontextmanager
async def _set(
    folder: Path, clock: StillClock, platform: Platform, chat: dict[str, str]
) -> AsyncIterator[Board]:
    async with Stage.set(read(PEOPLE), folder, clock, (platform,), variables=chat) as stage:
        yield Board(stage)


@pytest.fixture(params=[_telegram, _slack], ids=["telegram", "slack"])
async def board(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Board]:
    async with request.param(tmp_path, StillClock()) as board:
        await board.asks()
        yield board


async def test_the_card_stands_in_the_room_and_nowhere_else(board: Board) -> None:
    assert "Decision: Meyer" in board.card()
    assert len(board.room()) == 1
    assert "Management has been asked" in board.said_to("Sam")
    assert board.said_to("Mia") == board.said_to("Max") == ""


async def test_one_presses_and_the_card_says_so(board: Board) -> None:
    await board.presses("Max", "Approve")
    assert "Approved by Max, 20 Nov 2026, 16:00" in board.card()
    assert len(board.room()) == 1
    assert "Management approved “Meyer” (Max)" in board.said_to("Sam")


async def test_the_reason_is_asked_where_nobody_reads_along(board: Board) -> None:
    await board.presses("Mia", "Reject")
    assert "Why do we reject?" in board.said_to("Mia")
    assert "Why do we reject?" not in "\n".join(board.room())
    await board.person("Mia").types("Too small")
    await board.stage.settle()
    await board.person("Mia").presses("ARTS Group, Finance")
    await board.stage.settle()
    assert "Rejected by Mia, 20 Nov 2026, 16:00: Too small" in board.card()
    assert len(board.room()) == 1
    assert "Too small. Next step: Transfer customer to the group" in board.said_to("Sam")


async def test_d6_who_may_not_decide_is_told_so_and_changes_nothing(board: Board) -> None:
    await board.presses("Gerda", "Approve")
    assert "You are not entitled to do that (group)." in board.said_to("Gerda")
    assert "Approved" not in board.card()
    assert len(board.room()) == 1
