"""Several programs on one PostgreSQL, to be killed, stopped in mid-air and started again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from adapters.ledger import LedgerCrm
from adapters.store import open_store
from bot import codec
from bot.clock import SystemClock
from bot.playbooks import playbook_text
from dialogs.books import Books
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival
from dialogs.people import Person
from dialogs.playbook import load_playbook
from dialogs.ports import Receipt
from tests.endurance.front import Front
from tests.rig.places import REPOSITORY
from tests.transcripts.crm_text import LedgerReader, Opportunity

T = TypeVar("T")
ARRIVAL = TypeAdapter(Arrival)
PATIENCE = 10.0
STARTING = 60.0


@dataclass
class Replica:
    """One program; `said` is what it wrote to standard error."""

    process: asyncio.subprocess.Process
    hears: Callable[[str], None]
    log: Path
    waiting: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    reading: "asyncio.Task[None] | None" = None

    @property
    def said(self) -> str:
        return self.log.read_text()

    async def read(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            match json.loads(line):
                case {"show": str(said)}:
                    self.hears(said)
                case {"ready": str(url)}:
                    self.url = url
                    self.ready.set()
                case {"number": int(number)} as answer:
                    waits = self.waiting.pop(number, None)
                    if waits is not None and not waits.done():
                        waits.set_result(answer)
        for waits in self.waiting.values():
            if not waits.done():
                waits.set_exception(StoreUnavailable("the program ended"))

    async def takes(self, number: int, arrival: Arrival) -> Receipt:
        assert self.process.stdin
        answer = self.waiting[number] = asyncio.get_running_loop().create_future()
        line = json.dumps([number, ARRIVAL.dump_python(arrival, mode="json")])
        try:
            self.process.stdin.write(line.encode() + b"\n")
            told = await asyncio.wait_for(answer, PATIENCE)
        except (OSError, TimeoutError) as error:
            raise StoreUnavailable(f"the program does not answer: {error!r}") from None
        if "refused" in told:
            raise StoreUnavailable(told["refused"])
        return Receipt(new=told["new"])

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.process.wait()


class Cluster:
    """Replicas with one database and one ledger, and the people in front of them."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self._store = open_store(database)
        self.clock = SystemClock()
        self.front = Front(self._accept, self.clock)
        self.replicas: list[Replica] = []
        self.homes: dict[str, int] = {}
        """Which replica an account's events reach; else any."""
        self._numbers = count(1)

    async def begins(self, people: Sequence[Person], replicas: int, **variables: str) -> None:
        self._store.prepare()
        with self._store.transaction() as books:
            for person in people:
                books.keep_person(person)
        await asyncio.gather(*(self.starts(**variables) for _ in range(replicas)))

    async def starts(self, **variables: str) -> Replica:
        number = len(list(self.folder.glob("*.log")))
        log = self.folder / f"{number}.log"
        log.touch()
        environment = {
            **os.environ,
            "DEALDESK_DATA": str(self.folder / f"data{number}"),
            "DEALDESK_DATABASE_URL": self.database.replace("+psycopg", ""),
            "DEALDESK_LISTEN": "127.0.0.1:0",
            "CRM_FILE": str(self.folder / "ledger.sqlite3"),
            **variables,
        }
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.endurance.replica"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=REPOSITORY,
                env=environment,
                limit=2**20,
            )
        replica = Replica(process, lambda said: self.front.show(codec.said.read(said)), log)
        replica.reading = asyncio.create_task(replica.read())
        self.replicas.append(replica)
        await asyncio.wait_for(replica.ready.wait(), STARTING)
        return replica

    async def _accept(self, arrival: Arrival) -> Receipt:
        number = next(self._numbers)
        place = self.homes.get(arrival.address.account, number) % len(self.replicas)
        return await self.replicas[place].takes(number, arrival)

    def books(self, work: Callable[[Books], T]) -> T:
        with self._store.transaction() as books:
            return work(books)

    async def quiet(self, patience: float = 60.0) -> None:
        """Return once nothing waits any more."""
        async with asyncio.timeout(patience):
            while any(self.waiting().values()):  # noqa: ASYNC110 - other programs do it
                await asyncio.sleep(0.2)

    def waiting(self) -> dict[str, int]:
        counts = self.books(lambda books: books.counts())
        names = ("inbox.new", "intent.chat.pending", "intent.crm.pending", "intent.search.pending")
        return {name: counts[name] for name in names}

    def opportunities(self) -> Sequence[Opportunity]:
        file = self.folder / "ledger.sqlite3"
        crm = LedgerCrm(file, load_playbook(*playbook_text(None)).crm_needs)
        return LedgerReader(file).opportunities(crm)

    async def close(self) -> None:
        self._store.close()
        for replica in self.replicas:
            if replica.process.returncode is None:
                replica.signal(signal.SIGCONT)
                await replica.kill()
            if replica.reading is not None:
                await replica.reading
            assert replica.process.stdin
            replica.process.stdin.close()
