"""Opens a form in time: the modal within the three seconds of the press, its questions later."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.blocks import Block, plain
from adapters.slack.calls import answered
from adapters.slack.errands import Errands
from adapters.slack.modal import page_view, remark_view
from adapters.slack.words import Words
from dialogs.errors import ChatRefused, ChatUnavailable
from dialogs.people import Address
from dialogs.ports import Receipt
from dialogs.shows import FormPage, FormReply

_log = logging.getLogger(__name__)


class Forms:
    """Modals of one app."""

    def __init__(self, client: AsyncWebClient, words: Words, errands: Errands) -> None:
        self._client = client
        self._words = words
        self._errands = errands

    async def open(
        self, trigger: str, address: Address, keep: Callable[[], Awaitable[Receipt]]
    ) -> Receipt:
        """Open a modal while `keep` puts the press into the inbox; its questions follow later.

        What `keep` raises is raised; the modal then says that the chat goes on.
        """
        opening = asyncio.create_task(self._loading(trigger))
        reply: FormReply | None = None
        try:
            receipt = await keep()
            reply = receipt.reply
        finally:
            self._errands.run(self._fill(opening, self.view(reply, address.chat), address))
        return receipt

    def view(self, reply: FormReply | None, chat: str | None) -> Block:
        return page_view(reply, chat) if isinstance(reply, FormPage) else self.closing()

    def closing(self) -> Block:
        return remark_view(self._words.closed)

    async def _loading(self, trigger: str) -> str | None:
        """Return the id of the modal; None when the press came too late or twice: no harm done."""
        view = remark_view(self._words.wait)
        try:
            opened = await answered(self._client.views_open(trigger_id=trigger, view=view))
        except (ChatUnavailable, ChatRefused) as trouble:
            _log.warning("A form was not opened, the dialogue stays in the chat: %s", trouble)
            return None
        return str(opened["view"]["id"])

    async def _fill(self, opening: asyncio.Task[str | None], view: Block, address: Address) -> None:
        view_id = await opening
        if view_id is None:
            await self._excuse(address)
            return
        await answered(self._client.views_update(view_id=view_id, view=view))

    async def _excuse(self, address: Address) -> None:
        """Say to the presser alone that the button can be pressed again: it still stands there."""
        user = address.account.rpartition(":")[2]
        said = plain(self._words.late, limits.SECTION)["text"]
        await answered(self._client.chat_postEphemeral(channel=address.chat, user=user, text=said))
