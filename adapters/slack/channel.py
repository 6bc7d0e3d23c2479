"""Slack as a `Channel`: shows, serves, examines. Wires this package's parts together."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from adapters.slack.calls import PlaceClosed, SlackRefused, TokenRefused, Web, answered
from adapters.slack.direct import DirectMessages
from adapters.slack.errands import Errands
from adapters.slack.examination import examination
from adapters.slack.filing import content
from adapters.slack.forms import Forms
from adapters.slack.inlet import CHANNEL, Desk, bolt_app
from adapters.slack.members import Members
from adapters.slack.messages import Content, Messages
from adapters.slack.outbound import illustrated, render
from adapters.slack.pictures import Pictures
from adapters.slack.sockets import Patience, Sockets
from adapters.slack.standing import Standing
from adapters.slack.webhook import PATH, webhook
from adapters.slack.words import WORDS
from dialogs.crm import Finding
from dialogs.errors import ChatRefused
from dialogs.people import Address
from dialogs.ports import Accept, HttpHook
from dialogs.shows import Picture, Say

SLACK = "https://slack.com/api/"
FILE_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between tries to show a picture that was just uploaded."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What Slack gives an app: `xoxb-…`, `xapp-…` for Socket Mode, the secret it signs with."""

    bot_token: str
    app_token: str | None
    signing_secret: str | None


class SlackChannel:
    """Slack."""

    name = CHANNEL

    def __init__(self, web: Web, secrets: Secrets, desk: Desk, patience: Patience) -> None:
        self._web = web
        self._secrets = secrets
        self._desk = desk
        self._patience = patience
        self._messages = Messages(web)
        self._pictures = Pictures(web)

    @property
    def trouble(self) -> str:
        """See `Channel.trouble`."""
        return self._desk.standing.trouble

    @classmethod
    def open(
        cls,
        bot_token: str,
        app_token: str | None,
        signing_secret: str | None,
        api_base_url: str | None,
        clock: Callable[[], int],
        *,
        language: str = "en",
        patience: Patience | None = None,
    ) -> Self:
        """Make the channel; nothing is asked of Slack yet.

        Args:
            bot_token: `xoxb-…`.
            app_token: `xapp-…`; with it, Slack delivers over Socket Mode.
            signing_secret: with it, Slack delivers to `/slack/events`.
            api_base_url: address of the Web API; None is Slack's own.
            clock: the time in epoch milliseconds.
            language: of the few words said where nobody's language is known.
            patience: waiting times of Socket Mode.
        """
        web = Web(bot_token, api_base_url or SLACK)
        words, errands = WORDS.get(language, WORDS["en"]), Errands()
        forms = Forms(web, words, errands)
        members, standing = Members(web), Standing()
        desk = Desk(web, DirectMessages(web), forms, errands, members, standing, words, clock)
        return cls(web, Secrets(bot_token, app_token, signing_secret), desk, patience or Patience())

    async def show(self, say: Say, previous: str | None) -> str:
        """See `Channel.show`."""
        try:
            reference = await self._shown(say, previous)
        except PlaceClosed as closed:
            await self._check(closed)
            raise
        self._desk.standing.works()
        return reference

    async def _check(self, closed: PlaceClosed) -> None:
        """Slack calls an account inactive that may be the reader's or the app's own."""
        if closed.code == "account_inactive":
            try:
                await answered(self._web.auth_test())
            except ChatRefused:
                raise TokenRefused(str(closed)) from None

    async def _shown(self, say: Say, previous: str | None) -> str:
        content = Content(*render(say.show))
        if (
            previous
            and say.edit
            and not say.above
            and await self._messages.change(previous, content)
        ):
            return previous
        reference = await self._posted(await self._place(say.address), say, content)
        if previous and say.above:
            await self._messages.take_buttons(previous)
        return reference

    async def fetch(self, ref: str, most: int) -> bytes:
        """See `dialogs.ports.FileKeeper`."""
        return await content(self._web, ref, most)

    async def _posted(self, place: str, say: Say, content: Content) -> str:
        """Post it with its picture, or without one that Slack does not show."""
        if not isinstance(say.show, Picture) or not say.show.png:
            return await self._messages.post(place, content)
        file = await self._pictures.upload(say.show.png, say.show.alt)
        for pause in FILE_PAUSES if file else ():
            blocks = illustrated(content.blocks, file or "", say.show.alt)
            try:
                return await self._messages.post(place, Content(content.text, blocks))
            except SlackRefused as refused:
                if refused.code != "invalid_blocks":
                    raise
                await asyncio.sleep(pause)  # Slack still looks at what was uploaded
        return await self._messages.post(place, content)

    async def serve(self, accept: Accept) -> None:
        """Listen on Socket Mode; without an app token Slack calls us, and this returns at once."""
        if self._secrets.app_token is None:
            return
        app = bolt_app(self._desk, accept, self._secrets.signing_secret or "")
        sockets = Sockets(app, self._secrets.app_token, self._web, self._patience)
        await sockets.listen(self._desk.standing)

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        """Return `/slack/events` where there is a signing secret."""
        if self._secrets.signing_secret is None:
            return {}
        return {PATH: webhook(bolt_app(self._desk, accept, self._secrets.signing_secret))}

    async def examine(self) -> tuple[Finding, ...]:
        """Ask Slack about our tokens and rights; never raises."""
        secrets = self._secrets
        found = examination(self._web, secrets.app_token, secrets.signing_secret)
        return tuple([finding async for finding in found])

    async def close(self) -> None:
        """Let what is under way end, then close the connections."""
        await self._desk.errands.finish()
        await self._web.close()

    async def _place(self, address: Address) -> str:
        """Return the channel; somebody who never wrote to us is reached by direct message."""
        if address.chat and address.chat[0] not in "UW":
            return address.chat
        return await self._desk.direct.of(address.account)
