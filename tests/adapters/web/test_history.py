"""What a page shows after it was closed, and what several open pages show."""

import asyncio

import pytest

from adapters.web import pages
from adapters.web.frames import HISTORY
from dialogs.errors import ChatUnavailable
from dialogs.shows import Ask, Button, Notice
from tests.adapters.web.house import House

ASK = Ask("Record", "When was it?", choices=(Button("Today", "q:0"),))


async def test_everything_is_there_again_after_a_reload(house: House) -> None:
    async with house.visited() as page:
        await page.says("record")
        await house.shows(ASK)
        shown = await page.hears("message")
    async with house.visited() as page:
        first, second = page.history
        assert (first["from"], first["text"]) == ("person", "record")
        assert second == {**shown, "quiet": False}
        assert second["show"]["choices"][0]["token"] == "q:0"


async def test_an_edit_takes_the_place_of_the_message(house: House) -> None:
    async with house.visited() as page:
        ref = await house.shows(ASK)
        await house.shows(Notice("below"))
        assert await house.shows(Notice("changed"), ref, edit=True) == ref
        frames = [await page.hears("message") for _ in range(3)]
        assert frames[2]["ref"] == frames[0]["ref"]
    async with house.visited() as page:
        assert [one["show"]["type"] for one in page.history] == ["notice", "notice"]
        assert page.history[0]["show"]["text"] == "changed"


async def test_an_edit_of_nothing_is_a_new_message(house: House) -> None:
    async with house.visited() as page:
        ref = await house.shows(ASK, None, edit=True)
        assert (await page.hears("message"))["ref"] == ref


async def test_a_message_posted_anew_takes_the_buttons_of_the_old_one_for_good(
    house: House,
) -> None:
    async with house.visited() as page:
        old = await house.shows(ASK)
        new = await house.shows(ASK, old, above=True)
        assert new != old
        await page.hears("message")
        assert await page.hears() == {"type": "strip", "ref": old}
        assert (await page.hears("message"))["ref"] == new
    async with house.visited() as page:
        assert [(one["ref"], one["quiet"]) for one in page.history] == [(old, True), (new, False)]


async def test_all_pages_of_a_person_show_the_same(house: House) -> None:
    async with house.visited() as page, house.visited() as other:
        await page.says("record")
        await house.shows(ASK)
        assert (await other.hears("message"))["text"] == "record"
        assert await other.hears("message") == await page.hears("message")


async def test_what_comes_while_a_page_opens_is_not_lost(house: House) -> None:
    asked, given = asyncio.Event(), asyncio.Event()
    last = house.last

    async def slowly(chat: str, limit: int) -> object:
        rows = await last(chat, limit)
        asked.set()
        await given.wait()
        return rows

    house.chat._album = type(house.chat._album)(house.keep, slowly)
    async with house.knocking() as page:
        await page.sends({"type": "hello", "token": "token-of-sam"})
        await asked.wait()
        await house.shows(Notice("just now"))
        given.set()
        await page.hears("you")
        assert (await page.hears("history"))["messages"] == []
        assert (await page.hears("message"))["show"]["text"] == "just now"


async def test_only_the_last_messages_are_given_and_the_page_is_told(house: House) -> None:
    for number in range(HISTORY + 5):
        await house.shows(Notice(str(number)))
    async with house.knocking() as page:
        await page.sends({"type": "hello", "token": "token-of-sam"})
        await page.hears("you")
        history = await page.hears("history")
        assert history["more"] is True
        assert len(history["messages"]) == HISTORY
        assert history["messages"][-1]["show"]["text"] == str(HISTORY + 4)


async def test_a_page_that_reads_nothing_holds_up_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "WAITING", 3)
    long = Notice("x" * 100_000)
    async with house.visited() as lazy, house.visited() as page:
        lazy.socket.transport.pause_reading()
        for _ in range(200):
            await house.shows(long)
            assert (await page.hears("message"))["show"]["text"] == long.text
        lazy.socket.transport.resume_reading()
        code, _ = await lazy.closed()
        assert code == pages.TOO_SLOW


async def test_a_store_that_is_away_shows_nothing_and_says_so(house: House) -> None:
    house.shut = 1
    with pytest.raises(ChatUnavailable, match="disk is full"):
        await house.shows(ASK)


async def test_a_page_that_opens_while_the_store_is_away_comes_back(house: House) -> None:
    house.shut = 1
    async with house.knocking() as page:
        await page.sends({"type": "hello", "token": "token-of-sam"})
        assert await page.closed() == (pages.TOO_SLOW, "store")


async def test_pages_are_told_that_the_program_ends(house: House) -> None:
    async with house.visited() as page:
        assert house.chat.open_pages == 1
        await house.chat.close()
        assert (await page.closed())[0] == pages.PROGRAM_ENDS


async def test_the_channel_keeps_to_its_port(house: House) -> None:
    assert house.chat.name == "web"
    assert house.chat.hooks(house.accept) == {}
    assert [one.state for one in await house.chat.examine()] == ["ok"]
    await house.chat.serve(house.accept)
