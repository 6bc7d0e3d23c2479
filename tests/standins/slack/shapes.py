"""How Slack writes down what a workspace contains: users, channels, messages, views, files.

Pure functions from state to JSON; used by Web API answers and by payloads to the app alike.
"""

from typing import Any

from .workspace import Channel, File, Message, User, View, Workspace

Json = dict[str, Any]


def user(each: User, *, locale: bool = False) -> Json:
    shape: Json = {
        "id": each.id,
        "team_id": each.team,
        "name": each.handle,
        "deleted": each.deleted,
        "color": "9f69e7",
        "real_name": each.name,
        "tz": each.tz,
        "tz_label": each.tz,
        "tz_offset": each.tz_offset,
        "profile": _profile(each),
        "is_admin": each.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": each.is_restricted,
        "is_ultra_restricted": each.is_ultra_restricted,
        "is_bot": each.is_bot,
        "is_app_user": False,
        "updated": 1700000000,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    return {**shape, "locale": each.locale} if locale else shape


def _profile(each: User) -> Json:
    names = {"real_name": each.name, "display_name": each.handle}
    normalized = {f"{key}_normalized": value for key, value in names.items()}
    mail = {"email": each.email} if each.email else {}
    return {**names, **normalized, **mail, "status_text": "", "status_emoji": "", "team": each.team}


def channel(each: Channel, workspace: Workspace) -> Json:
    if each.kind == "im":
        return _direct(each, workspace)
    blank = {"value": "", "creator": "", "last_set": 0}
    return {
        "id": each.id,
        "name": each.name,
        "name_normalized": each.name,
        "is_channel": each.kind == "channel",
        "is_group": each.kind == "group",
        "is_im": False,
        "is_mpim": each.kind == "mpim",
        "is_private": each.kind != "channel",
        "is_archived": each.archived,
        "is_general": False,
        "is_member": workspace.app.bot_user in each.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "created": each.created,
        "creator": each.members[0] if each.members else "",
        "context_team_id": workspace.app.team,
        "unlinked": 0,
        "topic": blank,
        "purpose": blank,
    }


def _direct(each: Channel, workspace: Workspace) -> Json:
    other = [m for m in each.members if m != workspace.app.bot_user]
    return {
        "id": each.id,
        "created": each.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": each.archived,
        "context_team_id": workspace.app.team,
        "user": (other or each.members)[0],
        "is_user_deleted": False,
        "is_open": True,
    }


def message(each: Message, workspace: Workspace) -> Json:
    author = workspace.users[each.user]
    shape: Json = {
        "type": "message",
        "user": each.user,
        "text": each.text,
        "ts": each.ts,
        "team": author.team,
    }
    if each.by_app:
        shape |= _by_app(workspace)
    elif author.is_bot:
        shape |= {"bot_id": f"B{author.id}", "app_id": f"A{author.id}"}
    optional = {
        "client_msg_id": each.client_msg_id,
        "thread_ts": each.thread_ts,
        "blocks": each.blocks,
        "attachments": each.attachments,
        "metadata": each.metadata,
        "files": [file(f, workspace) for f in each.files],
        "edited": each.edited and {"user": each.user, "ts": each.edited},
        "reactions": _reactions(each),
    }
    return {**shape, **{key: value for key, value in optional.items() if value}}


def _by_app(workspace: Workspace) -> Json:
    app = workspace.app
    profile = {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": 1700000000,
        "app_id": app.app_id,
        "user_id": app.bot_user,
        "team_id": app.team,
    }
    return {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": profile}


def _reactions(each: Message) -> list[Json]:
    return [{"name": n, "users": u, "count": len(u)} for n, u in each.reactions.items() if u]


VIEW_DEFAULTS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "close": None,
    "submit": None,
}


def view(each: View, workspace: Workspace) -> Json:
    app = workspace.app
    return {
        "id": each.id,
        "team_id": app.team,
        **VIEW_DEFAULTS,
        **each.content,
        "state": {"values": each.state},
        "hash": each.hash,
        "root_view_id": each.root,
        "previous_view_id": each.previous,
        "app_id": app.app_id,
        "app_installed_team_id": app.team,
        "bot_id": app.bot_id,
    }


def file(each: File, workspace: Workspace) -> Json:
    place = f"{workspace.base_url}/files-pri/{workspace.app.team}-{each.id}"
    return {
        "id": each.id,
        "created": 1700000000,
        "timestamp": 1700000000,
        "name": each.name,
        "title": each.title or each.name,
        "mimetype": each.mimetype,
        "filetype": each.name.rpartition(".")[2] or "binary",
        "user": each.owner,
        "size": each.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "channels": each.channels,
        "url_private": f"{place}/{each.name}",
        "url_private_download": f"{place}/download/{each.name}",
    }
