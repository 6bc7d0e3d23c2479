"""Payloads on their way to a real Bolt app: retries, deadlines, sockets, signatures."""

import asyncio
import json
import time
from typing import Any

import aiohttp
import httpx
import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from tests.standins.slack import HandClock, SlackStandin
from tests.standins.slack.bolting import bolt, by_http, by_socket, web_client
from tests.standins.slack.delivery import HOURLY_FOR_A_DAY, RETRY_DELAYS
from tests.standins.slack.http_delivery import signed_headers

pytest_plugins = ["tests.standins.slack.fixtures"]

PATIENCE = 5.0


class Heard:
    """A Bolt app that notes every event and its retry header."""

    def __init__(self, slack: SlackStandin) -> None:
        self.app: AsyncApp = bolt(slack)
        self.events: list[tuple[str, str | None]] = []
        self.more = asyncio.Event()
        self.app.event("message")(self.note)

    async def note(self, body, req):
        retry = req.headers.get("x-slack-retry-num", [None])[0]
        self.events.append((body["event_id"], retry))
        self.more.set()

    async def number(self, wanted: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.events) < wanted:
                self.more.clear()
                await self.more.wait()


async def attempts(slack: SlackStandin, wanted: int, at: int = 0) -> list[str]:
    """The reasons why the first attempts at a delivery failed, once there are so many."""
    await slack.changes.until(
        lambda: len(slack.courier.sent) > at and len(slack.courier.sent[at].replies) >= wanted,
        PATIENCE,
    )
    return [reply.reason for reply in slack.courier.sent[at].replies]


async def connection(slack: SlackStandin, client: aiohttp.ClientSession) -> Any:
    """A bare Socket Mode connection that has had its hello."""
    told = await web_client(slack).apps_connections_open(app_token=slack.tokens.app_level)
    socket = await client.ws_connect(told["url"])
    assert (await socket.receive_json())["type"] == "hello"
    return socket


@pytest.fixture
async def sockets():
    async with aiohttp.ClientSession() as client:
        yield client


async def test_an_event_reaches_bolt_by_socket_in_its_real_shape(slack):
    heard = Heard(slack)
    sam = slack.person("U1", "Sam")
    async with by_socket(slack, heard.app):
        said = await sam.says("Mail sam@example.com <now> & see https://example.com/a.")
        await heard.number(1)

    payload = slack.courier.sent[0].payload
    event = payload["event"]
    assert (payload["type"], payload["team_id"]) == ("event_callback", "T1")
    assert payload["authorizations"][0]["user_id"] == slack.app.bot_user
    assert (event["channel_type"], event["ts"], event["user"]) == ("im", said.ts, "U1")
    assert event["text"] == (
        "Mail <mailto:sam@example.com|sam@example.com> &lt;now&gt; &amp; "
        "see <https://example.com/a>."
    )
    assert said.text == "Mail sam@example.com <now> & see https://example.com/a."


async def test_an_event_reaches_bolt_by_http_with_a_signature(slack):
    heard = Heard(slack)
    async with by_http(slack, heard.app):
        await slack.person("U1").says("hi")
        await heard.number(1)
    assert heard.events[0][1] is None


async def test_events_are_tried_three_times_more_with_the_same_id():
    clock = HandClock()
    async with SlackStandin(clock=clock).running() as slack:
        heard = Heard(slack)
        sam = slack.person("U1")
        await sam.says("nobody there")
        assert await attempts(slack, 2) == ["connection_failed"] * 2
        clock.advance(60)
        assert len(await attempts(slack, 3)) == 3
        async with by_http(slack, heard.app):
            clock.advance(300)
            delivery = slack.courier.sent[0]
            await slack.changes.until(lambda: delivery.accepted, PATIENCE)
        assert heard.events == [(delivery.payload["event_id"], "3")]
        assert not slack.violations


def test_delayed_events_come_hourly_for_a_day():
    assert RETRY_DELAYS == (0, 60, 300)
    assert sum(HOURLY_FOR_A_DAY) == 24 * 3600


