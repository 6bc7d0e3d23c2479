"""dealdesk on the bench's dialogue: the real path from a parsed update to the rendered reply.

Inbox, turn, state, intents, commit, claim, rendering, settling, all as in production; only the
network is missing. A reply counts when it is rendered, which is after its commit.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.store import open_store
from adapters.telegram.inbound import Me, read
from adapters.telegram.outbound import render
from bench.figures import Figures, figures
from bench.script import MESSAGES, playbook
from bot.clock import SystemClock
from bot.core import Core
from bot.deliveries import Deliveries
from bot.dispatcher import LocalWaker
from bot.outside import Outside
from bot.people import People
from bot.running import calm_collector
from bot.turns import Turns
from dialogs.books import Store
from dialogs.crm import DeliveryReceipt
from dialogs.desk import Desk
from dialogs.events import Arrival
from dialogs.library import Library
from dialogs.people import Address, Person
from dialogs.playbook import load_playbook

ME = Me(1, "bench")


class Window:
    """Stands where Telegram's network begins: renders, and says that it was shown."""

    name = "telegram"

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.shown = 0

    async def show(self, say: Any, previous: str | None) -> str:
        render(say.show)
        self.shown += 1
        shown = self.waiting.pop(say.address.chat, None)
        if shown is not None:
            shown.set_result(None)
        return f"{say.address.chat}:{self.shown}"


class NoCrm:
    """The dialogue of the bench ends before the CRM."""

    def deliver(self, delivery: Any, *, fresh: bool) -> DeliveryReceipt:
        return DeliveryReceipt(1, "")


@dataclass
class Rig:
    core: Core
    deliveries: Deliveries
    window: Window
    clock: SystemClock
    store: Store
    number: int = 0

    async def end(self) -> None:
        await self.deliveries.drain(10)
        await self.core.stop()
        self.store.close()

    def update(self, user: int, text: str) -> Mapping[str, Any]:
        """The next update, parsed from JSON as Telegram sends it."""
        self.number += 1
        return _update(self.number, user, text)

    async def say(self, user: int, text: str) -> None:
        await self.take(user, self.update(user, text))

    async def take(self, user: int, update: Mapping[str, Any]) -> None:
        """Hand a parsed update in and wait until the reply is rendered."""
        arrival = read(update, ME, 1)
        assert isinstance(arrival, Arrival)
        shown = asyncio.get_running_loop().create_future()
        self.window.waiting[str(user)] = shown
        await self.core.accept(arrival)
        await shown


def _update(number: int, user: int, text: str) -> Mapping[str, Any]:
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_795_180_000,
            "chat": {"id": user, "type": "private", "first_name": "P"},
            "from": {"id": user, "is_bot": False, "first_name": "P"},
            "text": text,
        },
    }


async def rigged(url: str, users: int) -> Rig:
    """A running core with that many people on a fresh database."""
    store, clock, people = open_store(url), SystemClock(), People()
    store.prepare()
    library = Library(load_playbook(playbook(), "bench"))
    turns = Turns(Desk(library), people, clock, LocalWaker(), None)
    core, window = Core(store, turns, people, clock), Window()
    deliveries = Deliveries(core, Outside({"telegram": window}, NoCrm()), clock)  # type: ignore[arg-type, dict-item] # as far as the bench goes
    await core.start(deliveries.deliver)

    def introduce(books: Any) -> None:
        for user in range(1, users + 1):
            address = Address("telegram", str(user), str(user))
            books.keep_person(Person(f"p{user}", "P", "sales", addresses=(address,)))
        people.refresh(books)

    await core.do(introduce)
    return Rig(core, deliveries, window, clock, store)


async def series(name: str, url: str, dialogues: int, at_once: int) -> Figures:
    """Play the dialogues, that many at once."""
    rig = await rigged(url, dialogues)
    for user in range(1, dialogues + 1):
        await rig.say(user, "/record")
    latencies: list[float] = []
    talks = {
        user: [rig.update(user, typed) for _, typed in MESSAGES] for user in range(1, dialogues + 1)
    }
    calm_collector()

    async def lane(number: int) -> None:
        for user in range(number, dialogues + 1, at_once):
            for update in talks[user]:
                before = time.perf_counter()
                await rig.take(user, update)
                latencies.append(time.perf_counter() - before)

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(lane(number) for number in range(1, at_once + 1)))
    result = figures(name, at_once, latencies, wall, cpu)
    await rig.deliveries.drain(10)
    await rig.core.stop()
    return result


def sqlite_url(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.sqlite3"
