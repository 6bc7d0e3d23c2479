"""Slack reaches us over a WebSocket that is always replaced in time, and over HTTP."""

import asyncio
import dataclasses

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack.sockets import Patience
from dialogs.events import Pressed, Said
from dialogs.people import Address
from dialogs.shows import Ask, Button, FormPage, Notice, Say
from tests.adapters.slack.conftest import SOON, listening, opened
from tests.adapters.slack.test_forms import FIELDS, FILLED, PAGE
from tests.standins.serving import serving


async def connected(slack, besides=()):
    """Wait for a connection that is none of `besides` and the only one."""

    def new():
        here = [each for each in slack.socket.connections if each not in besides]
        return here if here and len(slack.socket.connections) == 1 else None

    return (await slack.changes.until(new, 10))[0]


@pytest.mark.usefixtures("channel")
class TestSocketMode:
    @pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
    async def test_b11_a_connection_slack_wants_to_end_is_replaced(self, slack, sam, inbox, reason):
        old = await connected(slack)
        await slack.socket.dismiss(reason)
        await connected(slack, [old])
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")

    async def test_b11_the_new_connection_stands_before_the_old_one_ends(self, slack, inbox, sam):
        old = await connected(slack)
        await slack.socket.dismiss("refresh_requested")
        here = slack.socket.connections
        await slack.changes.until(lambda: old in here and len(here) > 1, 5)
        await connected(slack, [old])

    async def test_an_answer_under_way_reaches_slack_when_the_connection_changes(
        self, slack, sam, inbox
    ):
        old = await connected(slack)
        inbox.gate.clear()
        commanding = asyncio.create_task(sam.commands("/dealdesk pending"))
        await inbox.knocked.wait()
        await slack.socket.dismiss("refresh_requested")
        await slack.changes.until(lambda: list(slack.socket.connections)[1:], 5)
        inbox.gate.set()
        assert (await commanding).accepted
        await connected(slack, [old])

    async def test_a_connection_that_was_cut_is_replaced(self, slack, sam, inbox):
        old = await connected(slack)
        slack.fail("socket", "reset")
        await connected(slack, [old])
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")

    async def test_c11_slack_that_gives_no_address_is_asked_again(self, slack, sam, inbox, caplog):
        old = await connected(slack)
        slack.fail("apps.connections.open", "invalid_auth", times=2)
        slack.fail("apps.connections.open", "ratelimited", retry_after=0)
        slack.fail("socket", "reset")
        await connected(slack, [old])
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")
        assert "DEALDESK_SLACK_APP_TOKEN" in caplog.text

    async def test_b11_a_switched_off_link_is_reported_and_tried_on(
        self, slack, inbox, sam, caplog
    ):
        old = await connected(slack)
        slack.fail("apps.connections.open", "access_denied")
        await slack.socket.dismiss("link_disabled", close=True)
        await connected(slack, [old])
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")
        assert "access_denied" in caplog.text

    async def test_b3_an_envelope_on_two_connections_counts_once(self, slack, sam, inbox):
        async with listening(opened(slack), inbox):
            await slack.changes.until(lambda: list(slack.socket.connections)[1:], 5)
            slack.fail("event", "twice")
            await sam.says("hello")
            await inbox.gets()
            await inbox.gets()
        assert (len(inbox.arrivals), len(inbox.again)) == (1, 1)

    async def test_stopping_leaves_no_connection(self, slack, inbox):
        async with listening(opened(slack), inbox):
            await slack.changes.until(lambda: list(slack.socket.connections)[1:], 5)
        await connected(slack)


async def test_slack_that_is_away_at_the_start_is_waited_for(slack, sam, inbox):
    slack.fail("*", "503", times=3)
    async with listening(opened(slack), inbox):
        await connected(slack)
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")


async def test_a_connection_that_never_greets_is_given_up(slack, sam, inbox, monkeypatch):
    hello = slack.socket._hello
    silent = iter([{"type": "silence"}])
    monkeypatch.setattr(slack.socket, "_hello", lambda: next(silent, None) or hello())
    impatient = dataclasses.replace(SOON, greeting=0.5)
    async with listening(opened(slack, patience=impatient), inbox):
        old = (await slack.changes.until(lambda: list(slack.socket.connections), 5))[0]
        await connected(slack, [old])
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")


async def test_b12_a_connection_that_went_deaf_is_replaced(slack, sam, inbox):
    """Nothing passes and nobody says so: only the unanswered pings tell."""
    impatient = dataclasses.replace(SOON, ping=0.2, farewell=0.1)
    async with listening(opened(slack, patience=impatient), inbox):
        old = await connected(slack)
        slack.fail("socket", "half_open")
        await slack.changes.until(lambda: [c for c in slack.socket.connections if c is not old], 10)
        old.transport.resume_reading()
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")


async def until(true):
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - a channel's trouble rings no bell
            await asyncio.sleep(0.02)


