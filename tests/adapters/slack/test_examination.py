"""`dealdesk check` says what is wrong with Slack and what to do."""

from contextlib import asynccontextmanager

import pytest

from adapters.slack.manifest import SCOPES
from tests.adapters.slack.conftest import opened
from tests.standins.serving import serving
from tests.standins.slack import SlackStandin
from tests.standins.slack.server import application


async def found(channel):
    findings = await channel.examine()
    await channel.close()
    return {each.subject: (each.state, each.remedy) for each in findings}


@asynccontextmanager
async def granting(*scopes):
    """A stand-in whose answers name the granted scopes in their header, as Slack's do."""
    standin = SlackStandin()
    served = application(standin)

    async def named(scope, receive, send):
        async def sending(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-oauth-scopes", ",".join(scopes).encode()))
            await send(message)

        await served(scope, receive, sending)

    async with serving(named) as url:
        standin.workspace.base_url = url
        yield standin


async def test_all_is_well():
    async with granting(*SCOPES, "more:rights") as slack:
        states = await found(opened(slack))
    assert set(states.values()) == {("ok", "")}
    assert len(states) == 4


async def test_lacking_scopes_are_named():
    async with granting("chat:write", "commands", "users:read") as slack:
        state, remedy = (await found(opened(slack)))["Slack scopes"]
    assert state == "missing"
    assert "add files:read, files:write, im:history, im:write to the app" in remedy


async def test_scopes_that_slack_does_not_name_are_unknown(slack):
    assert (await found(opened(slack)))["Slack scopes"][0] == "unknown"


async def test_a_dead_token_is_told(slack):
    slack.tokens.kill(slack.tokens.bot)
    state, remedy = (await found(opened(slack)))["Slack bot token"]
    assert (state, "DEALDESK_SLACK_BOT_TOKEN" in remedy) == ("wrong", True)


async def test_a_wrong_app_token_is_told(slack):
    with slack.violations.expected("wrong_token"):
        state, remedy = (await found(opened(slack, app_token=slack.tokens.bot)))[
            "Slack Socket Mode"
        ]
    assert (state, "connections:write" in remedy) == ("wrong", True)


async def test_no_way_in_is_told(slack):
    findings = await found(opened(slack, app_token=None, signing_secret=None))
    assert findings["Slack delivery"][0] == "missing"


@pytest.mark.parametrize("how", ["503", "reset"])
async def test_an_unreachable_slack_is_unknown(slack, how):
    slack.fail("*", how, times=2)
    findings = await found(opened(slack))
    assert findings["Slack bot token"][0] == "unknown"
    assert findings["Slack Socket Mode"][0] == "unknown"
