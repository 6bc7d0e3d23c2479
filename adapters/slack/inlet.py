"""Everything Slack sends, into the inbox first and acknowledged afterwards.

A Bolt app whose one middleware runs before Bolt asks Slack anything: an event is kept even while
Slack's Web API is away. Redeliveries pass through: the inbox knows their keys.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import Block
from adapters.slack.calls import answered, quiet
from adapters.slack.direct import DirectMessages
from adapters.slack.errands import Errands
from adapters.slack.forms import Forms
from adapters.slack.home import home_view, same_edition
from adapters.slack.inbound import MALFORMED, Incoming, Json, read
from adapters.slack.members import Members
from adapters.slack.modal import error_map
from adapters.slack.standing import Standing
from adapters.slack.words import Words
from dialogs.errors import ChatRefused, ChatUnavailable, StoreUnavailable
from dialogs.events import Arrival, Barred, FromPerson, Submitted
from dialogs.people import Address
from dialogs.ports import Accept, Receipt
from dialogs.shows import FormErrors, FormPage

CHANNEL = "slack"
_log = logging.getLogger(__name__)

Next = Callable[[], Awaitable[BoltResponse]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the inlet works with; one for all its apps."""

    client: AsyncWebClient
    direct: DirectMessages
    forms: Forms
    errands: Errands
    members: Members
    standing: Standing
    words: Words
    clock: Callable[[], int]


def bolt_app(desk: Desk, accept: Accept, signing_secret: str) -> AsyncApp:
    """Make the app. Slack is not asked who we are: an unreachable Slack does not stop the start."""
    return AsyncApp(
        name="slack_bolt.dealdesk",
        logger=quiet("slack_bolt"),
        client=desk.client,
        signing_secret=signing_secret,
        before_authorize=Inlet(desk, accept),
        process_before_response=True,
    )


DIRECT = "D"
"""How the ids of direct messages begin."""


class Inlet(AsyncMiddleware):
    """The middleware; as a class, because Bolt's argument injection stumbles over odd payloads."""

    def __init__(self, desk: Desk, accept: Accept) -> None:
        self._desk = desk
        self._accept = accept

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Next,  # noqa: A002 - Bolt's name for it
    ) -> BoltResponse:
        """Answer a request of Slack's; Bolt itself answers only the check of our address."""
        if req.body.get("type") == "url_verification":
            await next()
            return resp
        try:
            return await self._take(req.body, req.context.ack)
        except (StoreUnavailable, ChatUnavailable) as trouble:
            _log.warning("Not kept, so not acknowledged: %s", trouble)
            return BoltResponse(status=503)

    async def _take(self, body: Json, ack: AsyncAck) -> BoltResponse:
        incoming = self._readable(body)
        if incoming is None:
            self._beside(body)
            return await ack()
        try:
            arrival = await self._arrival(incoming)
        except ChatRefused as refused:
            _log.warning("Nobody to answer to: %s", refused)
            return await ack()
        return await self._kept(incoming, arrival, body, ack)

    def _readable(self, body: Json) -> Incoming | None:
        """Return None also for a payload of a shape that Slack never documented."""
        try:
            return read(body, self._desk.clock())
        except MALFORMED as error:
            _log.warning(
                "A payload of type %.40r can't be read (%r)", body.get("type"), type(error)
            )
            return None

    async def _arrival(self, incoming: Incoming) -> Arrival:
        if incoming.chat and incoming.chat.startswith(DIRECT):
            self._desk.direct.learn(incoming.account, incoming.chat)
        chat = incoming.chat or await self._desk.direct.of(incoming.account)
        shared = not chat.startswith(DIRECT)
        address = Address(CHANNEL, incoming.account, chat, shared=shared)
        return Arrival(incoming.key, address, incoming.at, await self._let_in(incoming))

    async def _let_in(self, incoming: Incoming) -> FromPerson:
        """The event, or that it is an outsider's. A form that opens can't wait for the answer."""
        members = self._desk.members
        if incoming.trigger or not await members.outsider(incoming.account, incoming.installed):
            return incoming.event
        return Barred("outsider")

    async def _kept(
        self, incoming: Incoming, arrival: Arrival, body: Json, ack: AsyncAck
    ) -> BoltResponse:
        if incoming.trigger:
            await self._desk.forms.open(
                incoming.trigger, arrival.address, lambda: self._accept(arrival)
            )
            return await ack()
        receipt = await self._accept(arrival)
        if isinstance(incoming.event, Submitted):
            return await self._page_answer(receipt, incoming, body["view"], ack)
        elsewhere = incoming.spoken_in not in {"", arrival.address.chat}
        return await ack(self._desk.words.elsewhere if elsewhere else "")

    async def _page_answer(
        self, receipt: Receipt, incoming: Incoming, view: Json, ack: AsyncAck
    ) -> BoltResponse:
        match receipt.reply:
            case FormErrors() as errors:
                return await ack(response_action="errors", errors=error_map(errors, view))
            case FormPage() as page:
                return await ack(
                    response_action="update", view=self._desk.forms.view(page, incoming.chat)
                )
            case _:
                return await ack(response_action="clear")

    def _beside(self, body: Json) -> None:
        """Attend to events that are no part of a dialogue."""
        match body.get("event"):
            case {"type": "app_home_opened", "tab": "home", "user": str(user), **more}:
                self._home(user, more.get("view"))
            case {"type": "app_uninstalled" | "tokens_revoked"}:
                self._desk.standing.lost()

    def _home(self, user: str, standing: object) -> None:
        view = home_view(self._desk.words)
        if not same_edition(standing, view):
            self._desk.errands.run(self._publish(user, view))

    async def _publish(self, user: str, view: Block) -> None:
        await answered(self._desk.client.views_publish(user_id=user, view=view))
