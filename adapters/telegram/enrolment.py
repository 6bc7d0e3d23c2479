"""How we present ourselves to Telegram: who we are, how updates reach us, the menu of commands.

Knows nothing of the updates themselves. All of it can be said again and again without harm.
"""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram.error import BadRequest, TelegramError

from adapters.telegram.api import Api
from adapters.telegram.faults import told
from adapters.telegram.inbound import ALLOWED, Me
from adapters.telegram.pacing import Backoff

log = logging.getLogger(__name__)

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""By language: words and what they do. Those in English, or the first, are everybody's default."""

_DEFAULT = "en"
_WORD = re.compile(r"[a-z0-9_]{1,32}")
"""What a command may be; one other word and Telegram refuses the whole menu."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram shall call us, and the secret that proves it is Telegram."""

    url: str
    secret: str


class Enrolment:
    """Presents the bot to Telegram. All raise TelegramError."""

    def __init__(self, api: Api, hook: Hook | None, commands: Commands) -> None:
        self._api = api
        self._hook = hook
        self._commands = commands
        self._me: Me | None = None
        self._menu_set = False
        self.trouble = ""
        """Why Telegram does not call us; empty when it does, or when we poll."""

    async def who(self) -> Me:
        """Return who the bot is; asked once."""
        if self._me is None:
            user = await self._api.get_me()
            self._me = Me(user.id, user.username or "")
        return self._me

    async def enrol(self) -> Me:
        """Tell Telegram how updates reach us, and the commands."""
        me = await self.who()
        if self._hook:
            await self._api.set_webhook(
                self._hook.url, secret_token=self._hook.secret, allowed_updates=ALLOWED
            )
        else:
            await self._api.delete_webhook()
        if not self._menu_set:
            await self._set_menu()
            self._menu_set = True
        return me

    async def persist(self, backoff: Backoff) -> Me:
        """Enrol, however often it takes."""
        while True:
            try:
                me = await self.enrol()
            except TelegramError as error:
                text = told(error, self._api.token)
                self.trouble = f"Telegram does not take our webhook ({text}); trying again"
                log.warning("Telegram does not take our webhook (%s); trying again", text)
                await asyncio.sleep(backoff.next())
            else:
                self.trouble = ""
                return me

    async def _set_menu(self) -> None:
        """Without the menu every command still works, so a refusal is no reason to stay away."""
        default = _DEFAULT if _DEFAULT in self._commands else next(iter(self._commands), None)
        for language, commands in self._commands.items():
            code = None if language == default else language[:2]
            takeable = [(word, does) for word, does in commands if _WORD.fullmatch(word)]
            try:
                await self._api.set_my_commands(takeable, language_code=code)
            except BadRequest as error:
                text = told(error, self._api.token)
                log.warning("Telegram refuses the %r menu of commands: %s", language, text)
