"""What Slack sends to an app: events, interactions, slash commands, in their real shape.

Pure functions from state to JSON.
"""

import time
from typing import Any
from uuid import uuid4

from . import shapes
from .entering import KEPT, Input, current_state, whole_state
from .mentions import unescaped
from .workspace import Channel, Message, State, User, View, Workspace

Json = dict[str, Any]
VERIFICATION = "verification-token-unused"


def event_callback(event: Json, workspace: Workspace, event_id: str) -> Json:
    app = workspace.app
    bot = {
        "enterprise_id": None,
        "team_id": app.team,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION,
        "team_id": app.team,
        "context_team_id": app.team,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event.get("event_ts") or time.time())),
        "authorizations": [bot],
        "is_ext_shared_channel": False,
        "event_context": f"4-{uuid4().hex}",
    }


def message_event(message: Message, workspace: Workspace) -> Json:
    channel = workspace.channels[message.channel]
    author = workspace.users[message.user]
    event = {
        **shapes.message(message, workspace),
        "channel": channel.id,
        "event_ts": message.ts,
        "channel_type": channel.kind,
    }
    if message.files and not message.by_app:
        event |= {"subtype": "file_share", "upload": False}
    if author.team != workspace.app.team:
        event |= {"user_team": author.team, "source_team": author.team}
    return event


def written(text: str) -> list[Json]:
    """The rich text that Slack's editor makes of what a person typed."""
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": unescaped(text)}],
    }
    return [{"type": "rich_text", "elements": [section]}]


def changed_event(message: Message, before: Json, at: str, workspace: Workspace) -> Json:
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": shapes.message(message, workspace),
        "previous_message": before,
        "channel": message.channel,
        "hidden": True,
        "ts": at,
        "event_ts": at,
        "channel_type": workspace.channels[message.channel].kind,
    }


def deleted_event(message: Message, at: str, workspace: Workspace) -> Json:
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": shapes.message(message, workspace),
        "channel": message.channel,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": at,
        "event_ts": at,
        "channel_type": workspace.channels[message.channel].kind,
    }


def mention_event(message: Message, workspace: Workspace) -> Json:
    shape = shapes.message(message, workspace)
    told = {"type": "app_mention", "channel": message.channel, "event_ts": message.ts}
    return {**shape, **told}


def home_opened(user: str, channel: str, view: View | None, at: str, workspace: Workspace) -> Json:
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel,
        "tab": "home",
        "event_ts": at,
    }
    return {**event, "view": shapes.view(view, workspace)} if view else event


def interaction(kind: str, user: User, workspace: Workspace) -> Json:
    """What all interactive payloads begin with."""
    app = workspace.app
    return {
        "type": kind,
        "token": VERIFICATION,
        "api_app_id": app.app_id,
        "team": {"id": app.team, "domain": app.domain},
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": user.team,
        },
        "enterprise": None,
        "is_enterprise_install": False,
    }


def in_message(message: Message, state: State, workspace: Workspace) -> Json:
    """Where an action in a message happened; an ephemeral message is not sent along."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.visible_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place = {
        "container": container,
        "channel": named_channel(workspace.channels[message.channel]),
        "state": {"values": whole_state(message.blocks, current_state(message.blocks, state))},
    }
    if message.visible_to is None:
        place["message"] = shapes.message(message, workspace)
    return place


def in_view(view: View, workspace: Workspace) -> Json:
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": submitted_view(view, workspace),
    }


def submitted_view(view: View, workspace: Workspace) -> Json:
    state = {"values": whole_state(view.blocks, view.state)}
    return {**shapes.view(view, workspace), "state": state}


def named_channel(channel: Channel) -> Json:
    name = {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
    return {"id": channel.id, "name": name}


def action(field: Input, value: Json | None, at: str) -> Json:
    """One entry of `actions`: the element's own keys and what the person chose."""
    shown = ("type", "action_id", "text", "value", "style", "url", "placeholder")
    told = {key: field.element[key] for key in shown if key in field.element}
    if value is not None:
        key = KEPT[field.kind][0]
        told[key] = value[key]
    return {**told, "block_id": field.block_id, "action_ts": at}


def slash_command(
    user: User, channel: Channel, command: str, text: str, workspace: Workspace
) -> Json:
    """All values are strings: it travels as a form."""
    app = workspace.app
    return {
        "token": VERIFICATION,
        "team_id": app.team,
        "team_domain": app.domain,
        "channel_id": channel.id,
        "channel_name": named_channel(channel)["name"],
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
    }
