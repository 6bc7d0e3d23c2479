"""Pictures are drawn on their way out, and never hold up what they illustrate."""

import threading
from collections.abc import Iterator

import pytest

from bot.painting import Painting
from dialogs.crm import Delivery, Drawn, Note, Staff
from dialogs.drawings import Board, Drawing
from dialogs.errors import NotDrawn
from dialogs.people import Address
from dialogs.shows import Notice, Picture, Say

ADDRESS = Address("web", "sam", "sam")
PICTURE = Picture("Pipeline", Board("Pipeline"), "a picture")
SAM = Staff("Sam")


class Painter:
    """Draws the title, or what it is told to do instead."""

    def __init__(self) -> None:
        self.held = threading.Event()
        self.waits = False
        self.fails = False

    def paint(self, drawing: Drawing) -> bytes:
        if self.waits:
            self.held.wait(10)
        if self.fails:
            raise NotDrawn("no ink")
        return drawing.title.encode()


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def painting(painter: Painter) -> Iterator[Painting]:
    painting = Painting(painter, patience_s=0.05)
    yield painting
    painter.held.set()
    painting.close()


def entry(*titles: str) -> Delivery:
    pictures = tuple(Drawn(f"{one}.png", Board(one)) for one in titles)
    return Delivery("k-a-1", "k", "a", SAM, SAM, "T", None, Note("N"), pictures=pictures)


async def test_a_picture_is_drawn_before_it_is_shown(painting: Painting):
    say = await painting.said(Say(ADDRESS, "p", PICTURE))
    assert isinstance(say.show, Picture)
    assert say.show.png == b"Pipeline"


async def test_anything_else_is_left_alone(painting: Painting):
    say = Say(ADDRESS, "n", Notice("Hello"))
    assert await painting.said(say) is say


async def test_one_that_cant_be_drawn_is_left_to_its_text(painting: Painting, painter: Painter):
    painter.fails = True
    say = await painting.said(Say(ADDRESS, "p", PICTURE))
    assert say.show == PICTURE


async def test_one_that_takes_too_long_is_given_up(painting: Painting, painter: Painter):
    painter.waits = True
    assert await painting.png(Board("slow")) == b""
    painter.held.set()
    painter.waits = False
    assert await painting.png(Board("fast")) == b"fast"


async def test_an_entry_takes_along_those_that_were_drawn(painting: Painting, painter: Painter):
    drawn = await painting.entered(entry("one", "two"))
    assert [one.png for one in drawn.pictures] == [b"one", b"two"]
    painter.fails = True
    assert (await painting.entered(entry("one"))).pictures == ()
