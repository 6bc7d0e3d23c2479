"""Who of the people in a workspace belongs to the company: members, by Slack's own word.

Guests, bots, deactivated people and those of other companies don't. Knows nothing of links: a
member may be a stranger to dealdesk all the same.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import PlaceClosed, answered
from dialogs.errors import ChatRefused, ChatUnavailable

FRESH_S = 60.0
"""How long an answer counts: somebody who was let go decides nothing a minute later."""
PATIENCE_S = 1.0
"""Slack wants its own answer within three seconds."""
REMEMBERED = 5_000
_NOBODY = {"user_not_found", "user_not_visible"}
_OUTSIDE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")


class Members:
    """Asks Slack about a person, at most once a minute."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, bool]] = {}

    async def outsider(self, account: str, installed: str) -> bool:
        """Tell whether they don't belong. Where Slack can't be asked, what it said last counts."""
        team, _, user = account.partition(":")
        if {team[:1], installed[:1]} == {"T"} and team != installed:
            return True
        asked, outside = self._known.get(account, (-FRESH_S, False))
        if time.monotonic() - asked < FRESH_S:
            return outside
        return await self._asked(account, user, outside=outside)

    async def _asked(self, account: str, user: str, *, outside: bool) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                told = await answered(self._client.users_info(user=user))
            outside = _outside(told["user"])
        except PlaceClosed as nobody:
            outside = outside or nobody.code in _NOBODY
        except (ChatUnavailable, ChatRefused, TimeoutError, KeyError):
            pass
        self._remember(account, outside=outside)
        return outside

    def _remember(self, account: str, *, outside: bool) -> None:
        self._known[account] = (time.monotonic(), outside)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]


def _outside(user: Mapping[str, Any]) -> bool:
    return any(user.get(fact) for fact in _OUTSIDE)
