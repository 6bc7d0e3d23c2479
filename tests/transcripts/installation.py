"""One installation of dealdesk on files of its own: started, ended, started anew on the same ones.

Knows `bot.wiring` and `bot.running`; knows no transcript.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, closing
from functools import partial
from pathlib import Path
from typing import Self

from adapters.store import file_of
from bot.playbooks import open_library
from bot.running import running
from bot.settings import Settings, read_settings
from bot.wiring import Program, assemble, open_crm
from dialogs.books import Books
from dialogs.library import Library
from dialogs.people import Person
from dialogs.ports import Channel, Clock, Crm
from tests.transcripts.switch import Switched

OpenCrm = Callable[[Settings, Library], Crm]


class Installation:
    """`async with Installation(…)` runs it until the block is left.

    Args:
        folder: where its files are.
        clock: its time.
        variables: its environment, beside folder and address.
        people: who is linked.
        channels: makes those beside the ones of the environment, anew for each start.
        crm: opens the CRM; the one of the environment unless given.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        variables: Mapping[str, str] | None = None,
        people: Sequence[Person] = (),
        channels: Callable[[], Mapping[str, Channel]] = dict,
        crm: OpenCrm = open_crm,
    ) -> None:
        self.clock = clock
        own = {
            "DEALDESK_DATA": str(folder),
            "DEALDESK_LISTEN": "127.0.0.1:0",
            "DEALDESK_CALENDAR_SECONDS": "0",  # stories say when it is looked at
            "DEALDESK_PACE": "0",  # stories are played faster than people type, on a still clock
        }
        self.variables = {**own, **(variables or {})}
        self.settings = read_settings(self.variables)
        self.library = open_library(self.settings.playbook, folder / "playbooks")
        self.url = ""
        self.program: Program
        self.crm: Switched
        self._people, self._channels, self._open_crm = people, channels, crm
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        away = hasattr(self, "crm") and self.crm.away
        self.crm = Switched(self._open_crm(self.settings, self.library), away)
        self.program = assemble(self.settings, self.clock, crm=self.crm, channels=self._channels())
        with self.program.store.transaction() as books:
            self._is_here(books)
        self.url = await self._running.enter_async_context(running(self.program))
        await self.program.core.do(partial(self._introduce, tuple(self._people)))

    async def was_never_away(self) -> None:
        """Time passes for the people of a story only; `tests/bot/test_away.py` tells of absence."""
        await self.program.core.do(self._is_here)

    def _is_here(self, books: Books) -> None:
        for name in self.program.channels:
            books.worked(name, self.clock.now())

    async def stop(self) -> None:
        await self._running.aclose()

    async def restart(self) -> None:
        """End it as at SIGTERM and start it anew on the same files."""
        await self.stop()
        await self.start()

    async def rest(self) -> None:
        """Return once everything that can go out has gone out."""
        await self.program.deliveries.idle()

    def outstanding(self) -> list[tuple[object, ...]]:
        """What has not gone out, and why: for whoever reads why something is not to be seen."""
        told = "SELECT seq, key, target, status, attempts, due, lease_until, error FROM intent"
        with closing(sqlite3.connect(file_of(self.settings.database_url))) as store:
            return store.execute(f"{told} WHERE status <> 'done'").fetchall()

    async def catch_up(self) -> None:
        """Do what is due, and what that in turn lets go, without waiting for the dispatcher."""
        while await self._is_due():
            await self.program.core.sweep()
            await self.rest()

    async def _is_due(self) -> bool:
        due = await self.program.core.do(lambda books: books.next_due())
        return due is not None and due <= self.clock.now()

    def _introduce(self, people: Sequence[Person], books: Books) -> None:
        known = {person.id for person in books.people()}
        for person in people:
            if person.id not in known:
                books.keep_person(person)
        self.program.people.refresh(books)
