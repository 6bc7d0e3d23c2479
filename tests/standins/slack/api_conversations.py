"""Conversations: conversations.* and users.conversations of the Web API."""

from typing import TYPE_CHECKING

from . import shapes
from .acting import Json, acts, page
from .refusal import Refusal
from .workspace import Channel, Message

if TYPE_CHECKING:
    from .standin import SlackStandin

MOST_IN_DIRECT = 8
TYPES = {"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}


@acts("conversations.open")
def open_conversation(slack: "SlackStandin", args: Json) -> Json:
    if args.get("channel"):
        return _resumed(slack.readable(args["channel"]), slack, args)
    users = [each.strip() for each in args.get("users", "").split(",") if each.strip()]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > MOST_IN_DIRECT:
        raise Refusal("too_many_users")
    for each in users:
        _reachable(slack, each)
    known = slack.workspace.direct(slack.app.bot_user, *users)
    if known is None and args.get("prevent_creation"):
        raise Refusal("channel_not_found")
    return _resumed(known or slack.direct(*users), slack, args)


def _reachable(slack: "SlackStandin", user_id: str) -> None:
    user = slack.workspace.users.get(user_id)
    if user is None or user.id == slack.app.bot_user:
        raise Refusal("user_not_found")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.is_bot:
        raise Refusal("user_not_visible")


def _resumed(channel: Channel, slack: "SlackStandin", args: Json) -> Json:
    if not args.get("return_im"):
        return {"channel": {"id": channel.id}}
    return {"channel": shapes.channel(channel, slack.workspace)}


@acts("conversations.info")
def info(slack: "SlackStandin", args: Json) -> Json:
    channel = slack.readable(args["channel"])
    shape = shapes.channel(channel, slack.workspace)
    if args.get("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


@acts("conversations.members")
def members(slack: "SlackStandin", args: Json) -> Json:
    found, more = page(slack.readable(args["channel"]).members, args)
    return {"members": found, **more}


@acts("conversations.list")
def list_conversations(slack: "SlackStandin", args: Json) -> Json:
    wanted = _wanted(args)
    visible = [c for c in slack.workspace.channels.values() if slack.sees(c) and c.kind in wanted]
    return _listed(slack, visible, args)


@acts("users.conversations")
def conversations_of(slack: "SlackStandin", args: Json) -> Json:
    wanted = _wanted(args)
    user = args.get("user") or slack.app.bot_user
    theirs = slack.workspace.channels_of(user)
    return _listed(slack, [c for c in theirs if slack.sees(c) and c.kind in wanted], args)


def _wanted(args: Json) -> set[str]:
    names = [each.strip() for each in args.get("types", "public_channel").split(",")]
    if set(names) - set(TYPES):
        raise Refusal("invalid_types")
    return {TYPES[name] for name in names}


def _listed(slack: "SlackStandin", channels: list[Channel], args: Json) -> Json:
    kept = [c for c in channels if not (args.get("exclude_archived") and c.archived)]
    found, more = page(kept, args)
    return {"channels": [shapes.channel(c, slack.workspace) for c in found], **more}


@acts("conversations.join")
def join(slack: "SlackStandin", args: Json) -> Json:
    channel = slack.workspace.channels.get(args["channel"])
    if channel is None or channel.kind == "group":
        raise Refusal("channel_not_found")
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    shape = {"channel": shapes.channel(channel, slack.workspace)}
    if slack.app.bot_user in channel.members:
        return {**shape, "warning": "already_in_channel"}
    channel.members.append(slack.app.bot_user)
    slack.changes.notify()
    return shape


@acts("conversations.history")
def history(slack: "SlackStandin", args: Json) -> Json:
    return _told(slack, args, [m for m in _kept(slack, args) if not _is_reply(m)])


@acts("conversations.replies")
def replies(slack: "SlackStandin", args: Json) -> Json:
    kept = _kept(slack, args)
    thread = [m for m in kept if args["ts"] in {m.ts, m.thread_ts}]
    if not thread:
        raise Refusal("thread_not_found")
    return _told(slack, args, thread[::-1])


def _kept(slack: "SlackStandin", args: Json) -> list[Message]:
    channel = slack.readable(args["channel"])
    if slack.app.bot_user not in channel.members:
        raise Refusal("not_in_channel")
    kept = slack.workspace.visible(slack.app.bot_user, channel.id)[::-1]
    oldest, latest = args.get("oldest") or "", args.get("latest") or "9" * 20
    edge = bool(args.get("inclusive"))
    return [m for m in kept if oldest < m.ts < latest or (edge and m.ts in {oldest, latest})]


def _is_reply(message: Message) -> bool:
    return message.thread_ts is not None and message.thread_ts != message.ts


def _told(slack: "SlackStandin", args: Json, messages: list[Message]) -> Json:
    found, more = page(messages, args)
    shown = [shapes.message(m, slack.workspace) for m in found]
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": shown, "has_more": has_more, "pin_count": 0, **more}
