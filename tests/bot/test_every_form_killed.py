"""Every form of the playbook is played while the program is killed: each word counts, and once.

Which forms there are is read from the playbook, and how one comes to them is found out by pressing
what there is to press: a form that is added is played, killed and counted untold.
"""

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from adapters.ledger import LedgerCrm
from bot.commands.opened import opened_books
from bot.playbooks import playbook_text
from bot.settings import read_settings
from bot.wiring import LEDGER
from dialogs.leadpress import BUTTONS
from dialogs.people import Person, Role
from tests.bot.curious import Company, Curious, Saved
from tests.standins.telegram import TelegramStandin
from tests.torture.fail_points import COMMITS, INBOUND, OUTBOUND
from tests.torture.history import History
from tests.torture.ledgers import Tables
from tests.torture.lives import DRIVERS, Lives
from tests.torture.screens import library
from tests.torture.seats import TelegramSeat

SEED = secrets.randbelow(1_000_000)
PEOPLE: Mapping[str, Role] = {"Sam": "sales", "Mia": "management", "Gus": "group"}
AT_WORK = """[quiet]
working_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
work_begins = 00:00:00
work_ends = 23:59:59
tonight = 18:00:00
notice_minutes = 60
stalled_after_days = 14

"""
"""These people can be told of a lead whenever the test runs."""
QUIET = re.compile(r"^\[quiet\]\n.*?(?=^\[)", re.MULTILINE | re.DOTALL)
ALL = 10_000
PATIENCE_S = 30.0
LOOK_S = 0.01
FAILS_AT_ONCE = {"save": 0.3, "answer": 0.02, "begin": 0.02}
"""How often the power fails while that is being settled."""
AT_ONCE_S = 0.03
FAILS_BETWEEN = 0.02
LEAST_KILLS, MOST_KILLS = 15, 25
OFTEN, SELDOM = 30, 8
"""Passages of a named moment, at most, until the power fails there."""


@dataclass
class Power:
    """The program runs until the power fails, at a named moment or at any, and runs again."""

    lives: Lives
    standin: TelegramStandin
    tables: Tables
    dice: Random
    ended: "asyncio.Future[int] | None" = None
    point: str = ""

    async def settles(self, why: str) -> None:
        """Let what was done be done, though the power may fail in the middle of it, or after it."""
        if self.lives.ends.kills >= MOST_KILLS:
            await self._rests()
            return
        if self.dice.random() < FAILS_AT_ONCE[why]:
            await asyncio.sleep(self.dice.uniform(0.0, AT_ONCE_S))
            await self.fails()
        await self._rests()
        if self.dice.random() < FAILS_BETWEEN:
            await self.fails()

    async def fails(self) -> None:
        if self.ended is not None:
            ended, self.ended = self.ended, None
            await self.lives.killed(ended, self.point)

    async def _rests(self) -> None:
        for _ in range(int(PATIENCE_S / LOOK_S)):
            if self.ended is None:
                await self._begins()
            elif self.ended.done():
                await self.fails()
            elif self._is_at_rest():
                return
            await asyncio.sleep(LOOK_S)
        raise AssertionError(f"never at rest: {self.tables.unfinished()}")

    async def _begins(self) -> None:
        often = self.dice.choice((*INBOUND, *COMMITS))
        self.point, most = self.dice.choice([(often, OFTEN), (self.dice.choice(OUTBOUND), SELDOM)])
        if self.lives.ends.kills >= MOST_KILLS:
            self.point = ""
        self.ended = await self.lives.begins(self.point, self.dice.randint(1, most))
        await self.lives.ready(self.ended)

    def _is_at_rest(self) -> bool:
        return not self.standin.updates.pending() and not any(self.tables.unfinished().values())


@dataclass
class House:
    """The program under a failing power, the people who use it, and what it keeps."""

    company: Company
    power: Power
    ledger: Path

    @property
    def history(self) -> History:
        return self.company.history


@pytest.fixture
async def house(telegram: TelegramStandin, tmp_path: Path) -> AsyncIterator[House]:
    history, dice = History(SEED), Random(SEED)
    environment = _environment(telegram, tmp_path)
    people = [Curious(name, TelegramSeat(telegram, n, name)) for n, name in enumerate(PEOPLE, 1001)]
    with opened_books(read_settings(environment)) as books:
        for one in people:
            role = PEOPLE[one.name]
            books.keep_person(Person(one.name, one.name, role, addresses=(one.seat.address,)))
    ledger = tmp_path / "data" / LEDGER
    _leads_come_in(ledger)
    async with Lives.of(tmp_path, dict.fromkeys(DRIVERS, environment), history, dice) as lives:
        power = Power(lives, telegram, Tables(tmp_path / "data" / "dealdesk.sqlite3"), dice)
        yield House(Company(people, dice, history, power.settles), power, ledger)


