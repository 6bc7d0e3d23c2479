"""Nothing that was typed is formatted in Telegram, mentions anybody or links under another name."""

import pytest

from adapters.telegram.outbound import render
from tests.contracts.channels.telegram_world import TelegramWorld
from tests.injection.corpus import CORPUS, NO_TEXT, pages
from tests.injection.places import CRM, everywhere, listed
from tests.standins.telegram.detection import with_detected
from tests.standins.telegram.entities import Entity, settled
from tests.standins.telegram.markup import parse

OURS = {"bold", "italic"}
SHOWN_AS_IT_IS = {"url", "email", "hashtag", "phone_number", "cashtag"}
"""What Telegram finds by itself and can't be kept from; it goes where it says, and calls nobody."""


def entities(markup: str) -> tuple[Entity, ...]:
    found = settled(parse(markup))
    assert found.lost == ()
    return with_detected(found.text, found.entities)


def foreign(found: tuple[Entity, ...]) -> list[Entity]:
    known = OURS | SHOWN_AS_IT_IS
    return [one for one in found if one.type not in known and one.url != CRM.url]


def test_e9_no_text_formats_mentions_or_links() -> None:
    for text in CORPUS:
        for show in everywhere(text):
            assert foreign(entities(render(show).text)) == [], (text, show)


def test_e9_as_many_pieces_are_bold_as_with_any_other_text() -> None:
    for text in CORPUS:
        for show, plain in zip(everywhere(text), everywhere("x"), strict=True):
            ours = [one for one in settled(parse(render(show).text)).entities if one.type in OURS]
            usual = [one for one in settled(parse(render(plain).text)).entities if one.type in OURS]
            assert len(ours) <= len(usual), (text, show)


@pytest.mark.parametrize("text", NO_TEXT)
def test_e5_what_is_no_text_can_be_sent(text: str) -> None:
    for show in everywhere(text):
        drawn = render(show)
        assert f"{drawn.text}{drawn.keyboard}".encode(), "half an emoji is no text"


async def test_e9_telegram_finds_nothing_to_act_on() -> None:
    async with TelegramWorld().running() as world:
        for texts in pages(40):
            for show in listed(texts):
                await world.shows(show)
        assert len(world.sees()) >= len(CORPUS) // 40 * 4
