"""A reader in front of Slack: what one person sees, and waiting for more of it."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from .seen import Seen, SeenView, seen_message, seen_view
from .workspace import Channel, User

if TYPE_CHECKING:
    from .standin import SlackStandin

Found = TypeVar("Found")
What = str | re.Pattern[str] | Callable[[Seen], bool]
PATIENCE = 5.0


class Reader:
    """What one member of the workspace sees.

    Waiting methods raise AssertionError after `timeout` seconds, with what was visible instead.
    """

    def __init__(self, slack: "SlackStandin", user: User) -> None:
        self._slack = slack
        self.user = user
        self._heard = len(slack.told)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def dm(self) -> str:
        """The id of the direct conversation with the app; opened when there was none."""
        return self._slack.direct(self.id).id

    def chat(self, channel: str | Channel | None = None) -> list[Seen]:
        """The messages visible in `channel` (the app's direct conversation unless given)."""
        workspace = self._slack.workspace
        visible = workspace.visible(self.id, self._channel(channel).id)
        return [seen_message(each, self.id, workspace) for each in visible]

    @property
    def modals(self) -> list[SeenView]:
        """The open modals, the top one last."""
        stack = self._slack.workspace.stacks.get(self.id, [])
        return [seen_view(each, self._slack.workspace) for each in stack]

    @property
    def modal(self) -> SeenView | None:
        """The modal on top, if one is open."""
        return self.modals[-1] if self.modals else None

    @property
    def home(self) -> SeenView | None:
        """The app's Home tab, if something was published there."""
        view = self._slack.workspace.homes.get(self.id)
        return seen_view(view, self._slack.workspace) if view else None

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person, e.g. that a command failed."""
        return list(self._slack.notices.get(self.id, []))

    async def hears(
        self,
        what: What = "",
        *,
        channel: str | Channel | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the word a reader looks for
    ) -> Seen:
        """The next message or edit of the app that fits, in any channel or in `channel`.

        Each is heard once: what came before a fitting one is passed over for good. `what` is a
        part of the text, a pattern, or a question to ask of the message.
        """
        fits, place = _matcher(what), None if channel is None else self._channel(channel).id

        def found() -> Seen | None:
            fresh = (each for each in self._unheard() if place in {None, each.channel})
            return next((each for each in fresh if fits(each)), None)

        wanted = getattr(what, "pattern", what)
        return await self._wait(found, f"{self.name} never heard {wanted!r}", timeout)

    def catches_up(self) -> None:
        """Count everything up to now as heard."""
        self._heard = len(self._slack.told)

    def _unheard(self) -> Iterator[Seen]:
        workspace = self._slack.workspace
        while self._heard < len(self._slack.told):
            message = self._slack.told[self._heard]
            self._heard += 1
            reached = self.id in workspace.channels[message.channel].members
            if reached and message.visible_to in {None, self.id}:
                yield seen_message(message, self.id, workspace)

    async def gets_modal(
        self,
        what: str = "",
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in hears
    ) -> SeenView:
        """Wait until a modal is on top whose title or text contains `what`."""

        def found() -> SeenView | None:
            top = self.modal
            return top if top and what in str(top) else None

        return await self._wait(found, f"{self.name} never got a modal {what!r}", timeout)

    async def gets_home(
        self,
        what: str = "",
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in hears
    ) -> SeenView:
        """Wait until the Home tab contains `what`."""

        def found() -> SeenView | None:
            home = self.home
            return home if home and what in home.text else None

        return await self._wait(found, f"{self.name} never saw {what!r} at home", timeout)

    async def _wait(self, probe: Callable[[], Found | None], failure: str, seconds: float) -> Found:
        try:
            return await self._slack.changes.until(probe, seconds)
        except TimeoutError:
            raise AssertionError(f"{failure}; {self._situation()}") from None

    def _situation(self) -> str:
        channels = self._slack.workspace.channels_of(self.id)
        said = [str(each) for place in channels for each in self.chat(place)[-6:]]
        breaches = [str(each) for each in self._slack.violations]
        return "\n".join(
            ["visible is:", *said, f"modal: {self.modal}", f"notices: {self.notices}", *breaches]
        )

    def _channel(self, channel: str | Channel | None) -> Channel:
        if isinstance(channel, Channel):
            return channel
        return self._slack.workspace.channels[channel or self.dm]


def _matcher(what: What) -> Callable[[Seen], bool]:
    if isinstance(what, str):
        return lambda seen: what in seen.text or what in seen.said
    if isinstance(what, re.Pattern):
        return lambda seen: bool(what.search(seen.text) or what.search(seen.said))
    return what
