"""A site to be visited: an inbox and an album in memory, people by their tokens, a real server."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from adapters.web.channel import Album, WebChannel, account_of
from adapters.web.luggage import Lockers
from adapters.web.server import listening
from adapters.web.site import Persona, Site
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival
from dialogs.people import Address, Person
from dialogs.ports import HttpHook, PathPage, Receipt
from dialogs.rows import Message
from dialogs.shows import FormReply, Say, Show

SAM, MIA = "token-of-sam", "token-of-mia"


class Clock:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self.seconds = 0

    def now(self) -> int:
        self.seconds += 1
        return 1_700_000_000_000 + 1000 * self.seconds

    def new_id(self) -> str:
        return f"{self.now():026d}"

    def jitter(self) -> float:
        return 0.5


@dataclass
class House:
    """What the site is made of; tests reach into it."""

    people: dict[str, Person] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    replies: dict[str, FormReply] = field(default_factory=dict)
    """What a form page is told, by the token that was pressed or sent."""
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """What was uploaded, by account and reference."""
    shut: int = 0
    """How many times the store is away yet."""
    personas: tuple[Persona, ...] = ()
    hooks: dict[str, HttpHook] = field(default_factory=dict)
    pages: dict[str, PathPage] = field(default_factory=dict)
    troubles: Sequence[str] = ()
    looks: Any = None
    clock: Clock = field(default_factory=Clock)
    url: str = ""

    def __post_init__(self) -> None:
        self.chat = WebChannel(Album(self.keep, self.last), self.lockers, self.clock)
        self.link(SAM, Person("sam", "Sam", "sales"))
        self.link(MIA, Person("mia", "Mia", "management", language="de"))

    @property
    def lockers(self) -> Lockers:
        return Lockers(self.store, self.sizes, self.content, self.done)

    async def store(self, account: str, ref: str, content: bytes) -> None:
        self._store()
        self.files.setdefault((account, ref), content)

    async def sizes(self, account: str, refs: Collection[str]) -> Mapping[str, int]:
        self._store()
        held = self.files
        return {ref: len(held[account, ref]) for ref in refs if (account, ref) in held}

    async def content(self, account: str, ref: str) -> bytes | None:
        self._store()
        return self.files.get((account, ref))

    async def done(self, account: str, ref: str) -> None:
        self._store()
        self.files.pop((account, ref), None)

    def link(self, token: str, person: Person) -> None:
        self.people[account_of(token)] = person

    def unlink(self, token: str) -> None:
        del self.people[account_of(token)]

    async def keep(self, chat: str, ref: str, body: str) -> None:
        self._store()
        # A reference that is known keeps its place, as in the store.
        self.messages.setdefault(chat, {})[ref] = Message(ref, body, self.clock.now())

    async def last(self, chat: str, limit: int) -> Sequence[Message]:
        self._store()
        return list(self.messages.get(chat, {}).values())[-limit:]

    async def accept(self, arrival: Arrival) -> Receipt:
        self._store()
        if arrival.source_key in {one.source_key for one in self.arrivals}:
            return Receipt(new=False)
        self.arrivals.append(arrival)
        return Receipt(new=True, reply=self.replies.get(getattr(arrival.event, "token", "")))

    def _store(self) -> None:
        if self.shut:
            self.shut -= 1
            raise StoreUnavailable("the disk is full")

    async def ready(self) -> Sequence[str]:
        return self.troubles

    async def metrics(self) -> str:
        self._store()
        return "dealdesk_open_pages 0\n"

    async def look(self, only: int | None) -> Any:
        if isinstance(self.looks, Exception):
            raise self.looks
        return {"only": only, **self.looks}

    def menu(self, person: Person) -> Sequence[tuple[str, str]]:
        return [("record", f"{person.name} records")]

    def site(self) -> Site:
        return Site(
            accept=self.accept,
            hooks=self.hooks,
            pages=self.pages,
            chat=self.chat,
            who=self.people.get,
            menu=self.menu,
            languages=lambda: {"en": "English", "de": "Deutsch", "fr": "Français"},
            words=lambda language: {"send": "Envoyer"} if language == "fr" else {},
            ready=self.ready,
            metrics=self.metrics,
            personas=self.personas,
            look=self.look if self.looks is not None else None,
        )

    async def shows(
        self, show: Show, previous: str | None = None, *, token: str = SAM, **how: bool
    ) -> str:
        account = account_of(token)
        address = Address("web", account, account)
        return await self.chat.show(Say(address, "live", show, **how), previous)

    def speaks(self, token: str, language: str) -> None:
        person = self.people[account_of(token)]
        self.people[account_of(token)] = replace(person, language=language)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["House"]:
        async with listening(self.site(), "127.0.0.1", 0) as self.url:
            yield self
            await self.chat.close()

    @asynccontextmanager
    async def visited(self, token: str = SAM) -> AsyncIterator["Visit"]:
        """A page that has opened: its person and the history have come."""
        async with self.knocking() as visit:
            await visit.sends({"type": "hello", "token": token})
            visit.you = await visit.hears("you")
            visit.history = (await visit.hears("history"))["messages"]
            yield visit

    @asynccontextmanager
    async def knocking(self, **headers: str) -> AsyncIterator["Visit"]:
        """A connection that has not said who it is."""
        address = self.url.replace("http://", "ws://") + "/ws"
        async with connect(
            address, proxy=None, compression=None, additional_headers=headers
        ) as socket:
            yield Visit(socket)


@dataclass
class Visit:
    """One open page, without a browser."""

    socket: ClientConnection
    you: Mapping[str, Any] = field(default_factory=dict)
    history: list[Mapping[str, Any]] = field(default_factory=list)

    async def sends(self, frame: Any) -> None:
        raw = frame if isinstance(frame, str | bytes) else json.dumps(frame)
        await self.socket.send(raw)

    async def hears(self, kind: str = "") -> dict[str, Any]:
        """The next frame, which has to be of that kind."""
        async with asyncio.timeout(10):
            frame: dict[str, Any] = json.loads(await self.socket.recv())
        assert kind in ("", frame["type"]), frame
        return frame

    async def says(self, text: str, name: str = "n1") -> dict[str, Any]:
        """Type something; returns what the desk says about it, once it is shown."""
        await self.sends({"type": "say", "id": name, "text": text})
        await self.hears("message")
        return await self.hears()

    async def closed(self) -> tuple[int, str]:
        """Wait until the server closes, whatever it says before: code and reason."""
        async with asyncio.timeout(10):
            with suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        return self.socket.close_code or 0, self.socket.close_reason or ""
