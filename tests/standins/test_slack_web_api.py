"""The Web API against slack_sdk's own client: what acts, what is refused and in which words."""

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.standins.slack import HandClock, SlackStandin
from tests.standins.slack.bolting import web_client

pytest_plugins = ["tests.standins.slack.fixtures"]

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*words*"}}


def error_of(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return caught.value.response["error"]


async def refusal(slack: SlackStandin, method: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await web_client(slack).api_call(method, json=args)
    return error_of(caught)


async def raw(slack: SlackStandin, method: str, **request: Any) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(f"{slack.api_url}{method}", **request)


async def test_a_posted_message_is_seen_and_answered_in_slacks_shape(slack):
    sam = slack.person("U1", "Sam")
    channel = slack.channel("C1", "sales", members=[sam])

    answer = await web_client(slack).chat_postMessage(channel="C1", text="hi", blocks=[SECTION])

    (seen,) = sam.chat(channel)
    assert (seen.text, seen.author, seen.ts) == ("words", "dealdesk", answer["ts"])
    assert answer["message"]["bot_id"] == slack.app.bot_id
    assert len(answer["message"]["blocks"][0]["block_id"]) == 5


async def test_a_user_id_as_channel_opens_the_direct_conversation(slack):
    sam = slack.person("U1", "Sam")

    answer = await web_client(slack).chat_postMessage(channel="U1", text="hi &amp; <@U1>")

    assert answer["channel"] == sam.dm
    assert sam.chat()[0].text == "hi & @Sam"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C9", "text": "x"}, "channel_not_found"),
        ({"channel": "", "text": "x"}, "channel_not_found"),
        ({"channel": "C2", "text": "x"}, "not_in_channel"),
        ({"channel": "C3", "text": "x"}, "channel_not_found"),
        ({"channel": "C4", "text": "x"}, "is_archived"),
        ({"channel": "C1", "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ],
)
async def test_a_message_goes_only_where_the_app_may_write(slack, args, error):
    sam = slack.person("U1", "Sam")
    slack.channel("C1", members=[sam])
    slack.channel("C2", members=[sam], with_app=False)
    slack.channel("C3", members=[sam], with_app=False, private=True)
    slack.channel("C4", members=[sam]).archived = True

    assert await refusal(slack, "chat.postMessage", **args) == error


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"blocks": []}, "no_text"),
        ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "leaflet"}]}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_blocks_too_long"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"a": 1}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        ({"text": "x", "mrkdwn": "perhaps"}, "invalid_arguments"),
    ],
)
async def test_a_malformed_message_is_refused_and_noted(slack, args, error):
    slack.channel("C1")
    with slack.violations.expected("refused"):
        assert await refusal(slack, "chat.postMessage", channel="C1", **args) == error


