"""A company with something to lose: an open dialogue, a case, a question to management.

Its program is the real one up to the wire; what it shows goes to a channel that only remembers.
"""

import json
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.slack import SlackChannel
from adapters.telegram import TelegramChannel
from adapters.telegram.inbound import Me
from bot.settings import read_settings
from bot.turnstile import Turnstile
from bot.wiring import Program, assemble
from dialogs.errors import ChatClosed
from dialogs.events import Arrival, FromPerson, Pressed, Said
from dialogs.limits import NO_LIMITS, Limits, Rate
from dialogs.people import Address, Person
from dialogs.ports import Accept, Channel, HttpAnswer, HttpHook
from dialogs.shows import Say
from tests.standins.serving import serving

SLACK, TELEGRAM = "/slack/events", "/telegram/webhook"
SIGNING, SECRET = "8f742231b10e8888abcd99yyyzzz85a5", "telegram-calls-with-this"
NOWHERE = "http://127.0.0.1:9"
TOKEN = "7012345678:AAE-standin_of_the_bot_api_x0123456"
NEW = "the button that creates the customer"
ROLES = {"Sam": "sales", "Mia": "management", "Gerda": "group", "Tom": "sales"}
ACCOUNTS = {name: number for number, name in enumerate(ROLES, start=101)}
RECORD = ("record", "Airbus Hamburg", NEW, "no", "Fog", "skip", "skip", "save")
ASSESS = ("assess", "Strategic customer", "4", "5", "none", "1000", "50", "Pursue", "skip", "save")
UNBOUNDED = Limits(account=None, everybody=None, forged=Rate(1_000_000_000, 1))
EFFECTS = ("case_file", "approval", "person", "address", "timer", "place", "moved_chat")
ALL = (*EFFECTS, "conversation", "inbox", "intent", "audit", "message")


@dataclass
class Silent:
    """The real channel inwards; outwards it shows nothing and remembers what it was to show."""

    channel: Channel
    said: list[Say] = field(default_factory=list)
    trouble: str = ""
    closed: set[str] = field(default_factory=set)
    """Accounts whose chats are closed to us."""

    @property
    def name(self) -> str:
        return self.channel.name

    async def show(self, say: Say, previous: str | None) -> str:
        if say.address.account in self.closed:
            raise ChatClosed("blocked")
        self.said.append(say)
        return previous if previous and say.edit else f"C:{len(self.said)}"

    async def serve(self, accept: Accept) -> None: ...

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        return self.channel.hooks(accept)

    async def examine(self) -> tuple[()]:
        return ()

    async def close(self) -> None:
        await self.channel.close()


