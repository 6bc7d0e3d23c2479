"""What comes over HTTP is believed only with Slack's signature, and bad input is refused calmly."""

import json
import logging
import time
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from adapters.slack import SlackChannel
from dialogs.events import Said
from tests.adapters.slack import payloads
from tests.adapters.slack.receiving import Inbox

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOWHERE = "http://127.0.0.1:9/api/"  # no Slack: an event is kept all the same


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
async def channel():
    channel = SlackChannel.open("xoxb-1", None, SECRET, NOWHERE, lambda: 1_700_000_000_000)
    yield channel
    await channel.close()


@pytest.fixture
def hook(channel, inbox):
    return channel.hooks(inbox.accept)["/slack/events"]


def signed(body, *, at=None, secret=SECRET, kind="application/json"):
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "content-type": kind,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


def event(**more):
    return json.dumps(payloads.event(payloads.message(), **more)).encode()


async def test_a_signed_event_is_kept_and_acknowledged_while_slack_is_away(hook, inbox):
    answer = await hook(event(), signed(event()))
    assert (answer.status, inbox.events) == (200, [Said("hello")])


async def test_b16_a_replayed_request_has_no_second_effect(hook, inbox):
    for _ in range(2):
        assert (await hook(event(), signed(event()))).status == 200
    assert (len(inbox.arrivals), len(inbox.again)) == (1, 1)


async def test_b2_a_retry_is_read_like_any_other_delivery(hook, inbox):
    """Its first copy may never have come: the header says nothing about that."""
    answer = await hook(event(), {**signed(event()), "x-slack-retry-num": "1"})
    assert (answer.status, inbox.events) == (200, [Said("hello")])


async def test_what_was_not_kept_is_not_acknowledged(hook, inbox):
    inbox.closed = True
    assert (await hook(event(), signed(event()))).status == 503


async def test_slack_can_check_the_address(hook):
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answer = await hook(body, signed(body))
    assert (answer.status, json.loads(answer.body)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"x-slack-signature": "v0=" + "0" * 64}, 401),
        ({"x-slack-signature": "v0=ü"}, 401),
        ({"x-slack-signature": ""}, 401),
        ({"x-slack-request-timestamp": "soon"}, 401),
        ({"x-slack-request-timestamp": "²"}, 401),
        ({"x-slack-request-timestamp": "9" * 5000}, 401),
        ({"x-slack-request-timestamp": "-5"}, 401),
        ({"x-slack-request-timestamp": ""}, 401),
    ],
)
async def test_b15_a_request_that_slack_did_not_sign_is_refused(hook, inbox, change, status):
    answer = await hook(event(), {**signed(event()), **change})
    assert (answer.status, inbox.arrivals) == (status, [])


async def test_a_request_without_headers_is_refused(hook, inbox):
    assert ((await hook(event(), {})).status, inbox.arrivals) == (401, [])


async def test_b15_f9_an_old_request_is_refused(hook, inbox):
    answer = await hook(event(), signed(event(), at=time.time() - 301))
    assert (answer.status, inbox.arrivals) == (401, [])


async def test_b15_a_foreign_secret_is_refused(hook, inbox):
    assert ((await hook(event(), signed(event(), secret="x"))).status, inbox.arrivals) == (401, [])


async def test_b15_a_request_that_is_too_large_is_refused(hook, inbox):
    body = event(padding="x" * 256 * 1024)
    assert ((await hook(body, signed(body))).status, inbox.arrivals) == (413, [])


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b"\xff\xfe", b"payload=%7B", b"payload=[1]", b"[" * 200_000]
)
async def test_b15_a_body_that_can_not_be_read_is_refused(hook, inbox, body):
    headers = {**signed(body.decode("latin-1")), "content-type": "application/json"}
    assert 400 <= (await hook(body, headers)).status < 500
    assert inbox.arrivals == []


async def test_b17_a_signed_payload_of_no_known_shape_is_left_alone(hook, inbox, caplog):
    body = json.dumps({"type": "block_actions", "actions": [{"a": "secret words"}]}).encode()
    assert ((await hook(body, signed(body))).status, inbox.arrivals) == (200, [])
    assert "secret words" not in caplog.text


async def test_commands_arrive_as_forms(hook, inbox):
    """While no direct message is known and Slack is away, they are not kept, nor acknowledged."""
    form = "application/x-www-form-urlencoded"
    body = urlencode(payloads.command("record")).encode()
    assert (await hook(body, signed(body, kind=form))).status == 503
    await hook(event(), signed(event()))  # from this, the direct message is known
    assert (await hook(body, signed(body, kind=form))).body == b"See our direct message."
    assert inbox.events == [Said("hello"), Said("record", command=True)]


async def test_a_fault_of_ours_is_a_500_that_tells_no_words(hook, inbox, caplog):
    inbox.failure = RuntimeError("a fault")
    with caplog.at_level(logging.DEBUG):
        assert (await hook(event(), signed(event()))).status == 500
    assert "hello" not in caplog.text


async def test_no_word_of_a_person_is_logged(hook, inbox, caplog):
    body = json.dumps(payloads.event(payloads.message("my secret words"))).encode()
    with caplog.at_level(logging.DEBUG):
        await hook(body, signed(body))
        await hook(body, signed(body, secret="x"))
        inbox.closed = True
        await hook(body, signed(body))
    assert "secret words" not in caplog.text


async def test_without_a_signing_secret_there_is_no_door():
    channel = SlackChannel.open("xoxb-1", None, None, None, lambda: 0)
    assert channel.hooks(Inbox().accept) == {}
    await channel.serve(Inbox().accept)  # nothing to listen on either: returns at once


@settings(max_examples=100, deadline=None)
@given(
    body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    timestamp=st.text(max_size=20) | st.just(str(int(time.time()))),
    signature=st.text(max_size=80),
    kind=st.sampled_from(
        ["application/json", "application/x-www-form-urlencoded", "", "text/plain"]
    ),
)
async def test_b15_whatever_comes_unsigned_is_refused_calmly(body, timestamp, signature, kind):
    inbox = Inbox()
    channel = SlackChannel.open("xoxb-1", None, SECRET, NOWHERE, lambda: 0)
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }
    answer = await channel.hooks(inbox.accept)["/slack/events"](body, headers)
    assert (400 <= answer.status < 500, inbox.arrivals) == (True, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = [
    "type",
    "event",
    "team",
    "user",
    "view",
    "actions",
    "channel",
    "command",
    "team_id",
    "user_id",
]
KINDS = ["event_callback", "block_actions", "view_submission", "message_action", "future"]
SHAPES = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(KINDS), max_size=6)


@settings(max_examples=60, deadline=None)
@given(SHAPES)
async def test_b17_whatever_slack_signs_never_ends_in_a_fault(shape):
    channel = SlackChannel.open("xoxb-1", None, SECRET, NOWHERE, lambda: 0)
    body = json.dumps(shape).encode()
    answer = await channel.hooks(Inbox().accept)["/slack/events"](body, signed(body))
    await channel.close()
    assert answer.status < 500
