"""Payloads as Slack documents them, for tests that need no Slack."""

from typing import Any

TEAM, USER, DM, ROOM = "T1", "U1", "D1", "C1"


def event(inside: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev1",
        "event_time": 1700000000,
        "event": inside,
        "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
        **more,
    }


def message(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "channel": DM,
        "channel_type": "im",
        "user": USER,
        "team": TEAM,
        "text": text,
        "ts": "1700000000.000200",
        "event_ts": "1700000000.000200",
        **more,
    }


def interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "arts"},
        "user": {"id": USER, "team_id": TEAM, "name": "sam"},
        "trigger_id": "11.22.abc",
        **more,
    }


def pressed(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    return interaction(
        "block_actions",
        container={"type": "message", "channel_id": ROOM, "message_ts": "1699999999.000100"},
        channel={"id": ROOM, "name": "deals"},
        actions=[{"block_id": "b", "action_ts": "1700000001.234567", **action}],
        **more,
    )


def button(value: str = "token", action_id: str = "press:choice0") -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "value": value}


def command(text: str = "record", **more: Any) -> dict[str, Any]:
    return {
        "command": "/dealdesk",
        "text": text,
        "team_id": TEAM,
        "user_id": USER,
        "channel_id": ROOM,
        "trigger_id": "11.33.abc",
        **more,
    }


def submitted(view: dict[str, Any], values: dict[str, Any], **more: Any) -> dict[str, Any]:
    standing = {"id": "V1", "hash": "1.a", "state": {"values": values}}
    return interaction("view_submission", view={**view, **standing}, **more)