async def test_b12_while_there_is_no_connection_the_channel_says_so(slack, sam, inbox):
    impatient = dataclasses.replace(SOON, ping=0.2, farewell=0.1)
    channel = opened(slack, patience=impatient)
    async with listening(channel, inbox):
        old = await connected(slack)
        assert channel.trouble == ""
        slack.fail("apps.connections.open", "503", times=1000)
        slack.fail("socket", "half_open")
        await until(lambda: "no connection to Slack" in channel.trouble)
        slack.faults.clear()
        await slack.changes.until(lambda: [c for c in slack.socket.connections if c is not old], 10)
        old.transport.resume_reading()
        await until(lambda: not channel.trouble)


def test_b12_in_earnest_a_deaf_connection_is_noticed_in_time():
    """What the shortened times above stand for: four pings without an answer, then a new one."""
    patience = Patience()
    noticed = 4 * patience.ping + patience.ping + patience.look
    assert noticed <= 90
    assert noticed + patience.greeting + patience.first_pause <= 120


async def test_b12_in_real_time(slack, sam, inbox):
    async with listening(opened(slack, patience=Patience()), inbox):
        old = await connected(slack)
        slack.fail("socket", "half_open")
        others = slack.socket.connections
        await slack.changes.until(lambda: [one for one in others if one is not old], 90)
        old.transport.resume_reading()
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")


@pytest.fixture
async def by_http(slack, inbox):
    """A channel that Slack calls, behind a real server."""
    channel = opened(slack, app_token=None)
    ((path, hook),) = channel.hooks(inbox.accept).items()

    async def endpoint(request: Request) -> Response:
        answer = await hook(await request.body(), dict(request.headers))
        return Response(answer.body, answer.status, media_type=answer.content_type)

    async with serving(Starlette(routes=[Route(path, endpoint, methods=["POST"])])) as url:
        await slack.hears_by_http(url + path)
        yield channel
    await channel.close()


def asked(sam, *controls):
    address = Address("slack", "T1:USAM", sam.dm)
    return Say(address, "question", Ask("T", "P", controls=controls))


class TestHttp:
    async def test_events_presses_and_commands_arrive(self, slack, sam, inbox, by_http):
        await sam.says("hello")
        await inbox.gets()
        await by_http.show(asked(sam, Button("Go", "go")), None)
        assert (await sam.presses("Go")).accepted
        room = slack.channel("C1", "deals", members=[sam])
        await sam.commands("/dealdesk record", room)
        assert inbox.events == [Said("hello"), Pressed("go"), Said("record", command=True)]
        assert (await sam.hears("See our direct message.", channel=room)).ephemeral

    async def test_what_was_not_kept_is_refused_and_comes_again(self, slack, sam, inbox, by_http):
        inbox.closed = True
        with slack.violations.expected("non_2xx"):
            await sam.says("hello")
            await slack.changes.until(lambda: slack.courier.sent[-1].replies, 5)
            inbox.closed = False
            assert (await inbox.gets()).event == Said("hello")

    async def test_a_form_goes_all_the_way(self, slack, sam, inbox, by_http):
        await by_http.show(asked(sam, Button("Fill in", "f", opens_form=True)), None)
        second = dataclasses.replace(PAGE, title="Second page", token="page-2")
        inbox.replies = [PAGE, second]
        await sam.presses("Fill in")
        await sam.gets_modal("Appointment")
        await sam.submits(values=FILLED)
        await sam.gets_modal("Second page")
        await sam.submits(values=FILLED)
        assert [event.token for event in inbox.events] == ["f", "page-1", "page-2"]
        assert sam.modal is None

    async def test_a_form_whose_press_was_not_kept_says_that_the_chat_goes_on(
        self, slack, sam, inbox, by_http
    ):
        await by_http.show(asked(sam, Button("Fill in", "f", opens_form=True)), None)
        inbox.closed = True
        with slack.violations.expected("non_2xx"):
            await sam.presses("Fill in")
        await sam.gets_modal("We go on in the chat.")

    async def test_a_page_that_was_not_kept_stays(self, slack, sam, inbox, by_http):
        await by_http.show(asked(sam, Button("Fill in", "f", opens_form=True)), None)
        inbox.replies = [FormPage("Appointment", "page-1", "Send", "Close", FIELDS)]
        await sam.presses("Fill in")
        await sam.gets_modal("Appointment")
        inbox.closed = True
        with slack.violations.expected("non_2xx"):
            await sam.submits(values=FILLED)
        assert sam.modal.title == "Appointment"

    async def test_both_ways_may_be_open(self, slack, sam, inbox, by_http, channel):
        await slack.hears_by_socket()
        await sam.says("by socket")
        assert (await inbox.gets()).event == Said("by socket")
        await by_http.show(Say(Address("slack", "T1:USAM", sam.dm), "note", Notice("ok")), None)
