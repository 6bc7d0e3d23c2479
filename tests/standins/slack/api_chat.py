"""Messages and reactions: chat.* and reactions.* of the Web API."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import shapes
from .acting import Json, acts, decoded
from .blocks import check_message
from .content import completed, shown_files
from .refusal import Refusal
from .workspace import Channel, Message

if TYPE_CHECKING:
    from .standin import SlackStandin

POST_MOST = 40_000
UPDATE_MOST = 4_000
MARKDOWN_MOST = 12_000
ATTACHMENTS_MOST = 100


@dataclass(frozen=True)
class Content:
    """What a call wants to say; None is "not mentioned", which an update leaves as it is."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None

    @property
    def empty(self) -> bool:
        return not (self.text or self.blocks or self.attachments)


def read_content(args: Json) -> Content:
    """The content of a message.

    Raises:
        Refusal: as documented for chat.postMessage.
    """
    markdown = args.get("markdown_text")
    if markdown is not None:
        return _markdown(markdown, args)
    return Content(args.get("text"), _blocks(args), _attachments(args), _metadata(args))


def _markdown(markdown: str, args: Json) -> Content:
    if "text" in args or "blocks" in args:
        raise Refusal("markdown_text_conflict")
    if len(markdown) > MARKDOWN_MOST:
        raise Refusal("msg_blocks_too_long")
    blocks = completed([{"type": "markdown", "text": markdown}])
    return Content(markdown, blocks, _attachments(args), _metadata(args))


def _blocks(args: Json) -> list[Json] | None:
    given = args.get("blocks")
    if given is None or given == "":
        return None
    blocks = decoded(given, "invalid_blocks_format")
    check_message(blocks)
    return completed(blocks)


def _attachments(args: Json) -> list[Json] | None:
    if not args.get("attachments"):
        return None
    attachments = decoded(args["attachments"], "invalid_attachments")
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refusal("invalid_arguments", ["[ERROR] must provide an array of attachments"])
    if len(attachments) > ATTACHMENTS_MOST:
        raise Refusal("too_many_attachments")
    for each in attachments:
        check_message(each.get("blocks", []))
    return attachments


def _metadata(args: Json) -> Json | None:
    if "metadata" not in args:
        return None
    metadata = decoded(args["metadata"], "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    if metadata and set(metadata) != {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_schema")
    return metadata


@acts("chat.postMessage")
def post_message(slack: "SlackStandin", args: Json) -> Json:
    channel = slack.writable(args["channel"])
    content = read_content(args)
    if content.empty:
        raise Refusal("no_text")
    _refuse_unknown_files(slack, content)
    thread = _thread(slack, channel, args.get("thread_ts"))
    message = _composed(slack, channel, content, thread)
    slack.publish(message)
    shape = shapes.message(message, slack.workspace)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def _refuse_unknown_files(slack: "SlackStandin", content: Content) -> None:
    """An image block shows a picture whose upload was completed, or the message is refused."""
    for number, name in shown_files(content.blocks or []):
        file = slack.workspace.files.get(name)
        if file is None or not file.completed or not file.mimetype.startswith("image/"):
            told = f"[ERROR] invalid slack file [json-pointer:/blocks/{number}/slack_file]"
            raise Refusal("invalid_blocks", [told])


