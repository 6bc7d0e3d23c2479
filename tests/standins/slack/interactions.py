"""What happens when a person acts: the payload goes to the app, and its answer takes effect.

Knows the round trip of each kind of interaction; what a person may act on is `person`'s business.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import payloads, shapes
from .answers import apply_submission, options_of, show_command_answer
from .delivery import Delivery
from .entering import Input, complaints
from .workspace import Channel, Message, User, View

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]
Surface = Message | View
FAILED = "This app did not respond in time. Please try again."
OFFLINE = "This app is not connected right now."


@dataclass(frozen=True)
class Submission:
    """How a form was received: `errors` by block_id, from the client itself or from the app."""

    sent: bool
    errors: dict[str, str]
    delivery: Delivery | None = None

    @property
    def accepted(self) -> bool:
        return self.sent and not self.errors


async def act(
    slack: "SlackStandin", user: User, surface: Surface, field: Input, value: Json | None
) -> Delivery:
    """A button pressed or a choice made: `block_actions`."""
    payload = payloads.interaction("block_actions", user, slack.workspace)
    payload |= _place(slack, user, surface)
    view_id = surface.id if isinstance(surface, View) else None
    payload["trigger_id"] = slack.tickets.trigger(user.id, view_id)
    payload["actions"] = [payloads.action(field, value, slack.ids.timestamp())]
    return await carry(slack, user, payload)


def _place(slack: "SlackStandin", user: User, surface: Surface) -> Json:
    if isinstance(surface, View):
        return payloads.in_view(surface, slack.workspace)
    state = slack.workspace.state_of(user.id, surface)
    place = payloads.in_message(surface, state, slack.workspace)
    place["response_url"] = slack.response_url(user.id, surface.channel, surface.ts)
    return place


async def carry(slack: "SlackStandin", user: User, payload: Json) -> Delivery:
    """Deliver an interactive payload; the person is told when the app did not take it."""
    delivery = await slack.courier.once("interactive", payload)
    tell_failure(slack, user, delivery)
    return delivery


def tell_failure(slack: "SlackStandin", user: User, delivery: Delivery) -> None:
    if not delivery.accepted:
        offline = delivery.replies[-1].reason == "connection_failed"
        slack.notice(user.id, OFFLINE if offline else FAILED)


async def submit(slack: "SlackStandin", user: User, view: View) -> Submission:
    """A form sent: `view_submission`, unless the client itself finds it incomplete."""
    view.errors = complaints(view.blocks, view.state)
    if view.errors:
        slack.changes.notify()
        return Submission(sent=False, errors=dict(view.errors))
    payload = payloads.interaction("view_submission", user, slack.workspace)
    payload["trigger_id"] = slack.tickets.trigger(user.id, view.id)
    payload["view"] = payloads.submitted_view(view, slack.workspace)
    payload["response_urls"] = []
    delivery = await carry(slack, user, payload)
    if delivery.accepted:
        apply_submission(slack, view, delivery.body)
        slack.changes.notify()
    return Submission(sent=True, errors=dict(view.errors), delivery=delivery)


async def close(slack: "SlackStandin", user: User, view: View, *, everything: bool) -> None:
    """A modal closed: the app hears of those views that wanted it."""
    stack = slack.workspace.stacks[user.id]
    everything = everything or bool(view.content.get("clear_on_close"))
    closed = stack[::-1] if everything else [view]
    for each in closed:
        stack.remove(each)
    slack.changes.notify()
    for each in closed:
        if each.content.get("notify_on_close"):
            payload = payloads.interaction("view_closed", user, slack.workspace)
            payload["view"] = payloads.submitted_view(each, slack.workspace)
            payload["is_cleared"] = everything
            await carry(slack, user, payload)


async def command(
    slack: "SlackStandin", user: User, channel: Channel, name: str, text: str
) -> Delivery:
    """A slash command typed; the app's answer is shown in the channel."""
    fields = payloads.slash_command(user, channel, name, text, slack.workspace)
    fields["trigger_id"] = slack.tickets.trigger(user.id)
    fields["response_url"] = slack.response_url(user.id, channel.id)
    delivery = await slack.courier.once("slash_commands", fields)
    if delivery.accepted:
        show_command_answer(slack, user.id, channel.id, delivery)
    else:
        reason = delivery.replies[-1].reason
        known = {"connection_failed": "dispatch_failed", "http_error": "dispatch_failed"}
        error = known.get(reason, "operation_timeout")
        slack.notice(user.id, f'{name} failed with the error "{error}"')
    return delivery


async def search(
    slack: "SlackStandin", user: User, surface: Surface, field: Input, query: str
) -> list[Json]:
    """Typing into an external select: `block_suggestion`; the options found are answered."""
    payload = payloads.interaction("block_suggestion", user, slack.workspace)
    payload |= _place(slack, user, surface)
    payload.pop("response_url", None)
    payload |= {"action_id": field.action_id, "block_id": field.block_id, "value": query}
    delivery = await carry(slack, user, payload)
    return options_of(slack, delivery) if delivery.accepted else []


async def message_shortcut(
    slack: "SlackStandin", user: User, message: Message, callback_id: str
) -> Delivery:
    payload = payloads.interaction("message_action", user, slack.workspace)
    channel = slack.workspace.channels[message.channel]
    payload |= {
        "action_ts": slack.ids.timestamp(),
        "callback_id": callback_id,
        "channel": payloads.named_channel(channel),
        "message": shapes.message(message, slack.workspace),
        "message_ts": message.ts,
        "trigger_id": slack.tickets.trigger(user.id),
        "response_url": slack.response_url(user.id, channel.id, message.ts),
    }
    return await carry(slack, user, payload)


async def global_shortcut(slack: "SlackStandin", user: User, callback_id: str) -> Delivery:
    payload = payloads.interaction("shortcut", user, slack.workspace)
    payload |= {
        "action_ts": slack.ids.timestamp(),
        "callback_id": callback_id,
        "trigger_id": slack.tickets.trigger(user.id),
    }
    return await carry(slack, user, payload)
