"""Calls of Slack's Web API, and what its refusals mean to us.

Knows which error Slack will repeat and which it won't. The SDK's own retry is off: it would post
a message twice whose answer was lost.
"""

import logging
from collections.abc import Awaitable, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from dialogs.errors import ChatClosed, ChatDenied, ChatRefused, ChatUnavailable

SECONDS = 20
"""A call takes no longer than this altogether."""

_PASSING = {
    "external_channel_migrating",
    "fatal_error",
    "internal_error",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "streaming_state_conflict",
    "team_added_to_org",
    "update_failed",
}
_TOKEN = {
    "access_denied",
    "accesslimited",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
_CLOSED = {
    "account_inactive",
    "cannot_dm_bot",
    "channel_not_found",
    "ekm_access_denied",
    "is_archived",
    "messages_tab_disabled",
    "not_in_channel",
    "restricted_action",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
}
_REMEDIES = {
    "channel_not_found": "the chat is gone, or dealdesk is not in it: invite it with /invite",
    "is_archived": "the channel is archived: name another one",
    "messages_tab_disabled": "enable the Messages tab, as in `dealdesk slack manifest`",
    "missing_scope": "reinstall the app with the scopes of `dealdesk slack manifest`",
    "not_in_channel": "invite dealdesk to the channel with /invite",
}


_CHECK_TOKENS = "check DEALDESK_SLACK_BOT_TOKEN (xoxb-…) and DEALDESK_SLACK_APP_TOKEN (xapp-…)"


class SlackRefused(ChatRefused):
    """A refusal for good, with Slack's name for it."""

    def __init__(self, message: str, code: str) -> None:
        """Keep Slack's error code, e.g. `message_not_found`."""
        super().__init__(message)
        self.code = code


class PlaceClosed(SlackRefused, ChatClosed):
    """Nothing will be shown in that chat, whatever it is."""


class TokenRefused(ChatDenied):
    """A token is invalid or lacks a right. Unlike a refusal, an administrator can mend it."""


class Web(AsyncWebClient):
    """The Web API over kept connections. It opens none before the first call."""

    def __init__(self, token: str, base_url: str) -> None:
        super().__init__(
            token=token,
            base_url=base_url,
            timeout=SECONDS,
            logger=quiet("slack_sdk"),
            retry_handlers=[],
        )
        host = urlsplit(base_url).hostname or ""
        if host in {"127.0.0.1", "::1", "localhost"} or proxy_bypass(host):
            self.proxy = None  # the SDK takes HTTPS_PROXY, but does not know NO_PROXY

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call a method, on a connection that was used before where there is one."""
        if self.session is None or self.session.closed:
            self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        return await super().api_call(api_method, **arguments)

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()


def quiet(name: str) -> logging.Logger:
    """Return a logger that lets warnings through and nothing below: there stand people's words."""
    logger = logging.getLogger(name)
    if logger.level < logging.WARNING:
        logger.setLevel(logging.WARNING)
    return logger


async def answered(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Await a call of the client.

    Raises:
        ChatUnavailable: not reached, overloaded, rate limited, or a token an administrator mends.
        SlackRefused: Slack will say no again.
    """
    try:
        return await call
    except SlackApiError as error:
        raise _translated(error) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ChatUnavailable(f"Slack can't be reached ({type(error).__name__})") from error
    except (AttributeError, ValueError) as error:  # the SDK's reading of what is no JSON
        raise ChatUnavailable("Slack's answer can't be read; is a proxy in between?") from error


def _translated(error: SlackApiError) -> ChatRefused | ChatUnavailable:
    code, status = _code(error), _status(error)
    if not code or code in _PASSING or status == 429 or status >= 500:  # noqa: PLR2004 - HTTP's own
        return ChatUnavailable(f"Slack asks to wait ({code or status})", _retry_after(error))
    said = f"Slack says {code}{_explanation(error)}"
    if code in _TOKEN:
        return TokenRefused(f"{said}: {_REMEDIES.get(code, _CHECK_TOKENS)}")
    refused = PlaceClosed if code in _CLOSED else SlackRefused
    return refused(f"{said}: {_REMEDIES[code]}" if code in _REMEDIES else said, code)


def _code(error: SlackApiError) -> str:
    """Return Slack's error code; empty where the answer was none of Slack's (a gateway's page)."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, Mapping) else ""


def _explanation(error: SlackApiError) -> str:
    """Return where in the blocks it is wrong; Slack repeats none of the texts in it."""
    data = getattr(error.response, "data", None)
    metadata = data.get("response_metadata") if isinstance(data, Mapping) else None
    messages = metadata.get("messages") if isinstance(metadata, Mapping) else None
    return f" ({'; '.join(map(str, messages[:3]))})" if isinstance(messages, list) else ""


def _status(error: SlackApiError) -> int:
    response: Any = error.response
    return int(getattr(response, "status_code", getattr(response, "status", 0)))


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    waiting = str(headers.get("Retry-After", ""))
    return float(waiting) if waiting.isdecimal() else None
