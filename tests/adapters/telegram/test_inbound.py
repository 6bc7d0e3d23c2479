"""What is read from an update."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.inbound import FILES, KINDS, query_id, read
from dialogs.events import Arrival, FromPerson, Pressed, Said, Shared
from dialogs.people import Address
from tests.adapters.telegram.shows import unhurried
from tests.adapters.telegram.updates import (
    GROUP,
    PRIVATE,
    SAM,
    SECOND,
    US,
    edited,
    holding,
    message,
    pressed,
    said,
)

NOW = 1_767_603_700_123
SAMS_CHAT = Address("telegram", "70", "70")


def event(update: dict[str, Any]) -> FromPerson | None:
    arrival = read(update, US, NOW)
    return arrival and arrival.event


def test_words_arrive_with_who_where_and_when():
    expected = Arrival("tg:4711:900", SAMS_CHAT, SECOND * 1000, Said("Hello & good day"))
    assert read(said("Hello & good day"), US, NOW) == expected


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/record", "record"),
        ("/record@dealdeskbot", "record"),
        ("/record@DealdeskBot ACME GmbH", "record ACME GmbH"),
        ("/start  9f-Xy_1", "start 9f-Xy_1"),
        ("/record line\nline", "record line\nline"),
    ],
)
def test_a_command_arrives_without_its_slash_and_our_name(typed: str, text: str):
    assert event(said(typed)) == Said(text, command=True)


@pytest.mark.parametrize("typed", ["/", "/ record", "/24.12.", "a /record", "//record"])
def test_a_slash_alone_makes_no_command(typed: str):
    assert event(said(typed)) == Said(typed)


def test_a_press_arrives_with_its_token_and_the_time_of_receipt():
    assert read(pressed("tok-1"), US, NOW) == Arrival(
        "tg:4711:901", SAMS_CHAT, NOW, Pressed("tok-1")
    )
    assert query_id(pressed("tok-1")) == "31"
    assert query_id(said("x")) is None


def test_a_press_in_a_group_is_answered_there():
    arrival = read(pressed("tok-1", GROUP), US, NOW)
    assert arrival is not None
    assert arrival.address == Address("telegram", "70", "-100200", shared=True)


def test_a_press_on_a_message_too_old_to_be_sent_along_still_counts():
    old = {"message_id": 5, "date": 0, "chat": PRIVATE}
    assert event(pressed("tok-1", message=old)) == Pressed("tok-1")


@pytest.mark.parametrize("missing", ["message", "data"])
def test_a_press_on_something_that_is_not_ours_is_ignored(missing: str):
    assert event(pressed("tok-1", **{missing: None})) is None


@pytest.mark.parametrize(("content", "kind"), KINDS.items())
def test_e1_what_is_no_words_arrives_as_its_kind(content: str, kind: str):
    told = {"file_id": "F1", "file_size": 7}
    held = [{"file_id": "F0"}, told] if content == "photo" else told
    shared = event(holding(content, held))
    assert isinstance(shared, Shared)
    assert shared.kind == kind
    named = [(one.ref, one.name, one.size) for one in shared.files]
    assert named == ([("F1", FILES[content], 7)] if content in FILES else [])


def test_a_moving_picture_is_no_file_though_telegram_sends_it_as_both():
    update = {"update_id": 1, "message": message(document={}, animation={})}
    assert event(update) == Shared("video")


def test_e2_a_corrected_message_arrives_as_such_at_the_time_of_the_correction():
    arrival = read(edited(text="Hello again"), US, NOW)
    assert arrival == Arrival("tg:4711:900", SAMS_CHAT, (SECOND + 60) * 1000, Shared("edit"))


def test_a_live_location_on_the_move_is_no_correction():
    assert event(edited(location={"latitude": 52.5, "longitude": 13.4})) is None


NOT_FOR_US = {
    "a change of membership": {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "from": SAM}},
    "a channel's post": {"update_id": 1, "channel_post": message(text="/record@dealdeskbot")},
    "something of next year": {"update_id": 1, "of_next_year": {"from": SAM}},
    "nothing": {"update_id": 1},
    "a remark of Telegram's": {"update_id": 1, "message": message(pinned_message={})},
    "a new title": {"update_id": 1, "message": message(new_chat_title="Sales", chat=GROUP)},
    "a bot's words": said("hello", **{"from": {**SAM, "is_bot": True}}),
    "nobody's words": said("hello", **{"from": None}),
    "words in a group": said("hello", chat=GROUP),
    "a command for anybody": said("/pending", chat=GROUP),
    "a command for another": said("/pending@OtherBot", chat=GROUP),
    "a group's voice": {"update_id": 1, "message": message(voice={}, chat=GROUP)},
    "a group's correction": edited(text="x", chat=GROUP),
}


@pytest.mark.parametrize("update", NOT_FOR_US.values(), ids=NOT_FOR_US)
def test_b17_b20_what_is_not_meant_for_us_is_ignored(update: dict[str, Any]):
    assert read(update, US, NOW) is None


def test_in_a_group_a_command_with_our_name_is_meant_for_us():
    assert event(said("/pending@dealdeskbot", chat=GROUP)) == Said("pending", command=True)


def test_what_no_database_keeps_is_replaced():
    assert event(said("a\x00b\ud83dc")) == Said("a\ufffdb\ufffdc")


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "1"},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": message(text=["hello"])},
        {"update_id": 1, "message": message(text="hello", date="yesterday")},
        {"update_id": 1, "message": message(text="hello", **{"from": {"id": 1}})},
        {"update_id": 1, "message": message(text="hello", chat={"id": "x", "type": "private"})},
        pressed("x", data=5),
    ],
    ids=str,
)
def test_b17_what_is_no_update_is_refused(update: dict[str, Any]):
    with pytest.raises((LookupError, TypeError, ValueError)):
        read(update, US, NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@unhurried
@given(st.sampled_from([said("hi"), edited(text="hi"), pressed("t")]), st.data())
def test_b17_a_damaged_update_is_read_refused_or_ignored_and_never_half_read(
    update: dict[str, Any], data: st.DataObject
):
    kind = next(key for key in update if key != "update_id")
    whole = update[kind]
    damaged = {**whole, data.draw(st.sampled_from(sorted(whole))): data.draw(JSON)}
    try:
        arrival = read({"update_id": 1, kind: damaged}, US, NOW)
    except (LookupError, TypeError, ValueError, AttributeError):
        return
    assert arrival is None or isinstance(arrival.event, Said | Pressed | Shared)
