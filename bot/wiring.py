"""The only file that knows every concrete part: from settings to a program ready to run.

Parts that this installation does not have are not loaded: it halves the start of the demo.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.ledger import LedgerCrm
from adapters.plots import PlotPainter
from adapters.store import copy_database, dump_command, file_of, open_store
from adapters.web.channel import NAME as WEB
from adapters.web.channel import PICTURES, Album, WebChannel, account_of
from adapters.web.luggage import Lockers
from adapters.web.metrics import age_ms, exposition, gauge
from adapters.web.server import listening
from adapters.web.site import Persona, Site
from bot.calendar_watch import CalendarWatch
from bot.clock import SystemClock
from bot.core import Core
from bot.deliveries import Deliveries
from bot.dispatcher import Dispatcher, LocalWaker
from bot.keyform import KeyForm
from bot.lead_watch import LeadWatch
from bot.outside import Outside
from bot.ownkeys import OwnKeys
from bot.painting import Painting
from bot.people import People
from bot.playbooks import open_library, spoken
from bot.pulse import Pulse
from bot.replicas import Replicas
from bot.roll_call import RollCall
from bot.settings import Settings
from bot.showcase import SHOWN, showcase
from bot.turns import Turns
from bot.turnstile import Turnstile
from bot.upkeep import Upkeep
from bot.vault import Vault
from bot.vigil import Vigil
from dialogs import menus
from dialogs.books import Store
from dialogs.desk import Desk
from dialogs.library import Library
from dialogs.limits import NO_LIMITS, Limits, Rate
from dialogs.page_sentences import PAGE
from dialogs.people import Person
from dialogs.ports import Channel, Clock, Crm, HttpAnswer, KeyedCrm
from dialogs.translations import learnt

__all__ = [
    "PICTURES",
    "Persona",
    "Program",
    "Site",
    "account_of",
    "age_ms",
    "assemble",
    "commands",
    "copy_database",
    "dump_command",
    "exposition",
    "file_of",
    "gauge",
    "listening",
    "menu_of",
    "open_channels",
    "open_crm",
    "open_store",
    "own_keys",
    "slack_manifest",
    "telegram_bot",
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
    turnstile: Turnstile
    vigil: Vigil
    deliveries: Deliveries
    dispatcher: Dispatcher
    roll_call: RollCall
    leads: LeadWatch
    calendar: CalendarWatch
    channels: Mapping[str, Channel]
    web: WebChannel
    crm: Crm
    replicas: Replicas
    pulse: Pulse
    painting: Painting

    @property
    def polls(self) -> frozenset[str]:
        """The channels that only one program of an installation may receive from."""
        telegram = self.settings.telegram
        return frozenset({"telegram"} if telegram and not telegram.webhook_url else ())

    key_form: KeyForm | None = None
    """Where people give their own key; None where the CRM takes none."""

    @property
    def has_ledger(self) -> bool:
        return isinstance(self.crm, LedgerCrm)

    async def look(self, only: int | None = None) -> Any:
        """The embedded ledger's newest opportunities, or one of them, for its page."""
        return await asyncio.to_thread(self._looked, only)

    async def ledger_picture(self, method: str, token: str, *_more: Any) -> HttpAnswer:
        """See `dialogs.ports.PathPage`: a picture of the embedded ledger, by its entry's key."""
        key, _, number = token.rpartition(".")
        crm = self.crm
        assert isinstance(crm, LedgerCrm)
        if method not in {"GET", "HEAD"} or not number.isdecimal():
            return HttpAnswer(404, b"no such picture")
        found = await asyncio.to_thread(crm.file, key, int(number))
        if found is None or found[0] not in SHOWN:
            return HttpAnswer(404, b"no such picture")
        return HttpAnswer(200, found[1], found[0])

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
    library = open_library(settings.playbook, settings.data / "playbooks", invented=examples)
    store = open_store(settings.database_url)
    store.prepare()
    people, waker = People(), LocalWaker()
    crm = crm or open_crm(settings, library, examples=examples, clock=clock)
    keys = own_keys(settings, clock, crm)
    mails = settings.crm is not None  # the ledger sends none
    turns = Turns(
        Desk(library),
        people,
        clock,
        waker,
        settings.management,
        keys=keys,
        mails=mails,
        zone=settings.zone,
    )
    core = Core(store, turns, people, clock, keys=keys)
    turnstile = Turnstile(core.accept, _limits(settings))
    painting = Painting(PlotPainter())
    web = WebChannel(_album(core, clock), _lockers(core, clock), clock, painting.png)
    chats = open_channels(settings, library, clock) | {WEB: web} | dict(channels or {})
    newcomer = Person("", "", "management", spoken(settings.language, library), settings.zone)
    deliveries = Deliveries(core, Outside(chats, crm, keys, newcomer, people, painting), clock)
    upkeep = Upkeep(core, clock, library, settings.keep_days, settings.data)
    replicas = Replicas(clock, alone=store.sole)
    dispatcher = Dispatcher(core, waker, clock, upkeep, replicas)
    return Program(
        settings=settings,
        clock=clock,
        library=library,
        store=store,
        people=people,
        core=core,
        turnstile=turnstile,
        vigil=Vigil(core, deliveries.chats, people, clock),
        deliveries=deliveries,
        dispatcher=dispatcher,
        roll_call=RollCall(core, crm, clock),
        leads=LeadWatch(core, crm, library, clock),
        calendar=CalendarWatch(core, crm, clock, library, settings.calendar_s),
        channels=chats,
        web=web,
        crm=crm,
        replicas=replicas,
        pulse=Pulse(),
        painting=painting,
        key_form=KeyForm(core, keys, people, clock, crm) if isinstance(crm, KeyedCrm) else None,
    )


