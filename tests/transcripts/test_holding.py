"""The transcripts' own tools: what is written is read, and what differs is noticed."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.transcripts.clock import StillClock
from tests.transcripts.player_engine import Engine
from tests.transcripts.playing import Held, told_by_engine
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Stage
from tests.transcripts.test_transcripts import BY_NAME, STORIES
from tests.transcripts.transcript import Transcript, read, write

SHORT = """# A record of an appointment that did not take place
people: Sam sales en; Mia management en
customers: Airbus Hamburg (Hamburg)

Sam: record
Sam: Airbus Hamburg
Sam presses: No
Sam: Fog
Sam: skip
Sam: 3
Mia: pending
Sam presses: Save
crm:
"""


def _other_words(text: str) -> str:
    return text.replace("Why not?", "Why, please?")


def _another_value(text: str) -> str:
    return text.replace("✎ Effort: 3 h", "✎ Effort: 30 h")


def _one_button_more(text: str) -> str:
    return text.replace("[Save] [◀ Back]", "[Save] [Print] [◀ Back]")


def _one_line_less_to_change(text: str) -> str:
    return text.replace("✎ Why not: Fog", "Why not: Fog")


def _one_message_more(text: str) -> str:
    return text.replace("Sam presses: Save\n", "Sam presses: Save\n  Well done!\n\n")


def _one_message_less(text: str) -> str:
    saved = text.index("  ✅ Saved: ")
    return text[:saved] + text[text.index("  ✅ Appointment record") :]


def _somebody_else(text: str) -> str:
    return text.replace("  ✅ Saved: ", "Mia sees:\n  ✅ Saved: ")


def _more_in_the_crm(text: str) -> str:
    return text.replace("    x_dealdesk_hours = 3", "    x_dealdesk_hours = 3\n    y = 1")


CHANGES: dict[str, Callable[[str], str]] = {
    "other words": _other_words,
    "another value": _another_value,
    "one button more": _one_button_more,
    "one line less to change": _one_line_less_to_change,
    "one message more": _one_message_more,
    "one message less": _one_message_less,
    "said to somebody else": _somebody_else,
    "more in the CRM": _more_in_the_crm,
}


async def _told(folder: Path) -> str:
    story, clock = read(SHORT), StillClock()
    async with Stage.set(story, folder / "told", clock, (Engine("chat", clock),)) as stage:
        return write(await told_by_engine(story, stage))


async def _held(story: Transcript, folder: Path) -> None:
    clock = StillClock()
    async with Stage.set(story, folder / "held", clock, (Engine("chat", clock),)) as stage:
        await Held(story, stage).play()


@BY_NAME
def test_a_story_is_written_as_it_was_read(path: Path, rewriting: Rewriting) -> None:
    text = rewriting.golden(path)
    assert write(read(text)) == text


async def test_what_the_engine_tells_is_what_it_shows(tmp_path: Path) -> None:
    await _held(read(await _told(tmp_path)), tmp_path)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_difference_is_noticed(change: Callable[[str], str], tmp_path: Path) -> None:
    told = await _told(tmp_path)
    assert change(told) != told
    with pytest.raises(AssertionError):
        await _held(read(change(told)), tmp_path)


@pytest.mark.parametrize("line", ["Sam shouts: hello", "  indented under nothing", "crm"])
def test_a_line_that_says_nothing_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read(f"# Title\n{line}\n")


def test_each_story_has_a_number_of_its_own() -> None:
    numbers = Counter(path.name.partition("_")[0] for path in STORIES)
    assert [number for number, count in numbers.items() if count > 1] == []
