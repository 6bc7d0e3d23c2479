"""What is no answer: other kinds of message, edits, old buttons, a platform that asks to wait."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.inbound import KINDS
from dialogs.errors import ChatUnavailable
from dialogs.events import Pressed, Said, Shared
from dialogs.shows import Ask, Notice, Say
from tests.attack.company import Company, company


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as desk:
        yield desk


def answers(desk: Company) -> Any:
    """Sam's dialogue under way, without the number of its screen."""
    rows = desk.rows("conversation")["conversation"]
    state = json.loads(next(state for name, state, _ in rows if name == "sam"))
    return state["dialogues"]


@pytest.mark.parametrize("kind", sorted(set(KINDS.values())))
async def test_e1_what_is_no_text_gets_a_hint_and_changes_no_answer(
    kind: str, desk: Company
) -> None:
    before = answers(desk)
    await desk.does("Sam", Shared(kind))
    shown = desk.channels["slack"].said[-1].show
    assert isinstance(shown, Ask)
    assert kind in shown.refusal
    assert answers(desk) == before


async def test_e2_an_edited_message_is_told_how_to_correct_and_steps_nothing(
    desk: Company,
) -> None:
    before = answers(desk)
    await desk.does("Sam", Shared("edit"))
    shown = desk.channels["slack"].said[-1].show
    assert isinstance(shown, Notice)
    assert "summary" in shown.text
    assert answers(desk) == before


async def test_d9_every_old_button_is_answered_with_where_we_are(desk: Company) -> None:
    """Of earlier questions, of the finished record, of the finished assessment."""
    before, effects = answers(desk), desk.effects()
    old = [one for one in desk.tokens() if one.startswith("sam.") and ".-." not in one]
    current = max(int(one.split(".")[1]) for one in old)
    old = [one for one in old if int(one.split(".")[1]) < current]
    assert len(old) > 20
    for token in old:
        await desk.does("Sam", Pressed(token))
        shown = desk.channels["slack"].said[-1].show
        assert isinstance(shown, Ask)
        assert "earlier question" in shown.refusal
    assert answers(desk) == before
    after = desk.effects()
    del after["talks"], effects["talks"]  # the question was shown anew, under a new number
    assert after == effects


async def test_d9_a_card_that_was_decided_says_by_whom(desk: Company) -> None:
    approve = next(one for one in desk.tokens() if one.startswith("!.") and "approved" in one)
    await desk.does("Mia", Pressed(approve))
    before = desk.rows("approval", "case_file")
    await desk.does("Mia", Pressed(approve.replace("approved", "rejected")))
    assert "Already approved by Mia" in repr(desk.channels["slack"].said[-1].show)
    assert desk.rows("approval", "case_file") == before


@pytest.mark.parametrize("channel", ["slack", "telegram"])
async def test_c1_c2_only_the_chat_that_is_to_wait_waits_and_its_order_is_kept(
    channel: str, desk: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, shown, waits = desk.channels["slack"], list[Say](), iter([0.3])

    async def show(say: Say, previous: str | None) -> str:
        if say.address.account == "T1:USAM" and (wait := next(waits, None)) is not None:
            raise ChatUnavailable(f"{channel} asks to wait", wait)
        shown.append(say)
        return f"C:{len(shown)}"

    monkeypatch.setattr(silent, "show", show)
    for word in ("status", "help", "start"):
        await desk.does("Sam", Said(word))
    assert shown == []
    await desk.does("Mia", Said("status"))
    assert [one.address.account for one in shown] == ["T1:UMIA"]
    await asyncio.sleep(0.35)
    for _ in range(4):
        await desk.program.core.sweep()
        await desk.program.deliveries.idle()
    texts = [one.show.text for one in shown if isinstance(one.show, Notice)]
    assert [text.split()[0] for text in texts[1:]] == ["Your", "After", "Hello"]
