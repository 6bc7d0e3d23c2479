"""Who is let in, and what those hear who are not."""

import logging

import pytest

from adapters.web import door
from tests.adapters.web.house import MIA, SAM, House


async def test_b15_a_token_that_is_nobodys_is_told_so(house: House) -> None:
    async with house.knocking() as visit:
        await visit.sends({"type": "hello", "token": "guessed"})
        assert await visit.closed() == (4403, "stranger")


@pytest.mark.parametrize("frame", [{"type": "say", "id": "1", "text": "hi"}, "no frame", {}])
async def test_who_does_not_say_hello_first_is_a_stranger(house: House, frame: object) -> None:
    async with house.knocking() as visit:
        await visit.sends(frame)
        assert await visit.closed() == (4403, "stranger")
    assert house.arrivals == []


async def test_a_page_of_another_site_is_turned_away(house: House) -> None:
    async with house.knocking(Origin="https://evil.example") as visit:
        assert await visit.closed() == (4403, "origin")
    async with house.knocking(Origin="null") as visit:
        assert await visit.closed() == (4403, "origin")


async def test_a_page_of_ours_is_let_in(house: House) -> None:
    async with house.knocking(Origin=house.url) as visit:
        await visit.sends({"type": "hello", "token": SAM})
        assert (await visit.hears("you"))["name"] == "Sam"


async def test_who_says_nothing_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PATIENCE_S", 0.05)
    async with house.knocking() as visit:
        assert await visit.closed() == (door.SILENT, "")


async def test_who_is_unlinked_is_sent_away_with_what_they_typed_kept(house: House) -> None:
    async with house.visited() as page, house.visited() as other:
        house.unlink(SAM)
        await page.says("am I still here?")
        assert await page.closed() == (4403, "")
        assert await other.closed() == (4403, "")
    assert len(house.arrivals) == 1


async def test_nobody_sees_what_is_said_to_somebody_else(house: House) -> None:
    async with house.visited(MIA) as mia:
        async with house.visited(SAM) as sam:
            await sam.says("for the desk only")
        await mia.says("hello", "m1")
        assert mia.history == []
    async with house.visited(MIA) as mia:
        assert [one["text"] for one in mia.history] == ["hello"]


async def test_no_token_is_ever_written_to_a_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with house.visited() as page:
        await page.says("hello")
    async with house.knocking() as visit:
        await visit.sends({"type": "hello", "token": "guessed-token"})
        await visit.closed()
    server = [one.getMessage() for one in caplog.records if one.name.startswith("aiohttp")]
    assert not [line for line in server if SAM in line or "guessed-token" in line]