async def test_an_http_error_is_noted_and_retried_at_once(slack):
    app, calls = bolt(slack), []

    @app.middleware
    async def fails_first(req, next):  # noqa: A002 - Bolt's word
        calls.append(req.headers.get("x-slack-retry-reason"))
        return BoltResponse(status=500) if len(calls) == 1 else await next()

    app.event("message")(acknowledge)
    with slack.violations.expected("non_2xx"):
        async with by_http(slack, app):
            await slack.person("U1").says("hi")
            assert await attempts(slack, 2) == ["http_error", ""]
    assert calls == [None, ["http_error"]]


async def test_the_app_can_forbid_retries(slack):
    app = bolt(slack)

    @app.middleware
    async def refuses():
        return BoltResponse(status=500, headers={"x-slack-no-retry": "1"})

    with slack.violations.expected("non_2xx"):
        async with by_http(slack, app):
            await slack.person("U1").says("hi")
            await slack.changes.until(lambda: slack.courier.sent[0].finished, PATIENCE)
    assert len(slack.courier.sent[0].replies) == 1


async def test_only_the_retry_may_arrive(slack):
    heard = Heard(slack)
    slack.fail("event", "lost")
    async with by_socket(slack, heard.app):
        await slack.person("U1").says("hi")
        await heard.number(1)
    assert [retry for _, retry in heard.events] == ["1"]


async def test_an_event_may_arrive_twice(slack):
    heard = Heard(slack)
    slack.fail("event", "twice")
    async with by_socket(slack, heard.app):
        await slack.person("U1").says("hi")
        await heard.number(2)
    (first, _), (second, retry) = heard.events
    assert (first, retry) == (second, "0")


async def test_an_envelope_not_acknowledged_within_three_seconds_is_noted_and_sent_again(sockets):
    clock = HandClock()
    async with SlackStandin(clock=clock).running() as slack:
        socket = await connection(slack, sockets)
        await slack.person("U1").says("hi")
        first = await socket.receive_json()
        clock.advance(3)
        again = await socket.receive_json()
        assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
        assert again["retry_reason"] == "timeout"
        assert again["payload"]["event_id"] == first["payload"]["event_id"]
        clock.advance(0.5)
        await socket.send_json({"envelope_id": first["envelope_id"]})
        await socket.send_json({"envelope_id": again["envelope_id"]})
        await slack.changes.until(lambda: slack.courier.sent[0].finished, PATIENCE)
        assert [each.kind for each in slack.violations.take()] == ["unacked", "late_ack"]


async def test_an_unknown_envelope_and_a_payload_where_none_is_read_are_noted(slack, sockets):
    socket = await connection(slack, sockets)
    await slack.person("U1").says("hi")
    envelope = await socket.receive_json()
    assert envelope["accepts_response_payload"] is False
    with slack.violations.expected("unknown_envelope", "bad_answer"):
        await socket.send_json({"envelope_id": "never-sent"})
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "x"}})
        await slack.changes.until(lambda: slack.courier.sent[0].finished, PATIENCE)


async def test_an_event_is_sent_again_when_its_connection_is_closed(slack, sockets):
    first, second = await connection(slack, sockets), await connection(slack, sockets)
    await slack.person("U1").says("hi")
    await second.receive_json()
    await second.close()
    again = await first.receive_json()
    await first.send_json({"envelope_id": again["envelope_id"]})
    assert await attempts(slack, 2) == ["connection_failed", ""]
    assert again["retry_attempt"] == 1


async def test_each_payload_goes_to_one_of_the_connections(slack, sockets):
    first, second = await connection(slack, sockets), await connection(slack, sockets)
    sam = slack.person("U1")
    await sam.says("one")
    await sam.says("two")
    for socket in (first, second):
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await slack.changes.until(lambda: all(d.finished for d in slack.courier.sent), PATIENCE)


async def test_the_same_envelope_may_reach_two_connections(slack, sockets):
    both = await connection(slack, sockets), await connection(slack, sockets)
    slack.fail("event", "both")
    await slack.person("U1").says("hi")
    one, two = [await socket.receive_json() for socket in both]
    assert one == two
    for socket in both:
        await socket.send_json({"envelope_id": one["envelope_id"]})
    await slack.settled()


async def test_an_address_of_a_socket_works_once(slack, sockets):
    told = await web_client(slack).apps_connections_open(app_token=slack.tokens.app_level)
    await sockets.ws_connect(told["url"])
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await sockets.ws_connect(told["url"])


