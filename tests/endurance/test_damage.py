"""Rows and files that something else has spoilt: the damage is said and stays where it is."""

import json
import random
import re
import sqlite3
from pathlib import Path

import pytest

from adapters.store import open_store
from dialogs.errors import StoreUnavailable
from tests.endurance.front import person
from tests.endurance.office import Office, office
from tests.endurance.sizes import DAMAGED_FILES, DAMAGED_ROWS

SET_ASIDE = "could not be worked through"
HELP = "Or type or press"


def mutated(text: str, dice: random.Random) -> str:
    """Cut, garbled, or well formed with something else in it."""
    place = dice.randrange(len(text))
    garbled = text[:place] + dice.choice('{}[]",:0x\x00é') + text[place + 1 :]
    return dice.choice([text[:place], garbled, "", "null", "[]", "7", _swapped(text, dice)])


def _swapped(text: str, dice: random.Random) -> str:
    state = json.loads(text)
    key = dice.choice(sorted(state))
    state[key] = dice.choice([None, 7, "unheard of", [], {"a": 1}, [{"state": "nowhere"}]])
    return json.dumps(state)


async def test_g4_a_spoilt_conversation_is_set_aside_and_the_others_go_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    dice = random.Random(4)
    async with office(tmp_path, [person("sam"), person("ben")]) as front:
        await front.says("sam", "record")
        sound = state_of(front, "sam")
        answers = []
        for _ in range(DAMAGED_ROWS):
            spoil(front, "sam", mutated(sound, dice))
            answers.append(await answered(front))
        await front.program.deliveries.idle()
        set_aside = [text for text in front.texts("sam") if SET_ASIDE in text]
        assert len(set_aside) > DAMAGED_ROWS / 4
        assert all(answers)
        assert len([text for text in front.texts("ben") if HELP in text]) == DAMAGED_ROWS
        spoil(front, "sam", sound)
        await front.says("sam", "help")
        assert HELP in front.texts("sam")[-1]
        counts = await front.program.core.do(lambda books: books.counts())
        assert counts["inbox.dead"] == len(set_aside)
        assert counts["inbox.new"] == 0


async def answered(front: Office) -> bool:
    """Whether sam was told anything; ben is asked beside."""
    before = len(front.shown["sam"])
    await front.says("sam", "help")
    await front.says("ben", "help")
    for _ in range(6):  # tries that wait for the sweep
        await front.program.deliveries.idle()
        if len(front.shown["sam"]) > before:
            return True
        await front.program.core.sweep()
    return False


def state_of(front: Office, who: str) -> str:
    with sqlite3.connect(front.house.settings.data / "dealdesk.sqlite3") as aside:
        row = aside.execute("SELECT state FROM conversation WHERE id = ?", [who]).fetchone()
    aside.close()
    return str(row[0])


def spoil(front: Office, who: str, state: str) -> None:
    with sqlite3.connect(front.house.settings.data / "dealdesk.sqlite3") as aside:
        aside.execute("UPDATE conversation SET state = ? WHERE id = ?", [state, who])
    aside.close()


async def test_g5_a_spoilt_file_is_refused_at_start_with_a_clear_sentence(tmp_path: Path) -> None:
    async with office(tmp_path / "sound", [person("sam")]) as front:
        await front.says("sam", *["help"] * 200)
        await front.program.deliveries.idle()
    sound = (tmp_path / "sound" / "dealdesk.sqlite3").read_bytes()
    dice, refused = random.Random(5), 0
    for number in range(DAMAGED_FILES):
        refused += not opens(tmp_path / f"{number}.db", flipped(sound, dice))
    assert refused > DAMAGED_FILES / 3


def flipped(sound: bytes, dice: random.Random) -> bytes:
    """A file with a stretch of it overwritten, or cut short."""
    place, length = dice.randrange(4096, len(sound)), dice.choice([16, 512, 4096])
    noise = dice.randbytes(length)
    cut = sound[: place // 4096 * 4096]
    return dice.choice([sound[:place] + noise + sound[place + length :], cut])[: len(sound)]


def opens(path: Path, content: bytes) -> bool:
    """Whether a program starts on it; if not, it says why."""
    path.write_bytes(content)
    said = trouble(path)
    assert said is None or re.search("is (damaged: restore a backup|no SQLite database)", said)
    return said is None


def trouble(path: Path) -> str | None:
    try:
        store = open_store(f"sqlite:///{path}")
    except StoreUnavailable as error:
        return str(error)
    try:
        store.prepare()
    except StoreUnavailable as error:
        return str(error)
    else:
        with store.transaction() as books:  # what was opened can be read
            books.ready(10)
        return None
    finally:
        store.close()
