"""A picture is found at an address that only its message knows, also after a restart."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from adapters.web.channel import PICTURES, Album, WebChannel, account_of
from dialogs.drawings import Board, Drawing
from dialogs.people import Address
from dialogs.shows import Picture, Say
from tests.adapters.web.house import SAM, House

ACCOUNT = account_of(SAM)
PICTURE = Picture("Pipeline", Board("Pipeline"), "what is seen", png=b"\x89PNG one")


@pytest.fixture
def house() -> House:
    house = House()
    house.pages = {PICTURES: house.chat.picture}
    return house


@pytest.fixture
async def visitor(house: House) -> AsyncIterator[AsyncClient]:
    async with house.open(), AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client


async def shown(house: House, show: Picture = PICTURE) -> dict:
    await house.chat.show(Say(Address("web", ACCOUNT, ACCOUNT), "p", show), None)
    async with house.visited() as page:
        return dict(page.history[-1]["show"])


async def test_its_address_is_in_the_message_and_its_bytes_are_not(house, visitor):
    show = await shown(house)
    answer = await visitor.get(show["src"])
    assert (answer.content, answer.headers["content-type"]) == (PICTURE.png, "image/png")
    assert show["png"] == ""
    assert show["alt"] == "what is seen"


async def test_a_picture_that_was_not_drawn_has_no_address(house, visitor):
    show = await shown(house, Picture("Pipeline", Board("Pipeline"), "what is seen"))
    assert "src" not in show


async def test_after_a_restart_it_is_drawn_again(house):
    show = await shown_before_restart(house)

    async def paint(drawing: Drawing) -> bytes:
        return f"drawn {drawing.title}".encode()

    later = WebChannel(Album(house.keep, house.last), house.lockers, house.clock, paint)
    answer = await later.picture("GET", show.removeprefix(f"{PICTURES}/"), {}, b"")
    assert (answer.status, answer.body) == (200, b"drawn Pipeline")


async def shown_before_restart(house: House) -> str:
    ref = await house.chat.show(Say(Address("web", ACCOUNT, ACCOUNT), "p", PICTURE), None)
    return f"{PICTURES}/{ACCOUNT}.{ref}"


@pytest.mark.parametrize("name", ["nobody.m1", "m1", f"{ACCOUNT}.m1", "..%2f", "%00.m"])
async def test_another_address_shows_nothing(visitor, name):
    assert (await visitor.get(f"{PICTURES}/{name}")).status_code == 404


async def test_nothing_is_sent_there(house, visitor):
    show = await shown(house)
    assert (await visitor.post(show["src"])).status_code == 405
