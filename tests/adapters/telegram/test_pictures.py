"""A picture is a photo with its text below; without it, the text stands."""

from dataclasses import replace

from dialogs.drawings import Board
from dialogs.shows import Button, Notice, Picture, Row
from tests.standins.telegram import pictures, refusals
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

PICTURE = Picture(
    "Pipeline <now>",
    Board("Pipeline"),
    "Pipeline: New 3",
    rows=(Row("New", "3"),),
    buttons=(Button("Key figures", "k"),),
    png=pictures.plain_picture(),
)


async def test_it_is_a_photo_with_its_text_and_buttons(sam: Person, show_sam):
    ref = await show_sam(PICTURE)
    message = sam.last()
    assert ref == f"70:{message.id}"
    assert message.media is not None
    assert message.media.content == PICTURE.png
    assert message.text == "Pipeline <now>\n\nNew: 3"
    assert [button.data for button in message.buttons] == ["k"]


async def test_one_that_telegram_does_not_take_is_told_as_text(
    telegram: TelegramStandin, sam: Person, show_sam
):
    telegram.fail("sendPhoto", refusals.bad_request("IMAGE_PROCESS_FAILED"))
    await show_sam(PICTURE)
    (message,) = sam.chat
    assert message.media is None
    assert message.text == "Pipeline <now>\n\nNew: 3"


async def test_what_would_be_too_long_below_a_photo_is_shortened(sam: Person, show_sam):
    await show_sam(replace(PICTURE, rows=tuple(Row(f"Row {n}", "x" * 50) for n in range(60))))
    message = sam.last()
    assert message.media is not None
    assert len(message.text) <= 1024
    assert message.text.startswith("Pipeline <now>")


async def test_its_buttons_are_taken_by_what_is_shown_above(sam: Person, show_sam):
    ref = await show_sam(PICTURE)
    await show_sam(Notice("More"), ref, above=True)
    assert [message.buttons for message in sam.chat] == [[], []]
