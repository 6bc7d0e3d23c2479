"""Telegram as a Channel: one bot, its messages and how they stand in the chats.

Knows when to edit, when to post anew and what became of a chat's number; the looks are `outbound`.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Self

from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.telegram.api import Api
from adapters.telegram.enrolment import Commands, Enrolment, Hook
from adapters.telegram.examination import examined
from adapters.telegram.faults import fault, unchanged
from adapters.telegram.intake import Intake, Presses
from adapters.telegram.outbound import Rendered, caption, render
from adapters.telegram.pacing import Backoff, Gate, Pauses
from adapters.telegram.polling import Polling
from adapters.telegram.webhook import PATH, webhook
from dialogs.crm import Finding
from dialogs.errors import BadConfiguration, ChatRefused
from dialogs.ports import Accept, HttpHook
from dialogs.shows import Picture, Say, Show

log = logging.getLogger(__name__)

PUBLIC = "https://api.telegram.org"
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def wall_clock() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in a chat; as a reference `chat:message`."""

    chat: str
    message: int

    def __str__(self) -> str:
        return f"{self.chat}:{self.message}"

    @classmethod
    def read(cls, ref: str | None, chat: str) -> Self | None:
        """Read a reference; one without a chat, or a message's id alone, is meant for `chat`."""
        where, _, message = (ref or "").rpartition(":")
        return cls(where or chat, int(message)) if message.isdecimal() else None