async def test_text_beyond_forty_thousand_characters_is_cut_and_noted(slack):
    slack.channel("C1")
    with slack.violations.expected("truncated"):
        answer = await web_client(slack).chat_postMessage(channel="C1", text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


async def test_an_unknown_argument_is_dropped_and_noted(slack):
    slack.channel("C1")
    with slack.violations.expected("unknown_parameter") as caught:
        await web_client(slack).chat_postMessage(channel="C1", text="x", colour="red")
    assert "colour" in caught[0].detail


async def test_a_missing_argument_is_named_as_slack_does(slack):
    with slack.violations.expected("missing_parameter"), pytest.raises(SlackApiError) as caught:
        await web_client(slack).api_call("chat.postMessage", json={"text": "x"})
    assert error_of(caught) == "invalid_arguments"
    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: channel"]


async def test_an_unknown_method_and_one_that_does_not_act_are_noted(slack):
    with slack.violations.expected("unknown_method"):
        assert await refusal(slack, "chat.shout") == "unknown_method"
    with slack.violations.expected("not_acting"):
        assert await refusal(slack, "dnd.info") == "service_unavailable"


async def test_json_bodies_count_for_nothing_where_slack_reads_forms_only(slack):
    slack.person("U1")
    with slack.violations.expected("missing_parameter"):
        assert await refusal(slack, "users.info", user="U1") == "invalid_arguments"
    assert (await web_client(slack).users_info(user="U1"))["user"]["id"] == "U1"


async def test_an_update_replaces_the_blocks_by_text_and_keeps_text_under_blocks(slack):
    sam = slack.person("U1", "Sam")
    client = web_client(slack)
    first = await client.chat_postMessage(channel="U1", text="said", blocks=[SECTION])
    place = {"channel": first["channel"], "ts": first["ts"]}

    await client.api_call("chat.update", json={**place, "blocks": [SECTION, SECTION]})
    assert (sam.chat()[0].said, sam.chat()[0].text) == ("said", "words\nwords")

    await client.chat_update(**place, text="done")
    assert (sam.chat()[0].text, sam.chat()[0].edited) == ("done", True)


async def test_only_the_apps_own_lasting_messages_can_be_changed(slack):
    sam = slack.person("U1", "Sam")
    said = await sam.says("mine")
    client = web_client(slack)
    shown = await client.chat_postEphemeral(channel=sam.dm, user="U1", text="only you")

    place = {"channel": sam.dm, "ts": said.ts}
    assert await refusal(slack, "chat.update", **place, text="x") == "cant_update_message"
    assert await refusal(slack, "chat.delete", **place) == "cant_delete_message"
    gone = {"channel": sam.dm, "ts": shown["message_ts"]}
    assert await refusal(slack, "chat.update", **gone, text="x") == "message_not_found"
    lost = {"channel": "U1", "ts": said.ts}
    assert await refusal(slack, "chat.update", **lost, text="x") == "channel_not_found"


async def test_an_update_beyond_four_thousand_characters_is_too_long(slack):
    slack.person("U1")
    first = await web_client(slack).chat_postMessage(channel="U1", text="x")
    place = {"channel": first["channel"], "ts": first["ts"]}
    with slack.violations.expected("refused"):
        assert await refusal(slack, "chat.update", **place, text="x" * 4001) == "msg_too_long"


async def test_a_deleted_message_is_gone(slack):
    sam = slack.person("U1")
    first = await web_client(slack).chat_postMessage(channel="U1", text="x")
    await web_client(slack).chat_delete(channel=first["channel"], ts=first["ts"])
    place = {"channel": first["channel"], "ts": first["ts"]}
    assert sam.chat() == []
    assert await refusal(slack, "chat.update", **place, text="y") == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_member_only(slack):
    sam, mia = slack.person("U1", "Sam"), slack.person("U2", "Mia")
    slack.person("U3", "Eve")
    slack.channel("C1", members=[sam, mia])
    client = web_client(slack)

    await client.chat_postEphemeral(channel="C1", user="U2", text="psst")

    assert (sam.chat("C1"), mia.chat("C1")[0].ephemeral) == ([], True)
    args = {"channel": "C1", "user": "U3", "text": "x"}
    assert await refusal(slack, "chat.postEphemeral", **args) == "user_not_in_channel"


async def test_tokens_are_told_apart(slack):
    assert (await raw(slack, "auth.test", headers={"Authorization": "Bearer nonsense"})).json() == {
        "ok": False,
        "error": "invalid_auth",
    }
    with slack.violations.expected("wrong_token"):
        assert (await raw(slack, "auth.test")).json()["error"] == "not_authed"
    with slack.violations.expected("wrong_token"), pytest.raises(SlackApiError) as caught:
        await web_client(slack).apps_connections_open(app_token=slack.tokens.bot)
    assert error_of(caught) == "not_allowed_token_type"


async def test_a_token_in_a_json_body_is_no_token_but_one_in_a_form_is(slack):
    token = {"token": slack.tokens.bot}
    with slack.violations.expected("wrong_token"):
        assert (await raw(slack, "auth.test", json=token)).json()["error"] == "not_authed"
    assert (await raw(slack, "auth.test", data=token)).json()["ok"] is True


async def test_dead_and_rotated_tokens_are_refused(slack):
    slack.tokens.kill(slack.tokens.bot, "token_revoked")
    assert await refusal(slack, "auth.test") == "token_revoked"
    slack.tokens.revive(slack.tokens.bot)
    old = web_client(slack)
    slack.tokens.rotate()
    with pytest.raises(SlackApiError) as caught:
        await old.auth_test()
    assert error_of(caught) == "invalid_auth"
    assert (await web_client(slack).auth_test())["user_id"] == slack.app.bot_user


async def test_missing_scopes_are_named():
    async with SlackStandin(scopes=["chat:write", "im:read"]).running() as slack:
        slack.channel("C1")
        await web_client(slack).chat_postMessage(channel="C1", text="x")
        await web_client(slack).conversations_info(channel="C1")
        with slack.violations.expected("wrong_token"), pytest.raises(SlackApiError) as caught:
            await web_client(slack).users_list()
    assert (error_of(caught), caught.value.response["needed"]) == ("missing_scope", "users:read")


async def test_bodies_that_cannot_be_read_are_refused(slack):
    bearer = {"Authorization": f"Bearer {slack.tokens.bot}"}
    kinds = {"application/json": "invalid_json", "text/csv": "invalid_post_type"}
    for kind, error in kinds.items():
        with slack.violations.expected("refused"):
            headers = {**bearer, "Content-Type": kind}
            answer = await raw(slack, "api.test", headers=headers, content=b"{")
        assert answer.json()["error"] == error


async def test_people_and_places_are_told(slack):
    sam = slack.person("U1", "Sam Sales", email="sam@example.com", is_restricted=True)
    slack.channel("C1", "sales", members=[sam])
    client = web_client(slack)

    assert (await client.users_info(user="U1"))["user"]["is_restricted"] is True
    assert (await client.users_lookupByEmail(email="Sam@example.com"))["user"]["id"] == "U1"
    assert len((await client.users_list(limit=1))["members"]) == 1
    assert (await client.conversations_members(channel="C1"))["members"][0] == "U1"
    assert (await client.conversations_info(channel="C1"))["channel"]["name"] == "sales"
    assert (await client.users_conversations(user="U1"))["channels"][0]["id"] == "C1"
    assert (await client.bots_info(bot=slack.app.bot_id))["bot"]["user_id"] == slack.app.bot_user
    assert (await client.conversations_open(users="U1"))["channel"]["id"] == sam.dm
    with pytest.raises(SlackApiError, match="users_not_found"):
        await client.users_lookupByEmail(email="nobody@example.com")


async def test_pages_are_followed_to_the_end(slack):
    for number in range(5):
        slack.person(f"U{number}")
    pages = [p["members"] async for p in await web_client(slack).users_list(limit=4)]
    assert [len(page) for page in pages] == [4, 2]


async def test_a_history_is_told_newest_first(slack):
    sam = slack.person("U1", "Sam")
    for text in ("one", "two"):
        await sam.says(text)
    told = await web_client(slack).conversations_history(channel=sam.dm)
    assert [each["text"] for each in told["messages"]] == ["two", "one"]


async def test_a_reaction_is_seen_once(slack):
    sam = slack.person("U1", "Sam")
    said = await sam.says("done")
    place = {"channel": sam.dm, "timestamp": said.ts, "name": "white_check_mark"}
    await web_client(slack).reactions_add(**place)
    assert sam.chat()[0].reactions == ("white_check_mark",)
    with pytest.raises(SlackApiError, match="already_reacted"):
        await web_client(slack).reactions_add(**place)


async def test_a_file_is_uploaded_in_three_steps_and_seen(slack):
    sam = slack.person("U1", "Sam")
    client = web_client(slack)

    told = await client.files_upload_v2(
        channel=sam.dm, content=b"%PDF", filename="risk.pdf", initial_comment="The matrix"
    )

    assert (sam.chat()[0].files, sam.chat()[0].text) == (("risk.pdf",), "The matrix")
    async with httpx.AsyncClient() as http:
        page = await http.get(told["file"]["url_private"])
        bearer = {"Authorization": f"Bearer {slack.tokens.bot}"}
        content = await http.get(told["file"]["url_private"], headers=bearer)
    assert (page.headers["content-type"][:9], content.content) == ("text/html", b"%PDF")


async def test_rate_limits_hold_when_switched_on():
    clock = HandClock()
    async with SlackStandin(rate_limits=True, clock=clock).running() as slack:
        slack.channel("C1")
        slack.channel("C2")
        client = web_client(slack)
        await client.chat_postMessage(channel="C1", text="one")
        await client.chat_postMessage(channel="C2", text="another channel")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1", text="too soon")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        clock.advance(1)
        await client.chat_postMessage(channel="C1", text="in time")
        for _ in range(20):
            await client.users_list()
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.users_list()
