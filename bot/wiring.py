"""The only file that knows every concrete part: from settings to a program ready to run.

Parts that this installation does not have are not loaded: it halves the start of the demo.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from adapters.ledger import LedgerCrm
from adapters.store import open_store
from adapters.web.channel import NAME as WEB
from adapters.web.channel import Album, WebChannel, account_of
from adapters.web.metrics import age_ms, exposition
from adapters.web.server import listening
from adapters.web.site import Persona, Site
from bot.clock import SystemClock
from bot.core import Core
from bot.deliveries import Deliveries, Outside
from bot.dispatcher import Dispatcher, LocalWaker
from bot.people import People
from bot.playbooks import open_library
from bot.settings import Settings
from bot.showcase import showcase
from bot.turns import Turns
from dialogs.desk import Desk
from dialogs.library import Library
from dialogs.people import Person, may
from dialogs.phrases import say
from dialogs.ports import Channel, Clock, Crm, Store

__all__ = [
    "Persona",
    "Program",
    "Site",
    "account_of",
    "age_ms",
    "assemble",
    "commands",
    "exposition",
    "listening",
    "menu_of",
    "open_channels",
    "open_crm",
    "open_store",
    "slack_manifest",
]

LEDGER = "ledger.sqlite3"
TELEGRAM = "https://api.telegram.org"
DEADLINE_S = 15.0
LOOK = 50
"""Opportunities on the ledger's page."""


@dataclass(frozen=True, slots=True)
class Program:
    """Everything of one installation, wired and not yet running."""

    settings: Settings
    clock: Clock
    library: Library
    store: Store
    people: People
    core: Core
    deliveries: Deliveries
    dispatcher: Dispatcher
    channels: Mapping[str, Channel]
    web: WebChannel
    crm: Crm

    @property
    def has_ledger(self) -> bool:
        return isinstance(self.crm, LedgerCrm)

    async def look(self, only: int | None = None) -> Any:
        """The embedded ledger's newest opportunities, or one of them, for its page."""
        return await asyncio.to_thread(self._looked, only)

    def _looked(self, only: int | None) -> Any:
        crm = self.crm
        assert isinstance(crm, LedgerCrm)
        found = crm.overview()[:LOOK] if only is None else [crm.opportunity(only)]
        deals = [asdict(one) for one in found if one is not None]
        return showcase(self.library.current.playbook, self.settings.zone, deals)


def assemble(
    settings: Settings,
    clock: Clock | None = None,
    *,
    examples: bool = False,
    crm: Crm | None = None,
    channels: Mapping[str, Channel] | None = None,
) -> Program:
    """Wire a program; the store is opened and brought up to date, nothing else is touched.

    `crm` takes the place of the one that the settings name; `channels` come beside theirs.
    """
    clock = clock or SystemClock()
    settings.data.mkdir(parents=True, exist_ok=True)
    library = open_library(settings.playbook, settings.data / "playbooks")
    store = open_store(settings.database_url)
    store.prepare()
    people, waker = People(), LocalWaker()
    turns = Turns(Desk(library), people, clock, waker, settings.management, zone=settings.zone)
    core = Core(store, turns, people, clock)
    web = WebChannel(_album(core, clock), clock)
    chats = open_channels(settings, library, clock) | {WEB: web} | dict(channels or {})
    crm = crm or open_crm(settings, library, examples=examples)
    deliveries = Deliveries(core, Outside(chats, crm), clock)
    dispatcher = Dispatcher(core, waker, clock)
    return Program(
        settings, clock, library, store, people, core, deliveries, dispatcher, chats, web, crm
    )


def _album(core: Core, clock: Clock) -> Album:
    async def keep(chat: str, ref: str, body: str) -> None:
        await core.do(lambda books: books.post(WEB, chat, ref, body, clock.now()))

    async def last(chat: str, limit: int) -> Any:
        return await core.do(lambda books: books.history(WEB, chat, limit))

    return Album(keep, last)


def open_crm(settings: Settings, library: Library, *, examples: bool = False) -> Crm:
    """The company's CRM, or the ledger that comes with dealdesk."""
    needs = library.current.playbook.crm_needs
    if settings.crm is None:
        settings.data.mkdir(parents=True, exist_ok=True)
        return LedgerCrm(Path(settings.data, LEDGER), needs, examples=examples, zone=settings.zone)
    from adapters.odoo import OdooCrm  # noqa: PLC0415 - see above

    crm = settings.crm
    return OdooCrm.connect(
        crm.url, crm.database, crm.login, crm.secret, crm.driver, needs, settings.zone, DEADLINE_S
    )


def open_channels(settings: Settings, library: Library, clock: Clock) -> dict[str, Channel]:
    """The chat platforms this installation is connected to."""
    channels: dict[str, Channel] = {}
    if settings.telegram is not None:
        from adapters.telegram import TelegramChannel  # noqa: PLC0415 - see above

        given = settings.telegram
        channels["telegram"] = TelegramChannel.open(
            given.token,
            base_url=given.base_url or TELEGRAM,
            file_base_url=given.file_base_url,
            webhook_url=given.webhook_url,
            webhook_secret=given.webhook_secret,
            commands=commands(library),
            clock=clock.now,
        )
    if settings.slack is not None:
        from adapters.slack import SlackChannel  # noqa: PLC0415 - see above

        slack = settings.slack
        channels["slack"] = SlackChannel.open(
            slack.bot_token, slack.app_token, slack.signing_secret, slack.api_base_url, clock.now
        )
    return channels


def slack_manifest(request_url: str | None, *, socket_mode: bool) -> dict[str, Any]:
    """What Slack's "Create an app from a manifest" takes."""
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - see above

    return manifest(request_url, socket_mode=socket_mode)


def commands(library: Library) -> dict[str, list[tuple[str, str]]]:
    """The command menu by language: the playbook's forms, then the desk's own words."""
    rules = library.current
    menus: dict[str, list[tuple[str, str]]] = {}
    for language in ("en", "de"):
        forms = [
            (rules.word(form, language), (form.description or form.title).of(language))
            for form in rules.playbook.forms
            if form.words
        ]
        own = [(word, say(language, f"menu_{word}")) for word in ("status", "pending", "help")]
        menus[language] = forms + own + [("cancel", say(language, "menu_cancel"))]
    return menus


def menu_of(library: Library, person: Person) -> list[tuple[str, str]]:
    """The words this person may begin with, in their language, each with what it does."""
    rules, language = library.current, person.language
    forms = [
        (rules.word(form, language), (form.description or form.title).of(language))
        for form in rules.playbook.forms
        if form.words and may(person, form.action)
    ]
    first, last = (("pending",), ("help",)) if may(person, "decide") else ((), ("status", "help"))
    return [
        *((word, say(language, f"menu_{word}")) for word in first),
        *forms,
        *((word, say(language, f"menu_{word}")) for word in last),
    ]
