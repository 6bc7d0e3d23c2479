"""Chats that are closed to us, channels that don't accept us, and rooms that moved."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import codec
from bot.chats import PROBE_MS, Chats
from bot.health import metrics, troubles
from dialogs import tokens
from dialogs.errors import ChatDenied, ChatMoved
from dialogs.events import Pressed, Said
from dialogs.people import Address
from dialogs.shows import Ask, Card, Notice, Say
from tests.attack.company import ASSESS, NEW, RECORD, Company, company
from tests.transcripts.clock import StillClock

SAM = "T1:USAM"
HELLO = Say(Address("slack", SAM, "DSAM"), "n:1", Notice("hello"))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as desk:
        yield desk


async def test_c3_c4_what_was_to_be_shown_in_a_closed_chat_comes_on_the_other_channel(
    desk: Company,
) -> None:
    desk.channels["slack"].closed.add(SAM)
    await desk.does("Sam", Said("status"))
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()
    (told,) = desk.channels["telegram"].said
    assert isinstance(told.show, Notice)
    assert "open cases" in told.show.text


async def test_c3_c4_the_dialogue_is_kept_and_goes_on_there(desk: Company) -> None:
    desk.channels["slack"].closed.add(SAM)
    await desk.does("Sam", Said("continue"))
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()
    (told,) = desk.channels["telegram"].said
    assert isinstance(told.show, Ask)
    talks = desk.rows("conversation")["conversation"]
    assert '"record"' in next(state for name, state, _ in talks if name == "sam")


async def test_c3_c4_what_comes_unasked_is_not_tried_there_again(desk: Company) -> None:
    desk.channels["slack"].closed.add(SAM)
    await desk.does("Sam", Said("status"))
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()
    sam = desk.program.people.directory.persons["sam"]
    assert [one.channel for one in sam.addresses] == ["telegram", "slack"]


async def test_c3_somebody_with_one_channel_only_keeps_everything(desk: Company) -> None:
    for channel in desk.channels.values():
        channel.closed |= {SAM, "101"}
    await desk.does("Sam", Said("status"))
    await _carried_out(desk)
    desk.channels["slack"].closed.clear()
    await desk.does("Sam", Said("continue"))
    assert isinstance(desk.channels["slack"].said[-1].show, Ask)


async def _carried_out(desk: Company) -> None:
    """What is due, what that lets go, and what that lets go in turn."""
    for _ in range(3):
        await desk.program.core.sweep()
        await desk.program.deliveries.idle()


async def _blocked_by_mia(desk: Company) -> None:
    """She does so while we are away, and we come back."""
    desk.channels["slack"].closed.add("T1:UMIA")
    away = desk.program.clock.now() - 200_000
    await desk.program.core.do(lambda books: books.worked("slack", away))
    await desk.program.vigil.look({"slack"})
    await _carried_out(desk)


async def test_c3_a_deciders_card_follows_them(desk: Company) -> None:
    """Mia blocked us: her card comes on her other channel."""
    await _blocked_by_mia(desk)
    (card,) = desk.channels["telegram"].said
    assert isinstance(card.show, Card)
    assert (card.address.account, bool(card.show.buttons)) == ("102", True)


async def test_c3_the_verdict_is_shown_where_the_card_went(desk: Company) -> None:
    """Mia blocked us, and her card came elsewhere: that one has to close, too."""
    await _blocked_by_mia(desk)
    (card,) = (one.show for one in desk.channels["telegram"].said)
    assert isinstance(card, Card)
    await desk.does("Mia", Pressed(card.buttons[0].token))
    await _carried_out(desk)
    cards = [one for one in desk.channels["telegram"].said if isinstance(one.show, Card)]
    assert [(bool(one.show.buttons), one.edit) for one in cards] == [(True, False), (False, True)]


async def test_one_direct_message_has_one_place_whichever_name_it_goes_by(
    desk: Company,
) -> None:
    """Slack names it by the person (`U…`, as linked) and by itself (`D…`, once they wrote)."""
    linked = Address("slack", "T1:UMIA", "UMIA")
    wrote = Address("slack", "T1:UMIA", "DMIA")
    assert linked.place == wrote.place
    (card,) = (one for one in desk.channels["slack"].said if isinstance(one.show, Card))
    await desk.does("Mia", Said("pending"))
    again = desk.channels["slack"].said[-1]
    assert isinstance(again.show, Card)
    assert again.above
    places = desk.rows("place")["place"]
    assert len([one for one in places if one[2] == card.slot]) == 1


@dataclass
class Locked:
    """A channel whose token was revoked, until it is mended."""

    name: str = "slack"
    trouble: str = ""
    asked: int = 0
    mended: bool = False
    shown: list[Say] = field(default_factory=list)

    async def show(self, say: Say, previous: str | None) -> str:
        self.asked += 1
        if not self.mended:
            raise ChatDenied("Slack says token_revoked: install the app again")
        self.shown.append(say)
        return "C:1"


async def test_c11_b21_a_channel_that_does_not_accept_us_is_left_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    channel, clock = Locked(), StillClock()
    chats = Chats({"slack": channel}, clock)  # type: ignore[dict-item] # all that is used of it
    for _ in range(50):
        with pytest.raises(ChatDenied) as told:
            await chats.show(HELLO, None)
        assert 0 < (told.value.retry_after or 0) <= PROBE_MS / 1000
    assert (channel.asked, caplog.text.count("does not accept us")) == (1, 1)
    assert "token_revoked" in chats.troubles()["slack"]
    clock.turn(61)
    channel.mended = True
    await chats.show(HELLO, None)
    assert (channel.shown, chats.troubles()["slack"]) == ([HELLO], "")


async def test_c11_the_inbox_keeps_and_readiness_says_why(
    desk: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = Locked()
    monkeypatch.setattr(desk.channels["slack"], "show", locked.show)
    assert await troubles(desk.program) == []
    await desk.does("Sam", Said("status"))
    (trouble,) = await troubles(desk.program)
    assert trouble.startswith("slack: Slack says token_revoked")
    assert 'dealdesk_channel_works{channel="slack"} 0' in await metrics(desk.program)
    assert 'dealdesk_channel_works{channel="telegram"} 1' in await metrics(desk.program)
    waiting = [row for row in desk.rows("intent")["intent"] if "pending" in row]
    assert len(waiting) == 1


async def test_c7_a_room_that_moved_is_followed_and_remembered(
    desk: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, shown = Address("telegram", "", "-200", shared=True), []

    async def show(say: Say, previous: str | None) -> str:
        if say.address.chat == "-200":
            raise ChatMoved("-1000200")
        shown.append((say.address.chat, previous))
        return "-1000200:7"

    monkeypatch.setattr(desk.channels["telegram"], "show", show)
    monkeypatch.setattr(desk.program.core._turns, "_management", room)
    for text in ("cancel", "assess"):
        await desk.does("Sam", Said(text))
    await ask_again(desk)
    assert shown == [("-1000200", None)]
    assert desk.rows("moved_chat")["moved_chat"] == [("telegram", "-200", "-1000200")]
    await decide(desk)
    assert shown[1] == ("-1000200", "-1000200:7")


async def ask_again(desk: Company) -> None:
    """A second case of Sam's goes to management, who sit in a room now."""
    for text in (*RECORD, *ASSESS):
        say = Pressed(latest(desk)) if text == NEW else Said(text.replace("Hamburg", "Bremen"))
        await desk.does("Sam", say)
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()


def latest(desk: Company) -> str:
    shown = repr(desk.channels["slack"].said[-1].show)
    return next(part.split("'")[0] for part in shown.split("token='")[1:] if ".new'" in part[:20])


async def decide(desk: Company) -> None:
    newest = (await desk.program.core.do(lambda books: books.open_approvals()))[-1]
    mark = codec.approval.read(newest.subject).mark
    await desk.does("Mia", Pressed(tokens.card(newest.id, "approved", mark)))
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()
