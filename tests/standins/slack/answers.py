"""What an app's answer does: to a submitted form, a slash command, a search, a response URL.

Answers that Slack cannot use are recorded as violations.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .api_chat import read_content
from .api_views import push, rewrite
from .block_rules import ListOf
from .block_shapes import OPTION_GROUP, PLAIN_OPTION, offered_options
from .blocks import check_view
from .delivery import Delivery
from .refusal import Refusal
from .tickets import ResponseRight
from .workspace import Message, View

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"


def apply_submission(slack: "SlackStandin", view: View, body: Any) -> None:
    """Carry out the `response_action`; without one the form closes."""
    try:
        _respond(slack, view, body)
    except Refusal as refusal:
        told = "; ".join(refusal.messages) or refusal.error
        _useless(slack, view, f"{refusal.error}: {told}")


def _respond(slack: "SlackStandin", view: View, body: Any) -> None:
    stack = slack.workspace.stacks[view.user]
    action = body.get("response_action") if isinstance(body, dict) else None
    if not body:
        stack.remove(view)
    elif action == "clear":
        stack.clear()
    elif action == "errors":
        _show_errors(slack, view, body.get("errors"))
    elif action in {"update", "push"}:
        check_view(body.get("view"), "modal")
        change = rewrite if action == "update" else push
        change(slack, view, body["view"])
    else:
        _useless(slack, view, f"no such answer to a submission: {body}")


def _show_errors(slack: "SlackStandin", view: View, errors: Any) -> None:
    asked = {b["block_id"] for b in view.blocks if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        _useless(slack, view, f"errors must name at least one input block: {errors}")
        return
    strange = sorted(set(errors) - asked)
    if strange:
        _useless(slack, view, f"errors for {strange}, which are no input blocks of this view")
    view.errors = {block: said for block, said in errors.items() if block in asked}


def _useless(slack: "SlackStandin", view: View, detail: str) -> None:
    slack.violations.record("bad_answer", f"view_submission {view.id}", detail)
    slack.notice(view.user, TROUBLE)


def show_command_answer(slack: "SlackStandin", user: str, channel: str, delivery: Delivery) -> None:
    """Show what came with the acknowledgement of a command: text, or a message as JSON."""
    body = {"text": delivery.body} if isinstance(delivery.body, str) else delivery.body
    if not body:
        return
    try:
        right = ResponseRight(user, channel, None, slack.clock.now())
        answer_message(slack, right, body)
    except Refusal as refusal:
        slack.violations.record("bad_answer", delivery.name, f"{refusal.error}: {body}")


def answer_message(slack: "SlackStandin", right: ResponseRight, body: Any) -> None:
    """Post, replace or delete a message on the strength of a response URL.

    Raises:
        Refusal: invalid_payload, no_text, invalid_blocks …
    """
    if not isinstance(body, dict):
        raise Refusal("invalid_payload")
    original = slack.workspace.message(right.channel, right.ts) if right.ts else None
    if body.get("delete_original"):
        _delete(slack, original)
        return
    content = read_content(body)
    if content.empty:
        raise Refusal("no_text")
    if body.get("replace_original") and original is not None:
        slack.republish(_replaced(slack, original, body))
    else:
        slack.publish(_message(slack, right, body))


def _delete(slack: "SlackStandin", original: Message | None) -> None:
    if original is None or not original.by_app:
        raise Refusal("message_not_found")
    slack.withdraw(original)


def _replaced(slack: "SlackStandin", original: Message, body: Mapping[str, Any]) -> Message:
    content = read_content(dict(body))
    return slack.revised(original, text=content.text or "", blocks=content.blocks or [])


def _message(slack: "SlackStandin", right: ResponseRight, body: Mapping[str, Any]) -> Message:
    content = read_content(dict(body))
    in_channel = body.get("response_type") == "in_channel"
    return Message(
        channel=right.channel,
        ts=slack.ids.timestamp(),
        user=slack.app.bot_user,
        text=content.text or "",
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        by_app=True,
        thread_ts=body.get("thread_ts"),
        visible_to=None if in_channel else right.user,
    )


def options_of(slack: "SlackStandin", delivery: Delivery) -> list[Json]:
    """The options that the app found, groups flattened."""
    body = delivery.body if isinstance(delivery.body, dict) else {}
    rules = {"options": ListOf(PLAIN_OPTION, 100, 0), "option_groups": ListOf(OPTION_GROUP, 100, 0)}
    given = [name for name in rules if name in body]
    if len(given) != 1:
        _unusable(slack, delivery, "exactly one of options and option_groups is needed")
        return []
    found = [str(p) for p in rules[given[0]].problems(body[given[0]], f"/{given[0]}")]
    if found:
        _unusable(slack, delivery, "; ".join(found))
        return []
    return offered_options(body)


def _unusable(slack: "SlackStandin", delivery: Delivery, detail: str) -> None:
    slack.violations.record("bad_answer", delivery.name, detail)