@dataclass
class Company:
    """The program and its doors."""

    program: Program
    channels: Mapping[str, Silent]
    folder: Path
    doors: dict[str, HttpHook] = field(default_factory=dict)

    def open_doors(self, limits: Limits) -> None:
        turnstile = Turnstile(self.program.core.accept, limits)
        for channel in self.channels.values():
            self.doors |= channel.hooks(turnstile.accept)

    async def calls(self, path: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        return await self.doors[path](body, headers)

    async def does(self, name: str, *events: FromPerson) -> None:
        """Let somebody act in Slack, one thing after another."""
        for event in events:
            key = f"own:{self.program.clock.new_id()}"
            arrival = Arrival(key, address("slack", name), self.program.clock.now(), event)
            await self.program.core.accept(arrival)
            await self.program.deliveries.idle()

    def rows(self, *tables: str) -> dict[str, list[Any]]:
        """All rows, as they stand in the file."""
        with closing(sqlite3.connect(self.folder / "dealdesk.sqlite3")) as books:
            return {
                name: books.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
                for name in tables
            }

    def effects(self) -> dict[str, list[Any]]:
        """What counts: all but the inbox, what was said in answer, and the marks of the audit."""
        found = self.rows(*(name for name in EFFECTS if name not in {"place", "address"}))
        with closing(sqlite3.connect(self.folder / "dealdesk.sqlite3")) as books:
            found["talks"] = books.execute(
                "SELECT id, state FROM conversation WHERE id IN ('sam', 'mia') ORDER BY id"
            ).fetchall()
            found["where"] = books.execute(  # the attackers' own goes with where they act
                "SELECT * FROM address WHERE person IN ('sam', 'mia') ORDER BY 1, 2"
            ).fetchall()
            found["entries"] = books.execute(
                "SELECT key, status FROM intent WHERE target <> 'chat' ORDER BY seq"
            ).fetchall()
        return found

    def tokens(self) -> list[str]:
        """Every token that was ever put into a button."""
        shown = json.dumps([repr(say.show) for one in self.channels.values() for say in one.said])
        return sorted({part.split("'")[0] for part in shown.split("token='")[1:]})


def address(channel: str, name: str) -> Address:
    if channel == "slack":
        return Address("slack", f"T1:U{name.upper()}", f"D{name.upper()}")
    return Address("telegram", str(ACCOUNTS[name]), str(ACCOUNTS[name]))


def signed(
    payload: Any, *, at: float | None = None, secret: str = SIGNING
) -> tuple[bytes, dict[str, str]]:
    """A request as Slack sends it: events as JSON, everything else as a form."""
    if payload.get("type") == "event_callback":
        return _signed(json.dumps(payload).encode(), "application/json", at, secret)
    form = payload if "command" in payload else {"payload": json.dumps(payload)}
    kind = "application/x-www-form-urlencoded"
    return _signed(urlencode(form, errors="replace").encode(), kind, at, secret)


def _signed(body: bytes, kind: str, at: float | None, secret: str) -> tuple[bytes, dict[str, str]]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    assert signature is not None
    return body, {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }


@asynccontextmanager
async def company(folder: Path) -> AsyncIterator[Company]:
    """Sam waits for management's word on one case and is in the middle of recording another."""
    slack = Starlette(routes=[Route("/api/{method}", _slack, methods=["POST"])])
    async with serving(slack) as url, _started(folder, url) as here:
        yield here


async def _slack(request: Request) -> Response:
    """A Slack that knows people but no conversations and no triggers."""
    if request.path_params["method"] == "users.info":
        return JSONResponse({"ok": True, "user": {"is_bot": False}})
    return JSONResponse({"ok": False, "error": "user_not_found"})


@asynccontextmanager
async def _started(folder: Path, slack_url: str) -> AsyncIterator[Company]:
    slack = SlackChannel.open("xoxb-1", None, SIGNING, f"{slack_url}/api/", _now)
    telegram = TelegramChannel.open(
        TOKEN, base_url=NOWHERE, webhook_url=f"{NOWHERE}{TELEGRAM}", webhook_secret=SECRET
    )
    telegram._enrolment._me = Me(7012345678, "dealdesk_bot")
    channels = {"slack": Silent(slack), "telegram": Silent(telegram)}
    settings = read_settings({"DEALDESK_DATA": str(folder)})
    program = assemble(settings, examples=True, channels=channels)
    await program.core.start(program.deliveries.deliver)
    await program.core.do(_introduced)
    await program.core.do(program.people.refresh)
    here = Company(program, channels, folder)
    here.open_doors(NO_LIMITS)
    await _busy(here)
    try:
        yield here
    finally:
        await program.deliveries.drain(5)
        await program.core.stop()
        for channel in program.channels.values():
            await channel.close()
        program.crm.close()
        program.store.close()


def _now() -> int:
    return time.time_ns() // 1_000_000


def _introduced(books: Any) -> None:
    for name, role in ROLES.items():
        addresses = (address("slack", name), address("telegram", name))
        books.keep_person(Person(name.lower(), name, role, addresses=addresses))  # type: ignore[arg-type] # roles of ours


def _new(here: Company) -> str:
    return next(token for token in here.tokens() if token.endswith(".new"))


async def _busy(here: Company) -> None:
    for text in RECORD + ASSESS:
        await here.does("Sam", Pressed(_new(here)) if text == NEW else Said(text))
    await here.does("Sam", Said("record"), Said("Airbus Bremen"))
    rows = here.rows("approval", "case_file", "conversation")
    assert [len(rows[name]) for name in ("approval", "case_file")] == [1, 1]
