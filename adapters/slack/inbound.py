"""What Slack delivers, as events of a conversation: pure, from JSON to values.

`read` answers None for what is no act of a person (our own messages, other bots, unfurled links)
and for what dealdesk did not ask for. Malformed payloads raise `MALFORMED`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.blocks import FORM, PICK, PRESS, WORD
from adapters.slack.modal import CALLBACK, entered_values, read_mark
from adapters.slack.mrkdwn import kept, typed, unescape
from dialogs.events import FromPerson, Pressed, Said, Shared, Submitted
from dialogs.files import Attached, attached

SHORTCUT = "record_appointment"
"""Callback id of the message shortcut "Record as appointment"."""
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_UNFIT = re.compile("[\x00\ud800-\udfff]")
"""No database keeps these."""
_LATEST = 2**53
"""Epoch milliseconds beyond which no number is a time."""
_SPOKEN = {None, "file_share", "me_message", "thread_broadcast"}
_MEDIA = {"audio": "voice", "image": "photo", "video": "video"}

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A person's act, before it is known which direct message is theirs."""

    key: str
    account: str
    """`TEAM:USER`, the team being the person's own: that of a guest from outside is not ours."""
    user: str
    chat: str | None
    """Where it happened; None sends the dialogue to the person's direct message."""
    at: int
    event: FromPerson
    trigger: str = ""
    """The right to open a form, good for three seconds."""
    spoken_in: str = ""
    """The channel a slash command was used in."""
    installed: str = ""
    """The workspace that the app belongs to."""


def read(payload: Json, now: int) -> Incoming | None:
    """Read one payload. `now` (epoch milliseconds) stands in where Slack gives no time."""
    incoming = _read(payload, now)
    return incoming if incoming is None else _sound(incoming)


def _sound(incoming: Incoming) -> Incoming:
    """Refuse what is of no documented kind before anything else has to."""
    chosen = (incoming.installed, incoming.trigger, incoming.spoken_in, incoming.chat or "")
    texts = (incoming.key, incoming.account, incoming.user, *chosen, *_texts(incoming.event))
    for one in texts:
        if not isinstance(one, str) or _UNFIT.search(one):
            raise TypeError("not a text")
    if not 0 <= incoming.at < _LATEST:
        raise ValueError("no time")
    return incoming


def _texts(event: FromPerson) -> tuple[object, ...]:
    """The texts of an event."""
    match event:
        case Said():
            return (event.text, event.quote)
        case Shared():
            return (event.caption, *(text for one in event.files for text in (one.ref, one.name)))
        case Pressed():
            return (event.token,)
        case Submitted():
            given = (text for texts in event.values.values() for text in texts)
            return (event.token, *event.values, *given)
        case _:
            return ()


def _read(payload: Json, now: int) -> Incoming | None:
    match payload.get("type"):
        case "event_callback":
            return _message(payload)
        case "block_actions":
            return _action(payload)
        case "view_submission":
            return _submission(payload, now)
        case "message_action":
            return _shortcut(payload)
        case None if "command" in payload:
            return _command(payload, now)
        case _:
            return None


