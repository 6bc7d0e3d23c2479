"""The stand-in of Slack itself: one workspace with the app installed, its people and its rules.

Everything else in this package hangs together here; the HTTP side is in `server`.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast, get_args

from tests.standins.serving import serving

from . import payloads, shapes
from .changes import Changes
from .clock import Clock, WallClock
from .content import marked_up
from .delivery import RETRY_DELAYS, Courier, Delivery, EventFault
from .faults import Fault, Faults
from .http_delivery import HttpDoor
from .identifiers import Identifiers
from .limits import RateLimits
from .mentions import unescaped_controls
from .person import Person
from .refusal import Refusal
from .server import application
from .socket_mode import Goodbye, SocketDoor
from .tickets import Tickets
from .tokens import Tokens
from .violations import Violations
from .workspace import AppIdentity, Channel, ChannelKind, Message, User, Workspace

SUBSCRIPTIONS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "tokens_revoked",
    }
)
MESSAGE_SCOPE = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


class SlackStandin:
    """A strict Slack.

    Args:
        clock: the machine's time unless given; `HandClock` to turn it by hand.
        commands: the slash commands of the app.
        shortcuts: name to callback_id of its shortcuts.
        subscriptions: the bot events it subscribed to, as in its manifest.
        scopes: the scopes of the bot token; None leaves them unchecked.
        rate_limits: whether Slack's limits hold (429 with Retry-After).
        echoes: whether the app hears of its own messages, as at Slack.
        retry_delays: seconds from one attempt at an event to the next.
    """

    def __init__(
        self,
        *,
        app: AppIdentity | None = None,
        clock: Clock | None = None,
        commands: Iterable[str] = ("/dealdesk",),
        shortcuts: Mapping[str, str] | None = None,
        subscriptions: Iterable[str] = SUBSCRIPTIONS,
        scopes: Iterable[str] | None = None,
        rate_limits: bool = False,
        echoes: bool = True,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self.app = app or AppIdentity()
        self.clock = clock or WallClock()
        self.commands = tuple(commands)
        self.shortcuts = dict(shortcuts or {"Record as appointment": "record_appointment"})
        self.subscriptions = frozenset(subscriptions)
        self.rate_limits = rate_limits
        self.echoes = echoes
        self.signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.tokens = Tokens(scopes)
        self.changes = Changes()
        self.violations = Violations()
        self.workspace = Workspace(self.app)
        self.ids = Identifiers(self.clock)
        self.tickets = Tickets(self.clock)
        self.faults = Faults()
        self.limits = RateLimits(self.clock)
        self.courier = Courier(self.clock, self.changes, self.violations, retry_delays)
        self.socket = SocketDoor(self.clock, self.violations, self.changes, self.app.app_id)
        self.courier.door = self.socket
        self.courier.twice = self.socket.to_two_connections
        self.people: dict[str, Person] = {}
        self.typed: list[str] = []  # by people, anywhere
        self.told: list[Message] = []  # by the app, each message and each edit of one
        self.notices: dict[str, list[str]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []

    # -- serving -----------------------------------------------------------------------------

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator["SlackStandin"]:
        """Serve on 127.0.0.1 for the length of the block; `port` 0 takes a free one."""
        async with serving(application(self), port=port) as url:
            self.workspace.base_url = url
            try:
                yield self
            finally:
                await self.courier.close()
                await self.socket.close()
                await self.hears_by_socket()

    @property
    def url(self) -> str:
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """What `AsyncWebClient(base_url=…)` gets."""
        return f"{self.url}/api/"

    async def hears_by_http(self, address: str, **options: Any) -> None:
        """Deliver to `address` from now on; the handshake comes first, as in the app's settings."""
        door = HttpDoor(address, self.signing_secret, self.clock, self.violations, **options)
        self.courier.door = door
        await door.verifies()

    async def hears_by_socket(self) -> None:
        """Deliver by Socket Mode from now on, as at the start."""
        if isinstance(self.courier.door, HttpDoor):
            await self.courier.door.close()
        self.courier.door = self.socket

    def reset(self) -> None:
        """Messages, views, files, faults and violations are gone; people and channels stay."""
        workspace = self.workspace
        for told in workspace.messages.values():
            told.clear()
        for kept in (workspace.stacks, workspace.homes, workspace.files, workspace.entered):
            kept.clear()
        for noted in (self.violations, self.typed, self.notices, self.calls, self.courier.sent):
            noted.clear()
        self.told.clear()
        for person in self.people.values():
            person.catches_up()
        self.faults.clear()
        self.changes.notify()

    # -- people and places -------------------------------------------------------------------

    def person(self, id: str, name: str = "", *, team: str | None = None, **facts: Any) -> Person:  # noqa: A002 - Slack's word
        """The person with this user id; made when it is the first time.

        `facts` are fields of `workspace.User`: is_restricted, is_bot, email, locale, tz …
        """
        if id not in self.people:
            user = User(id, name or id, team or self.app.team, **facts)
            self.workspace.users[id] = user
            self.people[id] = Person(self, user)
            self.changes.notify()
        return self.people[id]

    def channel(
        self,
        id: str,  # noqa: A002 - Slack's word
        name: str = "",
        *,
        members: Iterable[str | Person] = (),
        private: bool = False,
        with_app: bool = True,
    ) -> Channel:
        """A channel, with the app in it unless told otherwise."""
        people = [each.id if isinstance(each, Person) else each for each in members]
        if with_app:
            people.append(self.app.bot_user)
        kind: ChannelKind = "group" if private else "channel"
        created = int(self.clock.now())
        channel = Channel(id, name or id.lower(), kind, people, created)
        self.changes.notify()
        return self.workspace.add_channel(channel)

    def direct(self, *users: str) -> Channel:
        """The direct conversation of the app with `users`; opened when there was none."""
        known = self.workspace.direct(self.app.bot_user, *users)
        if known is not None:
            return known
        kind: ChannelKind = "im" if len(users) == 1 else "mpim"
        members = [*users, self.app.bot_user]
        name = self.ids.named("D" if kind == "im" else "G")
        channel = Channel(name, "-".join(users), kind, members, int(self.clock.now()))
        return self.workspace.add_channel(channel)

    def sees(self, channel: Channel) -> bool:
        """Whether the app's token can see `channel` at all."""
        return channel.kind == "channel" or self.app.bot_user in channel.members

    def readable(self, channel_id: str) -> Channel:
        """A channel the app may look at.

        Raises:
            Refusal: channel_not_found.
        """
        channel = self.workspace.channels.get(channel_id)
        if channel is None or not self.sees(channel):
            raise Refusal("channel_not_found")
        return channel

    def writable(self, name: str) -> Channel:
        """A channel the app may post to, named by id, by #name, or by a user's id.

        Raises:
            Refusal: channel_not_found, is_archived or not_in_channel.
        """
        channel = self._addressed(name)
        if channel is None or not self.sees(channel):
            raise Refusal("channel_not_found")
        if channel.archived:
            raise Refusal("is_archived")
        if self.app.bot_user not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def _addressed(self, name: str) -> Channel | None:
        if name in self.people and not self.workspace.users[name].is_bot:
            return self.direct(name)
        bare = name.removeprefix("#")
        named = (c for c in self.workspace.channels.values() if c.name == bare and c.kind != "im")
        return self.workspace.channels.get(name) or next(named, None)

    # -- messages ----------------------------------------------------------------------------

    def publish(self, message: Message) -> Message:
        """Put a new message before everybody who may see it, and tell the app."""
        self._note(message)
        self.workspace.put(message)
        if message.visible_to is None and (self.echoes or not message.by_app):
            self._announce_message(message)
        return message

    def republish(self, message: Message) -> Message:
        """Put a changed message in the place of the one with its ts, and tell the app."""
        old = self.workspace.message(message.channel, message.ts)
        assert old is not None, f"{message.ts} was never published"
        before = shapes.message(old, self.workspace)
        self._note(message)
        self.workspace.put(message)
        if message.visible_to is None and (self.echoes or not message.by_app):
            at = self.ids.timestamp()
            self._in_channel(message, payloads.changed_event(message, before, at, self.workspace))
        return message

    def revised(self, message: Message, **content: Any) -> Message:
        """A copy with other content, marked as edited now."""
        return replace(message, **content, edited=self.ids.timestamp())

    def withdraw(self, message: Message) -> None:
        """Delete a message, and tell the app."""
        del self.workspace.messages[message.channel][message.ts]
        self.changes.notify()
        if message.visible_to is None and (self.echoes or not message.by_app):
            at = self.ids.timestamp()
            self._in_channel(message, payloads.deleted_event(message, at, self.workspace))

    def _note(self, message: Message) -> None:
        self.changes.notify()
        message.changed = self.changes.count
        if message.by_app:
            self.told.append(message)
            said = [message.text, *marked_up(message.blocks), *marked_up(message.attachments)]
            for each in unescaped_controls(said, self.typed):
                place = f"{message.channel} {message.ts}"
                self.violations.record("unescaped", place, f"{each} came from what a person typed")

    def _announce_message(self, message: Message) -> None:
        self._in_channel(message, payloads.message_event(message, self.workspace))
        channel = self.workspace.channels[message.channel]
        mentioned = f"<@{self.app.bot_user}>" in message.text and channel.kind != "im"
        if mentioned and not message.by_app:
            self.announce("app_mention", payloads.mention_event(message, self.workspace))

    def _in_channel(self, message: Message, event: dict[str, Any]) -> None:
        channel = self.workspace.channels[message.channel]
        if self.app.bot_user in channel.members:
            self.announce(f"message.{MESSAGE_SCOPE[channel.kind]}", event)

    # -- to the app --------------------------------------------------------------------------

    def announce(self, subscription: str, event: dict[str, Any]) -> Delivery | None:
        """Send an event if the app subscribed to it."""
        if subscription not in self.subscriptions:
            return None
        name = self.ids.named("Ev")
        return self.courier.event(payloads.event_callback(event, self.workspace, name))

    async def settled(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - as Person.hears
        """Wait until the app has answered everything; do so before stopping it.

        Raises:
            AssertionError: with what is still unanswered after `timeout` seconds.
        """
        try:
            await self.changes.until(lambda: not self.courier.under_way, timeout)
        except TimeoutError:
            open_ones = [d for d in self.courier.sent if not d.finished]
            raise AssertionError(f"the app has not answered {open_ones}") from None

    def response_url(self, user: str, channel: str, ts: str | None = None) -> str:
        return f"{self.url}/respond/{self.tickets.response(user, channel, ts)}"

    def notice(self, user: str, text: str) -> None:
        """What Slack itself tells a person, beside the messages."""
        self.notices.setdefault(user, []).append(text)
        self.changes.notify()

    # -- faults ------------------------------------------------------------------------------

    def fail(self, what: str, how: str, **options: Any) -> None:
        """Let something go wrong.

        `what` is a method ("chat.postMessage", or "*" for any) whose next call answers `how`: an
        error it documents ("ratelimited", "channel_not_found" …), "500", "503", "hang" or "reset";
        options: times, accepted (the call takes effect, only its answer is lost), retry_after,
        channel. `what` may be "event": the next one is "lost" at first, so that only a retry comes,
        arrives "twice", one after the other, or on "both" of two connections at once (option
        times). Or "socket": all connections are "half_open", "reset", or told to go: "warning",
        "refresh_requested", "link_disabled" (`await standin.socket.dismiss(...)` waits until that
        is said).
        """
        if what == "event":
            self._fail_event(how, **options)
        elif what == "socket":
            self._fail_socket(how)
        else:
            self.faults.plan(Fault(what, how, **options))

    def _fail_event(self, how: str, times: int = 1) -> None:
        if how not in get_args(EventFault):
            raise ValueError(f"an event can be one of {get_args(EventFault)}, not {how!r}")
        self.courier.ordered += [cast("EventFault", how)] * times

    def _fail_socket(self, how: str) -> None:
        if how == "half_open":
            self.socket.half_open()
        elif how == "reset":
            self.socket.cut()
        elif how in get_args(Goodbye):
            self.courier.spawn(self.socket.dismiss(cast("Goodbye", how)))
        else:
            raise ValueError(f"no such fault of a socket: {how!r}")

    def uninstalls(self) -> None:
        """The app is removed: its bot token is dead from now on, and it is told so."""
        at = self.ids.timestamp()
        self.tokens.kill(self.tokens.bot, "account_inactive")
        revoked = {"oauth": [], "bot": [self.app.bot_user]}
        dead = {"type": "tokens_revoked", "tokens": revoked, "event_ts": at}
        self.announce("tokens_revoked", dead)
        self.announce("app_uninstalled", {"type": "app_uninstalled", "event_ts": at})
