"""What runs out, what is guarded and what a test can let go wrong, seen through slack_sdk."""

import asyncio
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.standins.slack import HandClock, SlackStandin
from tests.standins.slack.bolting import web_client
from tests.standins.slack.mentions import as_read, as_sent, unescaped_controls

pytest_plugins = ["tests.standins.slack.fixtures"]

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(**more: Any) -> Json:
    field = {"type": "plain_text_input", "action_id": "value"}
    name = {"type": "input", "block_id": "name", "label": plain("Name"), "element": field}
    return {"type": "modal", "title": plain("F"), "submit": plain("S"), "blocks": [name], **more}


@pytest.fixture
def sam(slack):
    return slack.person("U1", "Sam Sales")


async def test_a_trigger_lasts_three_seconds_and_serves_once():
    clock = HandClock()
    async with SlackStandin(clock=clock).running() as slack:
        slack.person("U1")
        client, view = web_client(slack), modal()
        trigger = slack.tickets.trigger("U1")
        await client.views_open(trigger_id=trigger, view=view)
        late = slack.tickets.trigger("U1")
        clock.advance(3.1)
        for stale, error in ((trigger, "exchanged"), (late, "expired")):
            with pytest.raises(SlackApiError, match=f"{error}_trigger_id"):
                await client.views_open(trigger_id=stale, view=view)
        assert not slack.violations


async def test_views_are_guarded_by_hash_external_id_and_depth(slack, sam):
    client = web_client(slack)
    named = modal(external_id="record-7")
    opened = await client.views_open(trigger_id=slack.tickets.trigger("U1"), view=named)
    view = opened["view"]
    changed = await client.views_update(external_id="record-7", hash=view["hash"], view=named)
    for args, error in (
        ({"view_id": view["id"], "hash": view["hash"]}, "hash_conflict"),
        ({"view_id": "V0"}, "not_found"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.views_update(view=named, **args)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_open(trigger_id=slack.tickets.trigger("U1"), view=named)
    assert changed["view"]["root_view_id"] == view["id"]
    below = view["id"]
    for _ in range(2):
        inside = slack.tickets.trigger("U1", below)
        below = (await client.views_push(trigger_id=inside, view=modal()))["view"]["id"]
    inside = slack.tickets.trigger("U1", below)
    with slack.violations.expected("refused"), pytest.raises(SlackApiError, match="push_limit"):
        await client.views_push(trigger_id=inside, view=modal())


async def test_a_response_url_serves_five_times_within_half_an_hour():
    clock = HandClock()
    async with SlackStandin(clock=clock).running() as slack, httpx.AsyncClient() as client:
        sam = slack.person("U1")
        posted = await web_client(slack).chat_postMessage(channel="U1", text="old")
        address = slack.response_url("U1", sam.dm, posted["ts"])
        replaces = {"text": "new", "replace_original": True}
        assert (await client.post(address, json=replaces)).status_code == 200
        assert [each.text for each in sam.chat()] == ["new"]
        for _ in range(4):
            await client.post(address, json={"text": "psst"})
        assert (await client.post(address, json={"text": "sixth"})).json()["error"] == "used_url"
        late = slack.response_url("U1", sam.dm)
        clock.advance(1801)
        assert (await client.post(late, json={"text": "x"})).json()["error"] == "expired_url"


async def test_an_unescaped_broadcast_of_somebodys_own_making_is_noted(slack, sam):
    await sam.says("tell <!channel> & co")
    client = web_client(slack)
    await client.chat_postMessage(channel="U1", text="You said &lt;!channel&gt; &amp; co")
    with slack.violations.expected("unescaped"):
        await client.chat_postMessage(channel="U1", text="You said <!channel>")
    await client.chat_postMessage(channel="U1", text="Hello <@U1>, see <https://example.com|here>")


@pytest.mark.parametrize("how", ["500", "hang", "reset", "is_archived", "ratelimited"])
async def test_the_next_call_goes_wrong_as_ordered(slack, sam, how):
    slack.fail("chat.postMessage", how, channel=sam.dm, retry_after=30)
    client = web_client(slack, timeout=1)
    client.retry_handlers.clear()
    with pytest.raises((SlackApiError, OSError, asyncio.TimeoutError)) as caught:
        await client.chat_postMessage(channel=sam.dm, text="lost")
    if how == "ratelimited":
        assert caught.value.response.headers["Retry-After"] == "30"
    await client.chat_postMessage(channel=sam.dm, text="found")
    assert [each.text for each in sam.chat()] == ["found"]


async def test_a_call_may_take_effect_although_its_answer_is_lost(slack, sam):
    slack.fail("chat.postMessage", "reset", accepted=True)
    await web_client(slack).chat_postMessage(channel="U1", text="twice")
    assert [each.text for each in sam.chat()] == ["twice", "twice"]


async def test_only_documented_faults_can_be_ordered(slack):
    with pytest.raises(ValueError, match="does not document"):
        slack.fail("chat.update", "not_in_channel")
    with pytest.raises(ValueError, match="no method"):
        slack.fail("chat.shout", "500")
    with pytest.raises(ValueError, match="accepted"):
        slack.fail("chat.update", "message_not_found", accepted=True)
    with pytest.raises(ValueError, match="socket"):
        slack.fail("socket", "melted")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("ask @sam.sales now", "ask <@U1> now"),
        ("see example.com/a, please", "see <http://example.com/a|example.com/a>, please"),
        ("https://example.com/a?b=1&c=2.", "<https://example.com/a?b=1&amp;c=2>."),
        ("info@example.com", "<mailto:info@example.com|info@example.com>"),
        ("1.250,50 EUR on 24.12.2026", "1.250,50 EUR on 24.12.2026"),
    ],
)
def test_typed_text_is_sent_as_slack_sends_it_and_read_as_typed(typed, sent):
    assert as_sent(typed, {"sam.sales": "U1"}) == sent
    assert as_read(sent, {"U1": "sam.sales"}) == typed


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("*bold* and _slanted_, ~gone~, `code`", "bold and slanted, gone, code"),
        ("*_both_*", "both"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("<https://example.com|here> in <#C1>", "here in #sales"),
        ("<!date^1^{date}|yesterday> <!here>", "yesterday @here"),
    ],
)
def test_marked_up_text_is_read_without_its_marks(stored, read):
    assert as_read(stored, {"C1": "sales"}) == read


def test_only_what_somebody_typed_counts_as_unescaped():
    assert unescaped_controls(["<!here> <@U1>"], ["<!here>"]) == ["<!here>"]
    assert unescaped_controls(["&lt;!here&gt;"], ["<!here>"]) == []
