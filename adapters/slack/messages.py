"""Messages as they stand in Slack: posted, changed, and without their buttons when outdated.

A reference is `channel:ts`. Knows no dialogue: text and blocks come ready-made.
"""

import logging
from collections import OrderedDict
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import Block
from adapters.slack.calls import SlackRefused, answered
from adapters.slack.outbound import without_buttons
from dialogs.errors import ChatRefused, ChatUnavailable

REMEMBERED = 500
"""Messages kept at hand, so that taking their buttons needs no look into the history."""
_GONE = {"cant_update_message", "edit_window_closed", "message_not_found"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Content:
    """A message's fallback text and its blocks."""

    text: str
    blocks: list[Block]


class Messages:
    """The messages of one app."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._standing: OrderedDict[str, Content] = OrderedDict()

    async def post(self, channel: str, content: Content) -> str:
        """Post it and return its reference. Slack previews none of its links."""
        posted = await answered(
            self._client.chat_postMessage(
                channel=channel,
                text=content.text,
                blocks=content.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        reference = f"{posted['channel']}:{posted['ts']}"
        self._remember(reference, content)
        return reference

    async def change(self, reference: str, content: Content) -> bool:
        """Change it in place; answer False where the message is gone or may not be changed."""
        channel, _, ts = reference.partition(":")
        updating = self._client.chat_update(
            channel=channel, ts=ts, text=content.text, blocks=content.blocks, parse="none"
        )
        try:
            await answered(updating)
        except SlackRefused as refused:
            if refused.code in _GONE:
                return False
            raise
        self._remember(reference, content)
        return True

    async def take_buttons(self, reference: str) -> None:
        """Leave only its words. Never raises: a press on what is outdated does no harm."""
        try:
            content = self._standing.get(reference) or await self._look_up(reference)
            if content is not None:
                bare = Content(content.text, without_buttons(content.blocks))
                await self.change(reference, bare)
                self._standing.pop(reference, None)
        except (ChatUnavailable, ChatRefused) as trouble:
            _log.warning("An outdated message keeps its buttons: %s", trouble)

    async def _look_up(self, reference: str) -> Content | None:
        """Read it from the history, after a restart."""
        channel, _, ts = reference.partition(":")
        asked = self._client.conversations_history(
            channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1
        )
        found = (await answered(asked))["messages"]
        return Content(found[0]["text"], found[0].get("blocks") or []) if found else None

    def _remember(self, reference: str, content: Content) -> None:
        self._standing[reference] = content
        self._standing.move_to_end(reference)
        if len(self._standing) > REMEMBERED:
            self._standing.popitem(last=False)