@acts("chat.postEphemeral")
def post_ephemeral(slack: "SlackStandin", args: Json) -> Json:
    channel = slack.writable(args["channel"])
    if args["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    content = _sized(args)
    if content.empty:
        raise Refusal("no_text")
    if len(content.text or "") > POST_MOST:
        raise Refusal("msg_too_long")
    message = _composed(slack, channel, content, args.get("thread_ts"))
    message.visible_to = args["user"]
    slack.publish(message)
    return {"message_ts": message.ts}


def _composed(
    slack: "SlackStandin", channel: Channel, content: Content, thread: str | None
) -> Message:
    return Message(
        channel=channel.id,
        ts=slack.ids.timestamp(),
        user=slack.app.bot_user,
        text=_cut(slack, content.text or ""),
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        metadata=content.metadata or None,
        by_app=True,
        thread_ts=thread,
    )


def _cut(slack: "SlackStandin", text: str) -> str:
    if len(text) > POST_MOST:
        lost = f"{len(text) - POST_MOST} characters of {len(text)} are lost"
        slack.violations.record("truncated", "chat.postMessage", lost)
    return text[:POST_MOST]


def _thread(slack: "SlackStandin", channel: Channel, thread_ts: str | None) -> str | None:
    if not thread_ts:
        return None
    parent = slack.workspace.message(channel.id, thread_ts)
    if parent is None or parent.visible_to:
        raise Refusal("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


@acts("chat.update")
def update(slack: "SlackStandin", args: Json) -> Json:
    message = own_message(slack, args["channel"], args["ts"], "cant_update_message")
    if slack.workspace.channels[message.channel].archived:
        raise Refusal("is_inactive")
    content = _sized(args)
    if len(content.text or "") > UPDATE_MOST:
        raise Refusal("msg_too_long")
    if content.text is None and content.blocks is None and content.attachments is None:
        raise Refusal("no_text")
    edited = _rewritten(message, content, slack.ids.timestamp())
    if not (edited.text or edited.blocks or edited.attachments):
        raise Refusal("no_text")
    slack.republish(edited)
    shape = shapes.message(edited, slack.workspace)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shape}


def _sized(args: Json) -> Content:
    # Only chat.postMessage documents msg_blocks_too_long.
    try:
        return read_content(args)
    except Refusal as refusal:
        if refusal.error == "msg_blocks_too_long":
            raise Refusal("msg_too_long") from None
        raise


def _rewritten(message: Message, content: Content, at: str) -> Message:
    given: Json = {
        "text": content.text,
        "blocks": content.blocks,
        "attachments": content.attachments,
        "metadata": content.metadata,
    }
    said = {name: value for name, value in given.items() if value is not None}
    if "text" in said:
        # Text alone takes the place of the blocks; blocks alone leave the text as it was.
        said.setdefault("blocks", [])
    return replace(message, **said, edited=at)


@acts("chat.delete")
def delete(slack: "SlackStandin", args: Json) -> Json:
    message = own_message(slack, args["channel"], args["ts"], "cant_delete_message")
    slack.withdraw(message)
    return {"channel": message.channel, "ts": message.ts}


@acts("chat.getPermalink")
def get_permalink(slack: "SlackStandin", args: Json) -> Json:
    channel = slack.readable(args["channel"])
    message = _stored(slack, channel.id, args["message_ts"])
    link = f"{slack.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


@acts("reactions.add")
def add_reaction(slack: "SlackStandin", args: Json) -> Json:
    people = _reactors(slack, args)
    if slack.app.bot_user in people:
        raise Refusal("already_reacted")
    people.append(slack.app.bot_user)
    slack.changes.notify()
    return {}


@acts("reactions.remove")
def remove_reaction(slack: "SlackStandin", args: Json) -> Json:
    if not args.get("channel") or not args.get("timestamp"):
        raise Refusal("no_item_specified")
    people = _reactors(slack, args)
    if slack.app.bot_user not in people:
        raise Refusal("no_reaction")
    people.remove(slack.app.bot_user)
    slack.changes.notify()
    return {}


def _reactors(slack: "SlackStandin", args: Json) -> list[str]:
    channel = slack.readable(args["channel"])
    message = _stored(slack, channel.id, args["timestamp"])
    name = args["name"].strip(":")
    if not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refusal("invalid_name")
    return message.reactions.setdefault(name, [])


def own_message(slack: "SlackStandin", channel: str, ts: str, foreign: str) -> Message:
    """A message of the app itself.

    Raises:
        Refusal: channel_not_found, message_not_found, or `foreign` for somebody else's.
    """
    if channel not in slack.workspace.channels:
        raise Refusal("channel_not_found")
    message = _stored(slack, channel, ts)
    if not message.by_app:
        raise Refusal(foreign)
    return message


def _stored(slack: "SlackStandin", channel: str, ts: str) -> Message:
    message = slack.workspace.message(channel, ts)
    if message is None or message.visible_to:
        raise Refusal("message_not_found")
    return message
