"""A picture stands in a message of its own with its text; without it, the text stands."""

import pytest

from dialogs.drawings import Board
from dialogs.errors import ChatUnavailable
from dialogs.people import Address
from dialogs.shows import Button, Picture, Row, Say
from tests.adapters.slack.conftest import opened
from tests.standins.telegram.pictures import plain_picture

PNG = plain_picture()
PICTURE = Picture(
    "Pipeline <now>",
    Board("Pipeline"),
    "Pipeline: New 3",
    rows=(Row("New", "3"),),
    buttons=(Button("Key figures", "k"),),
    png=PNG,
)


@pytest.fixture
async def channel(slack):
    channel = opened(slack, app_token=None)
    yield channel
    await channel.close()


@pytest.fixture
def say(sam):
    return Say(Address("slack", "T1:USAM", sam.dm), "p", PICTURE)


def shown_files(slack, message):
    names = [one["slack_file"]["id"] for one in message.blocks if one["type"] == "image"]
    return [slack.workspace.files[name] for name in names]


async def test_it_is_uploaded_and_shown_above_its_text(slack, sam, channel, say):
    reference = await channel.show(say, None)
    (seen,) = sam.chat()
    (file,) = shown_files(slack, seen)
    assert reference == f"{sam.dm}:{seen.ts}"
    assert (file.content, file.mimetype) == (PNG, "image/png")
    assert seen.blocks[0]["alt_text"] == "Pipeline: New 3"
    assert seen.buttons == ("Key figures",)
    assert "New" in seen.text


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_an_upload_that_slack_refuses_leaves_the_text(slack, sam, channel, say, method):
    slack.fail(method, "missing_scope")
    await channel.show(say, None)
    (seen,) = sam.chat()
    assert shown_files(slack, seen) == []
    assert "Pipeline <now>" in seen.text


async def test_a_picture_that_slack_still_looks_at_is_shown_a_moment_later(
    slack, sam, channel, say
):
    slack.fail("chat.postMessage", "invalid_blocks")
    await channel.show(say, None)
    (seen,) = sam.chat()
    assert len(shown_files(slack, seen)) == 1


async def test_while_slack_is_away_nothing_is_shown_and_then_all_of_it_once(
    slack, sam, channel, say
):
    slack.fail("chat.postMessage", "service_unavailable")
    with pytest.raises(ChatUnavailable):
        await channel.show(say, None)
    assert sam.chat() == []
    await channel.show(say, None)
    (seen,) = sam.chat()
    assert len(shown_files(slack, seen)) == 1
