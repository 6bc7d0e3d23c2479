"""Leads dialogues to every state a form has, by trying answers until one is taken."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot import codec
from bot.core import Core
from bot.dispatcher import LocalWaker
from bot.people import People
from bot.playbooks import open_library
from bot.turns import Turns
from bot.wiring import open_store
from dialogs.desk import Desk
from dialogs.events import Arrival, Pressed, Said
from dialogs.flow import Dialogue
from dialogs.people import Address, Person
from dialogs.rows import Settlement
from tests.transcripts.clock import StillClock

TRIED = (
    "5",
    "50",
    "2026-11-19 14:00",
    "2026-11-27",
    "1",
    "done",
    "none",
    "A text as a person types it",
)
YES, NO = "yes", "no"


class House:
    """The core on real tables, without its thread; what goes out is settled as done."""

    def __init__(self, folder: Path) -> None:
        clock, self.people = StillClock(), People()
        self.file = folder / "dealdesk.sqlite3"
        self.store = open_store(f"sqlite:///{self.file}")
        self.store.prepare()
        self.library = open_library(None, folder / "playbooks")
        turns = Turns(Desk(self.library), self.people, clock, LocalWaker(), None)
        self.core = Core(self.store, turns, self.people, clock)
        self.clock, self.number = clock, 0
        with self.store.transaction() as books:
            self.people.refresh(books)

    def knows(self, name: str, role: str = "sales") -> None:
        with self.store.transaction() as books:
            at = (Address("web", name, name),)
            books.keep_person(Person(name, name.title(), role, addresses=at))  # type: ignore[arg-type] # a role by its name
            self.people.refresh(books)

    def says(self, who: str, text: str) -> list[object]:
        return self._happens(who, Said(text))

    def presses(self, who: str, token: str) -> list[object]:
        return self._happens(who, Pressed(token))

    def _happens(self, who: str, event: Said | Pressed) -> list[object]:
        """What is shown, to whomever."""
        self.number += 1
        key = f"{self.clock.new_id()}:{self.number}"
        requests: Sequence[object] = [
            Arrival(key, Address("web", who, who), self.clock.now(), event)
        ]
        shown: list[object] = []
        while requests:
            with self.store.transaction() as books:
                worked = self.core._work(books, requests)  # type: ignore[arg-type] # as asked
            sent = worked.after.args[0] if worked.after else []  # type: ignore[attr-defined] # a partial
            shown += [one.say.show for one in sent if one.say]
            requests = [Settlement(one.claimed.seq, one.claimed.attempts, "done") for one in sent]
        return shown

    def state_of(self, who: str) -> tuple[Dialogue | None, int]:
        """The dialogue under way and the number of its screen."""
        asked = "SELECT state FROM conversation WHERE id = ?"
        with closing(sqlite3.connect(self.file)) as books:
            row = books.execute(asked, (who,)).fetchone()
        talk = codec.conversation.read(row[0]) if row and row[0] else None
        return (talk.active, talk.screen) if talk else (None, 0)

    def led(self, who: str, held: str) -> Iterator[Dialogue]:
        """Go on from where the dialogue stands to its review; each state as it is reached."""
        while True:
            dialogue, _ = self.state_of(who)
            if dialogue is None:  # the last answer has finished it
                return
            yield dialogue
            if dialogue.state == "review":
                return
            self._goes_on(who, dialogue, held)

    def _goes_on(self, who: str, before: Dialogue, held: str) -> None:
        for text in (held, *TRIED, "skip"):
            self.says(who, text)
            if self._is_past(who, before):
                return
            _, screen = self.state_of(who)
            self.presses(who, f"{who}.{screen}.new")
            if self._is_past(who, before):
                return
        raise AssertionError(f"nothing answers {before.form} {before.state}")

    def _is_past(self, who: str, before: Dialogue) -> bool:
        now, _ = self.state_of(who)
        return now is None or now.state != before.state

    def close(self) -> None:
        self.store.close()
