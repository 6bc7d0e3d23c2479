"""What no page of ours sends: it is answered, changes nothing, and the connection goes on."""

import json

import pytest

from adapters.web.frames import FRAME_LIMIT
from dialogs.events import Said
from tests.adapters.web.house import House

NONSENSE = [
    "",
    "null",
    "[]",
    "{",
    "[" * 60_000,
    b"\x00\x01",
    {"type": "say", "text": "no id"},
    {"type": "say", "id": "", "text": "empty id"},
    {"type": "say", "id": "x" * 65, "text": "long id"},
    {"type": "say", "id": "a b", "text": "blank in the id"},
    {"type": "say", "id": ["list"], "text": "x"},
    {"type": "hello", "token": "again"},
]
NO_EVENT = [
    {"type": "say", "id": "n1"},
    {"type": "say", "id": "n1", "text": 5},
    {"type": "say", "id": "n1", "text": "  \n "},
    {"type": "press", "id": "n1"},
    {"type": "submit", "id": "n1", "token": "t", "values": ["no", "table"]},
    {"type": "dance", "id": "n1"},
]


@pytest.mark.parametrize("frame", NONSENSE, ids=lambda frame: str(frame)[:40])
async def test_nonsense_is_answered_and_the_chat_goes_on(house: House, frame: object) -> None:
    async with house.visited() as page:
        await page.sends(frame)
        assert await page.hears() == {"type": "error", "why": "not_understood", "id": ""}
        assert (await page.says("still here"))["new"] is True


@pytest.mark.parametrize("frame", NO_EVENT, ids=str)
async def test_a_frame_without_an_event_is_named_in_the_answer(house: House, frame: object) -> None:
    async with house.visited() as page:
        await page.sends(frame)
        assert await page.hears() == {"type": "error", "why": "not_understood", "id": "n1"}
    assert house.arrivals == []


async def test_a_frame_that_is_too_long_is_refused(house: House) -> None:
    async with house.visited() as page:
        await page.sends({"type": "say", "id": "n1", "text": "x" * FRAME_LIMIT})
        assert (await page.hears("error"))["why"] == "too_long"
    assert house.arrivals == []


async def test_a_message_beyond_all_measure_ends_the_connection(house: House) -> None:
    async with house.visited() as page:
        await page.sends("x" * 300_000)
        code, _ = await page.closed()
        assert code == 1009


@pytest.mark.parametrize("broken", ["\ud83d", "\x00", "half \udc00 a pair"])
async def test_characters_that_are_no_text_do_not_reach_the_store(
    house: House, broken: str
) -> None:
    async with house.visited() as page:
        await page.sends(json.dumps({"type": "say", "id": "n1", "text": f"a{broken}b"}))
        await page.hears("message")
        await page.hears("kept")
    event = house.arrivals[0].event
    assert isinstance(event, Said)
    assert event.text.encode()
    assert "\x00" not in event.text
    assert "\ufffd" in event.text