def milliseconds(ts: str) -> int:
    """Slack's "1700000000.123456" as epoch milliseconds."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1000 + int(fraction[:3].ljust(3, "0"))


def _message(payload: Json) -> Incoming | None:
    event = payload["event"]
    if event["type"] != "message" or event.get("channel_type") != "im":
        return None
    author, said = _spoken(event)
    if said is None or not author.get("user") or author.get("bot_id"):
        return None
    return Incoming(
        key=f"sl:{payload['team_id']}:{payload['event_id']}",
        account=f"{_team(payload, author)}:{author['user']}",
        user=author["user"],
        chat=event["channel"],
        at=milliseconds(event.get("event_ts") or event["ts"]),
        event=said,
        installed=payload["team_id"],
    )


def _spoken(event: Json) -> tuple[Json, FromPerson | None]:
    """Return who said it and what; an edited message is inside the event about the edit."""
    subtype = event.get("subtype")
    if subtype in _SPOKEN:
        return event, _said(event)
    if subtype != "message_changed":
        return event, None
    message, before = event["message"], event.get("previous_message") or {}
    if not message.get("edited") or message.get("text") == before.get("text"):
        return message, None  # Slack added a preview of a link
    return message, Shared("edit")


def _said(event: Json) -> FromPerson | None:
    text = typed(event["text"]) if event.get("text") else ""
    if event.get("files"):
        return Shared(_kind(event["files"][0]), tuple(_files(event["files"])), text)
    return Said(text) if text else None


def _files(files: Sequence[Json]) -> Iterator[Attached]:
    """Where they can be had; one that Slack hides (it was deleted) has no name."""
    for file in files:
        if file.get("name"):
            yield attached("slack", file["id"], str(file["name"]), int(file.get("size") or 0))


def _kind(file: Json) -> str:
    if file.get("subtype") == "slack_audio":  # a clip, whatever its container is called
        return "voice"
    return _MEDIA.get(str(file.get("mimetype", "")).partition("/")[0], "file")


def _team(payload: Json, author: Json) -> str:
    """Return the author's own team; Enterprise Grid names the organisation instead of ours."""
    team = str(author.get("user_team") or author.get("team") or payload["team_id"])
    return str(payload["team_id"]) if team == payload.get("enterprise_id") else team


def _action(payload: Json) -> Incoming | None:
    action = payload["actions"][0]
    pressed = _pressed(action)
    if pressed is None:
        return None
    user, at = payload["user"], str(action["action_ts"])
    opens = str(action["action_id"]).startswith(FORM)
    return Incoming(
        key=f"sl:{_installed(payload)}:{at}:{user['id']}:{action['action_id']}",
        account=_account(payload),
        user=user["id"],
        chat=(payload.get("channel") or {}).get("id"),
        at=milliseconds(at),
        event=pressed,
        trigger=payload["trigger_id"] if opens else "",
        installed=_installed(payload),
    )


def _pressed(action: Json) -> FromPerson | None:
    kind = str(action["action_id"]).partition(":")[0] + ":"
    if kind in {PRESS, FORM}:
        return Pressed(action["value"])
    if kind == PICK:
        return Pressed(action["selected_option"]["value"])
    return Said(action["value"], command=True) if kind == WORD else None


def _submission(payload: Json, now: int) -> Incoming | None:
    view = payload["view"]
    if view["callback_id"] != CALLBACK:
        return None
    mark = read_mark(view["private_metadata"])
    return Incoming(
        key=f"sl:{_installed(payload)}:{view['id']}:{_fingerprint(payload)}",
        account=_account(payload),
        user=payload["user"]["id"],
        chat=mark.chat,
        at=now,
        event=Submitted(mark.token, entered_values(view)),
        installed=_installed(payload),
    )


def _fingerprint(payload: Json) -> str:
    """Tell one submission of a page from the next: after errors the page keeps its hash."""
    view = payload["view"]
    facts = [view.get("hash"), payload.get("trigger_id"), view["state"]["values"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:24]


def _shortcut(payload: Json) -> Incoming | None:
    if payload["callback_id"] != SHORTCUT:
        return None
    quoted = typed(payload["message"].get("text") or "")
    return Incoming(
        key=f"sl:{_installed(payload)}:{payload['trigger_id']}",
        account=_account(payload),
        user=payload["user"]["id"],
        chat=None,
        at=milliseconds(payload["action_ts"]),
        event=Said("record", command=True, quote=quoted),
        installed=_installed(payload),
    )


def _command(payload: Json, now: int) -> Incoming:
    words = kept(unescape(payload.get("text") or "")).strip()
    return Incoming(
        key=f"sl:{payload['team_id']}:{payload['trigger_id']}",
        account=f"{payload['team_id']}:{payload['user_id']}",
        user=payload["user_id"],
        chat=None,
        at=now,
        event=Said(words or "help", command=True),
        spoken_in=payload["channel_id"],
        installed=payload["team_id"],
    )


def _installed(payload: Json) -> str:
    """Return the workspace of the app; an organisation-wide installation names none."""
    team = payload.get("team") or {}
    return str(team.get("id") or payload["user"].get("team_id"))


def _account(payload: Json) -> str:
    user = payload["user"]
    return f"{user.get('team_id') or _installed(payload)}:{user['id']}"