class TelegramChannel:
    """Telegram, as `dialogs.ports.Channel`. Make it with `open`."""

    name = "telegram"

    def __init__(
        self,
        api: Api,
        *,
        hook: Hook | None,
        commands: Commands,
        clock: Callable[[], int],
        pauses: Pauses,
        random: Random,
        sends_per_second: int,
    ) -> None:
        self._api = api
        self._hook = hook
        self._clock = clock
        self._gate = Gate(sends_per_second)
        self._backoff = Backoff(pauses, random)
        self._enrolment = Enrolment(api, hook, commands)
        self._polling = Polling(api, self._enrolment.enrol, pauses, random)
        self._presses = Presses(api)
        self._intakes: list[Intake] = []

    @classmethod
    def open(
        cls,
        token: str,
        *,
        base_url: str = PUBLIC,
        file_base_url: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        commands: Commands | None = None,
        clock: Callable[[], int] = wall_clock,
        pauses: Pauses | None = None,
        random: Random | None = None,
        sends_per_second: int = 30,
    ) -> Self:
        """Make the channel without touching the network.

        Args:
            token: as @BotFather shows it.
            base_url: address of the Bot API server, Telegram's own or one's own.
            file_base_url: where that server keeps files, if elsewhere.
            webhook_url: where Telegram shall call us, in full; without it we poll.
            webhook_secret: proves that a call is Telegram's: 1-256 of A-Z, a-z, 0-9, _ and -.
            commands: the menu, by language.
            clock: epoch milliseconds.
            pauses: how long to poll and to wait.
            random: spreads the waits.
            sends_per_second: Telegram's limit for one bot over all chats.

        Raises:
            BadConfiguration: the token or the webhook's settings can't be right.
        """
        _check(token, webhook_url, webhook_secret, public=base_url == PUBLIC)
        return cls(
            Api(token, base_url, file_base_url or base_url),
            hook=Hook(webhook_url, webhook_secret) if webhook_url and webhook_secret else None,
            commands=commands or {},
            clock=clock,
            pauses=pauses or Pauses(),
            random=random or Random(),
            sends_per_second=sends_per_second,
        )

    @property
    def last_poll(self) -> float | None:
        """When Telegram last answered a poll (`time.monotonic`); None before, and with a webhook.

        A poll that hangs is given up after 45 seconds; a refusal is an answer too.
        """
        return self._polling.last_poll

    @property
    def trouble(self) -> str:
        """Why nothing is received at the moment, and what to do; empty when all is well."""
        return self._enrolment.trouble or self._polling.trouble

    @property
    def unreadable(self) -> int:
        """How many updates were passed over because they could not be taken."""
        return sum(intake.unreadable for intake in self._intakes)

    async def show(self, say: Say, previous: str | None) -> str:
        """Show it; see `dialogs.ports.Channel`. The reference is `chat:message`."""
        chat = say.address.chat
        standing = Standing.read(previous, chat)
        try:
            return str(await self._place(chat, render(say.show), say, standing))
        except TelegramError as error:
            raise fault(error, self._api.token) from None

    async def fetch(self, ref: str, most: int) -> bytes:
        """See `dialogs.ports.FileKeeper`."""
        try:
            content = await self._api.content(ref, most)
        except TelegramError as error:
            raise fault(error, self._api.token) from None
        if content is None:
            raise ChatRefused("the file is larger than Telegram said")
        return content

    async def serve(self, accept: Accept) -> None:
        """Poll until cancelled; with a webhook, register it (however long it takes) and return."""
        if self._hook:
            await self._enrolment.persist(self._backoff)
        else:
            await self._polling.run(self._intake(accept))

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        """Return the webhook, where one is configured."""
        if not self._hook:
            return {}
        return {PATH: webhook(self._hook.secret, self._intake(accept), self._enrolment.who)}

    async def examine(self) -> tuple[Finding, ...]:
        """Ask Telegram about token and webhook; changes nothing. Never raises."""
        return await examined(self._api, self._hook.url if self._hook else None)

    async def close(self) -> None:
        await self._presses.close()
        await self._api.close_connections()

    def _intake(self, accept: Accept) -> Intake:
        intake = Intake(accept, self._presses, self._clock)
        self._intakes.append(intake)
        return intake

    async def _place(
        self, chat: str, page: Rendered, say: Say, standing: Standing | None
    ) -> Standing:
        if standing and say.edit and not say.above and await self._edited(standing, page):
            return standing
        posted = await self._illustrated(chat, say.show) or await self._post(chat, page)
        if standing and say.above:
            await self._strip(standing)
        return posted

    async def _edited(self, standing: Standing, page: Rendered) -> bool:
        """Return whether the message now says this; else it is gone, too old or elsewhere."""
        await self._gate.passage()
        try:
            await self._api.edit(standing.chat, standing.message, page.text, page.keyboard)
        except BadRequest as error:
            return unchanged(error)
        except ChatMigrated:
            return False  # messages of a group that became a supergroup can't be changed
        return True

    async def _post(self, chat: str, page: Rendered) -> Standing:
        await self._gate.passage()
        return Standing(chat, await self._api.send(chat, page.text, page.keyboard))

    async def _illustrated(self, chat: str, show: Show) -> Standing | None:
        """Send the picture that there is; None where Telegram does not take it."""
        if not isinstance(show, Picture) or not show.png:
            return None
        below = caption(show)
        await self._gate.passage()
        try:
            sent = await self._api.send_picture(chat, show.png, below.text, below.keyboard)
        except BadRequest as error:
            log.warning("a picture is shown as text: %s", type(error).__name__)
            return None
        return Standing(chat, sent)

    async def _strip(self, standing: Standing) -> None:
        await self._gate.passage()
        try:
            await self._api.strip(standing.chat, standing.message)
        except TelegramError as error:
            # Its buttons stay; pressing them is answered as out of date.
            log.debug("an old message keeps its buttons: %s", type(error).__name__)


def _check(token: str, url: str | None, secret: str | None, *, public: bool) -> None:
    """Only a Bot API server of one's own may call an address without https."""
    faults = []
    if not _TOKEN.fullmatch(token):
        faults.append("DEALDESK_TELEGRAM_TOKEN is no token: put the one that @BotFather shows")
    if public and url and not url.startswith("https://"):
        faults.append("DEALDESK_TELEGRAM_WEBHOOK_URL must begin with https://")
    if url and not _SECRET.fullmatch(secret or ""):
        faults.append(
            "DEALDESK_TELEGRAM_WEBHOOK_SECRET must be 1-256 letters, digits, _ and -:"
            " put a long random one there"
        )
    if faults:
        raise BadConfiguration("; ".join(faults))
