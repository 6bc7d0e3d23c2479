"""What a Slack workspace contains: people, channels, messages, views, files.

Plain state; who may change it and who is told is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

ChannelKind = Literal["channel", "group", "im", "mpim"]


@dataclass
class User:
    """A member: a person, the app's bot, or somebody else's bot."""

    id: str
    name: str
    team: str
    email: str | None = None
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    deleted: bool = False
    tz: str = "Europe/Berlin"
    tz_offset: int = 3600
    locale: str = "en-US"

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass
class Channel:
    """A conversation; `kind` as in a message event's channel_type."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    created: int
    archived: bool = False


@dataclass
class File:
    """A file; `content` is None until it was uploaded."""

    id: str
    name: str
    size: int
    owner: str
    title: str = ""
    mimetype: str = "application/octet-stream"
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    completed: bool = False


@dataclass
class Message:
    """A message; `visible_to` names the only reader of an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    by_app: bool = False
    thread_ts: str | None = None
    edited: str | None = None
    visible_to: str | None = None
    client_msg_id: str | None = None
    metadata: dict[str, Any] | None = None
    files: list[File] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    changed: int = 0


State = dict[str, dict[str, dict[str, Any]]]


@dataclass
class View:
    """A modal or a Home tab as one person has it before them.

    `content` is what the app sent, block and action ids completed; `state` what the person entered.
    """

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    root: str
    previous: str | None = None
    state: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = self.content["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        return self.content.get("external_id") or ""


@dataclass(frozen=True)
class AppIdentity:
    """The app as installed: its ids and the workspace it is installed in."""

    name: str = "dealdesk"
    app_id: str = "A0DEALDESK"
    bot_id: str = "B0DEALDESK"
    bot_user: str = "U0DEALDESK"
    team: str = "T1"
    team_name: str = "ARTS Solutions"
    domain: str = "arts-solutions"


class Workspace:
    """All state of one installation."""

    def __init__(self, app: AppIdentity) -> None:
        self.app = app
        self.base_url = ""  # known once the stand-in is served
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.entered: dict[tuple[str, str, str], State] = {}
        self.users[app.bot_user] = User(app.bot_user, app.name, app.team, is_bot=True)

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.messages.setdefault(channel.id, {})
        return channel

    def direct(self, *users: str) -> Channel | None:
        """The direct conversation of exactly these users, if there is one."""
        wanted = set(users)
        direct = (c for c in self.channels.values() if c.kind in {"im", "mpim"})
        return next((c for c in direct if set(c.members) == wanted), None)

    def message(self, channel: str, ts: str) -> Message | None:
        return self.messages.get(channel, {}).get(ts)

    def put(self, message: Message) -> Message:
        self.messages[message.channel][message.ts] = message
        return message

    def visible(self, user: str, channel: str) -> list[Message]:
        """The messages `user` sees in `channel`, oldest first."""
        if user not in self.channels[channel].members:
            return []
        everything = sorted(self.messages[channel].values(), key=lambda m: m.ts)
        return [m for m in everything if m.visible_to in {None, user}]

    def channels_of(self, user: str) -> list[Channel]:
        return [c for c in self.channels.values() if user in c.members]

    def views(self) -> Iterator[View]:
        """Every view that is open or published."""
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def view(self, view_id: str) -> View | None:
        return next((v for v in self.views() if v.id == view_id), None)

    def view_named(self, external_id: str) -> View | None:
        named = (v for v in self.views() if v.external_id == external_id)
        return next(named, None) if external_id else None

    def state_of(self, user: str, message: Message) -> State:
        """What `user` entered in the inputs of `message`."""
        return self.entered.setdefault((user, message.channel, message.ts), {})