def own_keys(settings: Settings, clock: Clock, crm: Crm) -> OwnKeys:
    """The keys that people gave, as this installation may use them."""
    vault = Vault(settings.master_keys) if settings.master_keys else None
    takes = isinstance(crm, KeyedCrm)
    return OwnKeys(vault, clock, address=settings.public_url, crm_takes_keys=takes)


def _limits(settings: Settings) -> Limits:
    return Limits(account=Rate(settings.pace, 10_000)) if settings.pace else NO_LIMITS


def _album(core: Core, clock: Clock) -> Album:
    async def keep(chat: str, ref: str, body: str) -> None:
        await core.do(lambda books: books.post(WEB, chat, ref, body, clock.now()))

    async def last(chat: str, limit: int) -> Any:
        return await core.do(lambda books: books.history(WEB, chat, limit))

    return Album(keep, last)


def _lockers(core: Core, clock: Clock) -> Lockers:
    async def keep(account: str, ref: str, content: bytes) -> None:
        await core.do(lambda books: books.keep_upload(account, ref, content, clock.now()))

    async def sizes(account: str, refs: Collection[str]) -> Mapping[str, int]:
        return await core.do(lambda books: books.upload_sizes(account, refs))

    async def content(account: str, ref: str) -> bytes | None:
        return await core.do(lambda books: books.upload(account, ref))

    async def done(account: str, ref: str) -> None:
        await core.do(lambda books: books.uploaded(account, ref, clock.now()))

    return Lockers(keep, sizes, content, done)


def open_crm(
    settings: Settings,
    library: Library,
    *,
    examples: bool = False,
    clock: Clock | None = None,
) -> Crm:
    """The company's CRM, or the ledger that comes with dealdesk."""
    needs = library.current.playbook.crm_needs
    if settings.crm is None:
        settings.data.mkdir(parents=True, exist_ok=True)
        time = clock or SystemClock()
        return LedgerCrm(
            Path(settings.data, LEDGER),
            needs,
            examples=examples,
            zone=settings.zone,
            clock=lambda: datetime.fromtimestamp(time.now() / 1000, UTC),
        )
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


def telegram_bot(settings: Settings) -> str | None:
    """Ask Telegram for the bot's username; None where there is no bot or no answer."""
    if settings.telegram is None:
        return None
    from adapters.telegram import username  # noqa: PLC0415 - see above

    return username(settings.telegram.token, settings.telegram.base_url or TELEGRAM)


def slack_manifest(request_url: str | None, *, socket_mode: bool) -> dict[str, Any]:
    """What Slack's "Create an app from a manifest" takes."""
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - see above

    return manifest(request_url, socket_mode=socket_mode)


def commands(library: Library) -> dict[str, list[tuple[str, str]]]:
    """The command menu by language."""
    rules = library.current
    return {language: menus.everything(rules, language) for language in rules.playbook.languages}


def languages_of(library: Library) -> dict[str, str]:
    """The languages to choose from by code, as their speakers call them."""
    further = {one.id: one.name for one in library.current.playbook.translations}
    return {"en": "English", "de": "Deutsch", **further}


def page_words(language: str) -> dict[str, str]:
    """What the chat page says in a language that only the playbook speaks."""
    known = learnt(language)
    words = known.words.items() if known else ()
    return {key.removeprefix(PAGE): text for key, text in words if key.startswith(PAGE)}


def menu_of(library: Library, person: Person) -> list[tuple[str, str]]:
    """The words this person may begin with, in their language, each with what it does."""
    return menus.own(library.current, person)