def _environment(telegram: TelegramStandin, folder: Path) -> Mapping[str, str]:
    playbook = folder / "playbook.toml"
    text, times = QUIET.subn(AT_WORK, playbook_text(None)[0])
    assert times == 1
    playbook.write_text(text, encoding="utf-8")
    return {
        "DEALDESK_DATA": str(folder / "data"),
        "DEALDESK_LISTEN": "127.0.0.1:0",
        "DEALDESK_PACE": "0",  # these people press faster than any person
        "DEALDESK_PLAYBOOK": str(playbook),
        "DEALDESK_TELEGRAM_TOKEN": telegram.token,
        "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
    }


def _leads_come_in(ledger: Path) -> None:
    """One for each thing that can be done about one."""
    crm = LedgerCrm(ledger, library().current.playbook.crm_needs)
    for number in range(len(BUTTONS)):
        crm.add_lead(f"Lead {number}", contact_name="Ann")


@pytest.mark.timeout(300)
async def test_g1_every_form_is_played_while_the_power_fails_and_each_word_counts_once(
    house: House,
) -> None:
    await house.power.settles("begin")
    await house.company.see_everything()
    house.power.lives.stop()
    assert house.company.met >= set(library().current.playbook.form_by_id)
    Verdict(house).all_is_well()
    assert house.power.lives.ends.kills >= LEAST_KILLS, house.power.lives.ends


class Verdict:
    """Looks at what stands in the end."""

    def __init__(self, house: House) -> None:
        self.history, self.tables = house.history, house.power.tables
        self.ended, self.people = house.company.ended, house.company.people
        self.notes = [Note(*row) for row in Tables(house.ledger).rows(NOTES)]
        self.ledger = " ".join(_texts(house.ledger))
        self.chats = house.power.standin.chats.all

    def all_is_well(self) -> None:
        assert self.tables.lost() == [], self.history.about(last=ALL)
        self._each_entry_stands_once_and_in_order()
        self._each_form_was_finished_as_often_as_somebody_ended_it()
        self._each_word_stands_once()

    def _each_entry_stands_once_and_in_order(self) -> None:
        due: dict[str, list[str]] = {}
        for key, order in self.tables.entries():
            due.setdefault(order, []).append(key)
        orders = dict(self.tables.entries())
        there: dict[str, list[str]] = {}
        for note in self.notes:
            there.setdefault(orders[note.key], []).append(note.key)
        assert there == due, self.history.about(last=ALL)

    def _each_form_was_finished_as_often_as_somebody_ended_it(self) -> None:
        sql = "SELECT substr(action, 8) FROM audit WHERE action LIKE 'finish:%'"
        finished = Counter(form for (form,) in self.tables.rows(sql))
        ended = Counter(one.form for one in self.ended if one.form in finished)
        assert finished == ended, self.history.about(last=ALL)

    def _each_word_stands_once(self) -> None:
        lost = [(one, word) for one in self.ended for word in one.words if self._is_lost(one, word)]
        assert lost == [], self.history.about(*(word for _, word in lost))
        shown = Counter(word for one in self.ended for word in one.words)
        doubled = [word for word, times in shown.items() if self._times(word) > times]
        assert doubled == [], self.history.about(*doubled)
        assert shown, "nobody typed a word"

    def _is_lost(self, saved: Saved, word: str) -> bool:
        """In the ledger; why somebody declines, which no review asks, only a colleague may hear."""
        if word in self.ledger:
            return False
        if saved.form in library().current.playbook.gates:
            return saved.reviewed  # else it can be said anew before the ledger hears of it
        return saved.reviewed or not self._is_heard(saved.who, word)

    def _is_heard(self, teller: str, word: str) -> bool:
        """Whether the bot told it to anybody else."""
        others = (one.seat.address.account for one in self.people if one.name != teller)
        chats = (self.chats[int(account)].messages.values() for account in others)
        return any(one.from_bot and word in one.text for chat in chats for one in chat)

    def _times(self, word: str) -> int:
        """How many notes of the kind that told it first have it; later kinds may repeat it."""
        kinds = [note.kind for note in self.notes if word in note.rows]
        return kinds.count(kinds[0]) if kinds else 0


@dataclass(frozen=True, slots=True)
class Note:
    """One entry's note in the ledger."""

    key: str
    rows: str

    @property
    def kind(self) -> str:
        return self.key.split("-")[1]


NOTES = "SELECT key, rows FROM note ORDER BY rowid"


def _texts(ledger: Path) -> Iterator[str]:
    """All that stands in the ledger."""
    for (statement,) in Tables(ledger).rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in Tables(ledger).rows(f"SELECT * FROM {statement}"):
            yield from map(str, row)
