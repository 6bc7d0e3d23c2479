"""Modals and Home tabs: views.* of the Web API, and what a submission's answer may do to views."""

from typing import TYPE_CHECKING

from . import shapes
from .acting import Json, acts, decoded
from .blocks import check_view, placed_elements
from .content import completed
from .entering import initial_state
from .refusal import Refusal
from .tickets import Trigger
from .workspace import State, View

if TYPE_CHECKING:
    from .standin import SlackStandin

MOST_IN_STACK = 3


@acts("views.open")
def open_view(slack: "SlackStandin", args: Json) -> Json:
    trigger_id = _trigger_id(args)
    content = _content(args, "modal")
    _unique(slack, content, None)
    trigger = slack.tickets.exchange(trigger_id)
    view = _new(slack, trigger.user, content, None)
    slack.workspace.stacks[trigger.user] = [view]
    return _shown(slack, view)


@acts("views.push")
def push_view(slack: "SlackStandin", args: Json) -> Json:
    trigger_id = _trigger_id(args)
    content = _content(args, "modal")
    _unique(slack, content, None)
    trigger = slack.tickets.exchange(trigger_id)
    return _shown(slack, push(slack, _below(slack, trigger), content))


def _below(slack: "SlackStandin", trigger: Trigger) -> View:
    stack = slack.workspace.stacks.get(trigger.user) or []
    if not any(each.id == trigger.view_id for each in stack):
        raise Refusal("not_found")
    return stack[-1]


def push(slack: "SlackStandin", below: View, content: Json) -> View:
    """Put a view on top of `below`.

    Raises:
        Refusal: push_limit_reached beyond three views.
    """
    stack = slack.workspace.stacks[below.user]
    if len(stack) >= MOST_IN_STACK:
        raise Refusal("push_limit_reached")
    view = _new(slack, below.user, content, below)
    stack.append(view)
    return view


@acts("views.update")
def update_view(slack: "SlackStandin", args: Json) -> Json:
    content = _content(args, "modal")
    view = _addressed(slack, args)
    if args.get("hash") not in {None, view.hash}:
        raise Refusal("hash_conflict")
    _unique(slack, content, view)
    rewrite(slack, view, content)
    return _shown(slack, view)


def _addressed(slack: "SlackStandin", args: Json) -> View:
    if bool(args.get("view_id")) == bool(args.get("external_id")):
        told = "[ERROR] exactly one of `view_id` and `external_id` must be provided"
        raise Refusal("invalid_arguments", [told])
    workspace = slack.workspace
    by_id = workspace.view(args.get("view_id") or "")
    view = by_id or workspace.view_named(args.get("external_id") or "")
    if view is None or view in workspace.homes.values():
        raise Refusal("not_found")
    return view


def rewrite(slack: "SlackStandin", view: View, content: Json) -> None:
    """Give an open view a new content; what was entered stays where the ids stay."""
    view.content = _stored(content)
    view.hash = slack.ids.view_hash()
    view.errors = {}
    view.state = {**initial_state(view.blocks), **_retained(view)}


def _retained(view: View) -> State:
    places = {(b["block_id"], e["action_id"]) for b, e in placed_elements(view.blocks)}
    kept: State = {}
    for block, entered in view.state.items():
        same = {action: value for action, value in entered.items() if (block, action) in places}
        if same:
            kept[block] = same
    return kept


@acts("views.publish")
def publish_view(slack: "SlackStandin", args: Json) -> Json:
    content = _content(args, "home")
    user = slack.workspace.users.get(args["user_id"])
    if user is None:
        told = "[ERROR] invalid `user_id` [json-pointer:/user_id]"
        raise Refusal("invalid_arguments", [told])
    old = slack.workspace.homes.get(user.id)
    if args.get("hash") and (old is None or args["hash"] != old.hash):
        raise Refusal("hash_conflict")
    _unique(slack, content, old)
    return _shown(slack, _published(slack, user.id, old, content))


def _published(slack: "SlackStandin", user: str, old: View | None, content: Json) -> View:
    if old is not None:
        rewrite(slack, old, content)
        return old
    view = _new(slack, user, content, None)
    slack.workspace.homes[user] = view
    return view


def _trigger_id(args: Json) -> str:
    given = [args[name] for name in ("trigger_id", "interactivity_pointer") if args.get(name)]
    if len(given) != 1:
        told = "[ERROR] missing required field: trigger_id"
        raise Refusal("invalid_arguments", [told])
    return str(given[0])


def _content(args: Json, kind: str) -> Json:
    view: Json = decoded(args["view"], "invalid_arguments")
    check_view(view, kind)
    return view


def _unique(slack: "SlackStandin", content: Json, own: View | None) -> None:
    other = slack.workspace.view_named(content.get("external_id") or "")
    if other is not None and other is not own:
        raise Refusal("duplicate_external_id")


def _new(slack: "SlackStandin", user: str, content: Json, below: View | None) -> View:
    name = slack.ids.named("V")
    stored = _stored(content)
    return View(
        id=name,
        user=user,
        content=stored,
        hash=slack.ids.view_hash(),
        root=below.root if below else name,
        previous=below.id if below else None,
        state=initial_state(stored["blocks"]),
    )


def _stored(content: Json) -> Json:
    return {**content, "blocks": completed(content["blocks"])}


def _shown(slack: "SlackStandin", view: View) -> Json:
    slack.changes.notify()
    return {"view": shapes.view(view, slack.workspace)}
