"""The app's manifest: what an administrator pastes into Slack to create the app."""

from typing import Any

from adapters.slack.inbound import SHORTCUT

SCOPES = (
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
    "im:write",
    "users:read",
)
EVENTS = ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked")
COMMAND = "/dealdesk"
NAME = "dealdesk"


def manifest(request_url: str | None, *, socket_mode: bool) -> dict[str, Any]:
    """Return the manifest as JSON.

    Args:
        request_url: where Slack reaches us (`https://…/slack/events`), or None with Socket Mode.
        socket_mode: Slack delivers over a WebSocket that we open; no public address is needed.
    """
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": "Guides you through the sales process and puts the result into the CRM.",
            "background_color": "#1d3c34",
        },
        "features": _features(request_url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(request_url, socket_mode=socket_mode),
    }


def _features(request_url: str | None) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [
            {
                "name": "Record as appointment",
                "type": "message",
                "callback_id": SHORTCUT,
                "description": "Record the appointment that this message is about.",
            }
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Record, assess, look up: a step of the sales process.",
                "usage_hint": "record | assess | status | pending | help",
                "should_escape": False,
                **_reached(request_url, "url"),
            }
        ],
    }


def _settings(request_url: str | None, *, socket_mode: bool) -> dict[str, Any]:
    return {
        "event_subscriptions": {**_reached(request_url, "request_url"), "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **_reached(request_url, "request_url")},
        "org_deploy_enabled": False,
        "socket_mode_enabled": socket_mode,
        "token_rotation_enabled": False,
    }


def _reached(request_url: str | None, key: str) -> dict[str, str]:
    return {key: request_url} if request_url else {}