async def test_an_eleventh_connection_is_sent_away(slack, sockets):
    ten = [await connection(slack, sockets) for _ in range(10)]
    told = await web_client(slack).apps_connections_open(app_token=slack.tokens.app_level)
    eleventh = await sockets.ws_connect(told["url"])
    assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
    assert not any(socket.closed for socket in ten)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_bolt_connects_anew_when_it_is_told_to(slack, reason):
    heard = Heard(slack)
    async with by_socket(slack, heard.app):
        (old,) = slack.socket.connections
        slack.fail("socket", reason)
        await slack.changes.until(
            lambda: slack.socket.connections and slack.socket.connections != [old], PATIENCE
        )
        await slack.person("U1").says("still there?")
        await heard.number(1)


async def test_a_half_open_socket_swallows_everything_and_even_pings(sockets):
    clock = HandClock()
    async with SlackStandin(clock=clock).running() as slack:
        told = await web_client(slack).apps_connections_open(app_token=slack.tokens.app_level)
        socket = await sockets.ws_connect(told["url"], heartbeat=0.2)
        assert (await socket.receive_json())["type"] == "hello"
        slack.fail("socket", "half_open")
        await slack.person("U1").says("into the void")
        clock.advance(3)
        assert (await attempts(slack, 1))[0] == "timeout"
        assert (await socket.receive()).type in {aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSED}
        assert not slack.violations


async def test_a_reset_socket_is_replaced_by_bolt(slack):
    heard = Heard(slack)
    async with by_socket(slack, heard.app) as handler:
        handler.client.ping_interval = 0.05
        await handler.client.connect_to_new_endpoint(force=True)
        slack.fail("socket", "reset")
        await slack.changes.until(lambda: not slack.socket.connections, PATIENCE)
        await slack.changes.until(lambda: slack.socket.connections, PATIENCE)
        await slack.person("U1").says("back again")
        await heard.number(1)


async def test_a_forged_or_stale_signature_is_refused_by_bolt(slack):
    heard = Heard(slack)
    body = json.dumps({"type": "event_callback"}).encode()
    async with by_http(slack, heard.app) as address, httpx.AsyncClient() as client:
        wrong = signed_headers("another secret", body, time.time())
        stale = signed_headers(slack.signing_secret, body, time.time() - 301)
        for headers in (wrong, stale, {}):
            answer = await client.post(address, content=body, headers=headers)
            assert answer.status_code == 401


async def test_the_handshake_fails_where_the_challenge_does_not_come_back(slack):
    with slack.violations.expected("non_2xx"), pytest.raises(ValueError, match="challenge"):
        await slack.hears_by_http(f"{slack.url}/nowhere")
    await slack.hears_by_socket()


async def test_the_app_hears_of_edits_deletions_mentions_and_its_own_words(slack):
    app = bolt(slack)
    app.event("message")(acknowledge)
    app.event("app_mention")(acknowledge)
    sam = slack.person("U1", "Sam")
    slack.channel("C1", members=[sam])
    async with by_socket(slack, app):
        said = await sam.says("hello @dealdesk", "C1")
        changed = await sam.edits(said, "bye")
        await sam.deletes(changed)
        await web_client(slack).chat_postMessage(channel="C1", text="me")
        await slack.changes.until(lambda: all(d.finished for d in slack.courier.sent), PATIENCE)
    events = [delivery.payload["event"] for delivery in slack.courier.sent]
    assert [(e["type"], e.get("subtype"), e.get("bot_id")) for e in events] == [
        ("message", None, None),
        ("app_mention", None, None),
        ("message", "message_changed", None),
        ("message", "message_deleted", None),
        ("message", None, slack.app.bot_id),
    ]
    assert events[2]["previous_message"]["text"] == f"hello <@{slack.app.bot_user}>"


async def test_the_app_is_told_that_it_was_removed(slack):
    app = bolt(slack)
    app.event("tokens_revoked")(acknowledge)
    app.event("app_uninstalled")(acknowledge)
    async with by_socket(slack, app):
        await app.client.auth_test()
        slack.uninstalls()
        await slack.changes.until(
            lambda: [d.accepted for d in slack.courier.sent] == [True, True], PATIENCE
        )


async def acknowledge():
    """A listener that takes an event and does nothing."""
