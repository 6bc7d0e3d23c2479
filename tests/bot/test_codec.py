"""What is written down for the store is read back as the same value, whatever it holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import codec
from dialogs.agenda import Engagement, MeetingList
from dialogs.case import Case
from dialogs.crm import (
    Activity,
    Customer,
    Delivery,
    DeliveryReceipt,
    JsonScalar,
    JsonValue,
    Mail,
    Meeting,
    Note,
    Order,
    OrderLine,
    Staff,
    Value,
)
from dialogs.events import (
    DayBegun,
    Decided,
    Delayed,
    Delivered,
    Event,
    Fired,
    Found,
    Hit,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
    Pressed,
    Refused,
    Said,
    Shared,
    Submitted,
)
from dialogs.flow import Dialogue
from dialogs.people import Address
from dialogs.shows import Ask, Button, Card, Link, Notice, Review, ReviewRow, Row, Say, Section
from dialogs.turns import Approval, CaseRef, Conversation, Copy, FollowUp, Search

WORDS = st.text(max_size=20)  # a lone surrogate is not among them: none comes past a channel
NUMBERS = st.integers(0, 2**53)
FLAGS = st.booleans()


def several(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(of, max_size=3).map(tuple)


def or_none(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | of


SCALAR: st.SearchStrategy[JsonScalar] = (
    st.none()
    | FLAGS
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)
JSON: st.SearchStrategy[JsonValue] = (
    SCALAR
    | st.lists(SCALAR, max_size=3)
    | st.lists(st.dictionaries(WORDS, SCALAR, max_size=3), max_size=3)
    | st.dictionaries(WORDS, SCALAR, max_size=3)
)
ANSWERS = st.dictionaries(WORDS, JSON, max_size=4)
ADDRESS = st.builds(Address, WORDS, WORDS, WORDS, FLAGS)
HIT = st.builds(Hit, NUMBERS, WORDS, WORDS)
STAFF = st.builds(Staff, WORDS, or_none(WORDS), or_none(NUMBERS))
CUSTOMER = st.builds(Customer, WORDS, or_none(NUMBERS))
MEETING = st.builds(
    Engagement,
    *(NUMBERS, WORDS, NUMBERS, NUMBERS, STAFF, or_none(CUSTOMER), several(WORDS), several(WORDS)),
    *(WORDS, NUMBERS, WORDS, WORDS, WORDS),
)
DIALOGUE = st.builds(
    Dialogue,
    *(WORDS, WORDS, WORDS, WORDS, WORDS),
    answers=ANSWERS,
    ticked=several(WORDS),
    query=WORDS,
    hits=several(HIT),
    echo=WORDS,
    about=WORDS,
    began=NUMBERS,
    meeting=or_none(MEETING),
)
CONVERSATION = st.builds(
    Conversation,
    WORDS,
    NUMBERS,
    several(DIALOGUE),
    several(st.builds(CaseRef, WORDS, WORDS, WORDS)),
    or_none(ADDRESS),
    or_none(ADDRESS),
    FLAGS,
    follow_ups=several(
        st.builds(FollowUp, MEETING, st.sampled_from(["asked", "later", "done"]), NUMBERS)
    ),
    quiet_until=NUMBERS,
    notice=or_none(NUMBERS),
)
CASE = st.builds(
    Case,
    *(WORDS, WORDS, WORDS, WORDS, WORDS),
    customer=or_none(CUSTOMER),
    forms=st.dictionaries(WORDS, ANSWERS, max_size=3),
    deliveries=several(WORDS),
    approval=WORDS,
    url=WORDS,
    mails=st.dictionaries(WORDS, WORDS, max_size=3),
)
APPROVAL = st.builds(
    Approval,
    WORDS,
    CASE,
    WORDS,
    several(st.builds(Copy, ADDRESS, WORDS)),
    st.sampled_from(["open", "approved", "rejected", "withdrawn"]),
    or_none(WORDS),
    or_none(NUMBERS),
)
DELIVERY = st.builds(
    Delivery,
    *(WORDS, WORDS, WORDS),
    author=STAFF,
    owner=STAFF,
    title=WORDS,
    customer=or_none(CUSTOMER),
    note=st.builds(Note, WORDS, several(st.tuples(WORDS, WORDS))),
    opportunity=st.dictionaries(WORDS, st.builds(Value, JSON, WORDS), max_size=3),
    stage=or_none(WORDS),
    meeting=or_none(st.builds(Meeting, WORDS, WORDS, NUMBERS, WORDS, or_none(NUMBERS))),
    activity=or_none(st.builds(Activity, WORDS, WORDS, WORDS)),
    finishes=several(WORDS),
    tag=or_none(WORDS),
    mail=or_none(st.builds(Mail, WORDS, WORDS, WORDS, WORDS, or_none(NUMBERS))),
    order=or_none(
        st.builds(
            Order,
            several(st.builds(OrderLine, WORDS, WORDS, or_none(WORDS), or_none(NUMBERS))),
            WORDS,
            WORDS,
        )
    ),
)
BUTTON = st.builds(
    Button, WORDS, WORDS, st.sampled_from(["plain", "primary", "danger"]), FLAGS, FLAGS
)
ROWS = several(st.builds(Row, WORDS, WORDS))
LINK = or_none(st.builds(Link, WORDS, WORDS))
SHOW = st.one_of(
    st.builds(
        Ask,
        *(WORDS, WORDS, WORDS, WORDS, WORDS, NUMBERS, NUMBERS),
        choices=several(BUTTON),
        controls=several(BUTTON),
    ),
    st.builds(
        Review,
        WORDS,
        WORDS,
        several(st.builds(ReviewRow, WORDS, WORDS, BUTTON)),
        controls=several(BUTTON),
    ),
    st.builds(
        Notice, WORDS, st.sampled_from(["info", "good", "warning"]), ROWS, several(BUTTON), LINK
    ),
    st.builds(
        Card,
        WORDS,
        ROWS,
        several(st.builds(Section, WORDS, several(WORDS))),
        several(BUTTON),
        WORDS,
        st.sampled_from(["open", "approved", "rejected", "withdrawn"]),
        LINK,
    ),
)
SAY = st.builds(Say, ADDRESS, WORDS, SHOW, FLAGS, FLAGS)
EVENT: st.SearchStrategy[Event] = st.one_of(
    st.builds(Said, WORDS, FLAGS, WORDS),
    st.builds(Pressed, WORDS),
    st.builds(Submitted, WORDS, st.dictionaries(WORDS, several(WORDS), max_size=3)),
    st.builds(Shared, WORDS),
    st.builds(Decided, WORDS, WORDS, FLAGS, WORDS, WORDS, WORDS),
    st.builds(Found, WORDS, or_none(several(HIT))),
    st.builds(Delivered, WORDS, WORDS, NUMBERS, WORDS, order=WORDS),
    st.builds(Delayed, WORDS, WORDS),
    st.builds(Refused, WORDS, WORDS, WORDS),
    st.builds(Fired, WORDS, WORDS, st.dictionaries(WORDS, WORDS, max_size=3)),
    st.builds(MeetingEnded, MEETING),
    st.builds(MeetingSoon, MEETING),
    st.builds(DayBegun, WORDS),
    st.builds(LookedUp, WORDS, WORDS, or_none(st.builds(MeetingList, several(MEETING)))),
)


@given(CONVERSATION)
def test_a_conversation_comes_back(value: Conversation) -> None:
    assert codec.conversation.read(codec.conversation.write(value)) == value


@given(CASE)
def test_a_case_comes_back(value: Case) -> None:
    assert codec.case.read(codec.case.write(value)) == value


@given(APPROVAL)
def test_an_approval_comes_back(value: Approval) -> None:
    assert codec.approval.read(codec.approval.write(value)) == value


@given(DELIVERY)
def test_a_delivery_comes_back(value: Delivery) -> None:
    assert codec.delivery.read(codec.delivery.write(value)) == value


@given(
    st.builds(DeliveryReceipt, NUMBERS, WORDS, or_none(NUMBERS), order=WORDS),
    st.builds(Search, WORDS),
)
def test_a_receipt_and_a_search_come_back(receipt: DeliveryReceipt, search: Search) -> None:
    assert codec.receipt.read(codec.receipt.write(receipt)) == receipt
    assert codec.search.read(codec.search.write(search)) == search


@given(SAY)
def test_what_is_to_be_shown_comes_back(value: Say) -> None:
    assert codec.said.read(codec.said.write(value)) == value


@given(EVENT, or_none(ADDRESS))
def test_an_event_comes_back_as_what_it_was(event: Event, address: Address | None) -> None:
    happened = codec.Happened(event, address)
    read = codec.happened.read(codec.happened.write(happened))
    assert read == happened
    assert type(read.event) is type(event)


@given(JSON)
def test_yes_is_not_one_and_one_is_not_a_text(value: JsonValue) -> None:
    kept = Dialogue("d", "f", "1", "s", "c", answers={"q": value})
    read = codec.conversation.read(codec.conversation.write(Conversation("sam", dialogues=(kept,))))
    assert json.dumps(read.dialogues[0].answers) == json.dumps(kept.answers)


def test_what_an_earlier_version_wrote_is_read_with_todays_defaults() -> None:
    read = codec.conversation.read('{"id": "sam"}')
    assert read == Conversation("sam")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 1}', '{"dialogues": []}'])
def test_what_is_none_of_ours_is_an_error_that_can_be_caught(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        codec.conversation.read(text)
