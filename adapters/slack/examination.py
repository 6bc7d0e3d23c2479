"""What `dealdesk check` says about Slack: tokens, rights, and how Slack reaches us."""

from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import TokenRefused, answered
from adapters.slack.manifest import SCOPES
from dialogs.crm import Finding
from dialogs.errors import ChatRefused, ChatUnavailable


async def examination(
    client: AsyncWebClient, app_token: str | None, signing_secret: str | None
) -> AsyncIterator[Finding]:
    """Yield the findings; never raises."""
    async for finding in _bot(client):
        yield finding
    if app_token:
        yield await _socket(client, app_token)
    if signing_secret:
        yield Finding("Slack signing secret", "ok")
    if not app_token and not signing_secret:
        remedy = (
            "set DEALDESK_SLACK_APP_TOKEN (Socket Mode) or DEALDESK_SLACK_SIGNING_SECRET (HTTP)"
        )
        yield Finding("Slack delivery", "missing", remedy)


async def _bot(client: AsyncWebClient) -> AsyncIterator[Finding]:
    try:
        identity = await answered(client.auth_test())
    except (ChatUnavailable, ChatRefused) as trouble:
        yield _trouble("Slack bot token", trouble)
        return
    yield Finding(f"Slack bot token ({identity['team']}, {identity['team_id']})", "ok")
    yield _scopes(identity.headers.get("x-oauth-scopes"))


def _scopes(granted: str | None) -> Finding:
    """Compare with what the manifest asks for; Slack names the granted ones in a header."""
    if granted is None:
        return Finding("Slack scopes", "unknown", "Slack did not name them; is a proxy in between?")
    lacking = sorted(set(SCOPES) - {each.strip() for each in granted.split(",")})
    if not lacking:
        return Finding("Slack scopes", "ok")
    remedy = f"add {', '.join(lacking)} to the app (`dealdesk slack manifest`) and reinstall it"
    return Finding("Slack scopes", "missing", remedy)


async def _socket(client: AsyncWebClient, app_token: str) -> Finding:
    try:
        await answered(client.apps_connections_open(app_token=app_token))
    except (ChatUnavailable, ChatRefused) as trouble:
        needs = "; the app token needs connections:write, and Socket Mode must be on"
        return _trouble("Slack Socket Mode", trouble, needs)
    return Finding("Slack Socket Mode", "ok")


def _trouble(subject: str, trouble: ChatUnavailable | ChatRefused, needs: str = "") -> Finding:
    passing = isinstance(trouble, ChatUnavailable) and not isinstance(trouble, TokenRefused)
    if passing:
        return Finding(subject, "unknown", str(trouble))
    return Finding(subject, "wrong", f"{trouble}{needs}")
