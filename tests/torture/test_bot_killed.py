"""The running program killed a hundred times while twenty people talk to it: nothing is lost,
nothing is doubled, nothing is out of order, and each card is decided once.

Slack and Telegram deliver again what was not acknowledged, by their own rules; the CRM is a real
Odoo. Some deaths come at random moments, the others at named ones (`fail_points`).
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.rig.odoo import OdooServer
from tests.standins.slack import SlackStandin
from tests.standins.telegram import TelegramStandin
from tests.torture import results
from tests.torture.company import RETRIES, Place, person_of
from tests.torture.fail_points import POINTS
from tests.torture.figures import AMOUNTS, SEED
from tests.torture.history import History
from tests.torture.ledgers import Approval, Tables, standing
from tests.torture.lives import Lives
from tests.torture.players import Manager, Player
from tests.torture.seats import SlackSeat, TelegramSeat

pytestmark = pytest.mark.alone

SALES, MANAGERS = 18, 2
IN_CRM = 6
"""So many of sales, and all of management, have a login in Odoo: it is asked about them."""
FIRST_DECISIONS = 1
"""Questions to management before the first kill."""
DRAIN_S = 180.0


@pytest.mark.timeout(AMOUNTS.seconds)
async def test_g1_b4_b7_b8_d17_a_hundred_kills_lose_double_and_reorder_nothing(
    torn_odoo: OdooServer, tmp_path: Path
) -> None:
    history, begun = History(SEED), time.monotonic()
    telegram, slack = TelegramStandin(), SlackStandin(retry_delays=RETRIES)
    telegram.violations.tolerate("late_answer")  # whoever took a press may be dead before it is due
    async with telegram, slack.running():
        place = Place(tmp_path / "data", torn_odoo, slack, telegram)
        company = Company(place, history)
        async with Lives.of(tmp_path, place.environments(), history, random.Random(SEED)) as lives:
            await company.works_while(_torture(company, lives))
            await lives.begins()
            await company.finishes()
            lives.stop()
    Verdict(company, place, history).all_is_well()
    assert lives.ends.kills >= AMOUNTS.kills
    assert all(lives.ends.deaths[point] >= AMOUNTS.hits for point in POINTS), lives.ends.deaths
    results.keep("bot", results.of_bot(company, lives, time.monotonic() - begun))


async def _torture(company: "Company", lives: Lives) -> None:
    """Once there is something of everything to be lost, the deaths begin."""
    ended = await lives.begins()
    await company.are_deciding()
    await lives.dies(ended)
    await lives.torture(AMOUNTS)


class Company:
    """Everybody who talks to the program."""

    def __init__(self, place: Place, history: History) -> None:
        self.place, self.history = place, history
        self.sales_end, self.managers_end = asyncio.Event(), asyncio.Event()
        self.sales = [Player(*self._seated(n), self.sales_end) for n in range(SALES)]
        first = SALES
        self.managers = [
            Manager(*self._seated(first + n), self.managers_end) for n in range(MANAGERS)
        ]
        sales = [person_of(one, "sales") for one in self.sales]
        managers = [person_of(one, "management") for one in self.managers]
        place.introduces(sales[IN_CRM:] + place.hired(sales[:IN_CRM] + managers))

    @property
    def people(self) -> list[Player]:
        return [*self.sales, *self.managers]

    def _seated(self, number: int) -> tuple[str, SlackSeat | TelegramSeat, random.Random, History]:
        name, dice = f"P{chr(97 + number)}", random.Random(f"{SEED}-{number}")
        if number % 2:
            return name, SlackSeat(self.place.slack, f"U{name.upper()}", name), dice, self.history
        return name, TelegramSeat(self.place.telegram, 1001 + number, name), dice, self.history

    async def works_while(self, torture: object) -> None:
        self._sales = [asyncio.create_task(one.play()) for one in self.sales]
        self._managers = [asyncio.create_task(one.play()) for one in self.managers]
        tortured = asyncio.ensure_future(torture)  # type: ignore[arg-type] # a coroutine
        working = [*self._sales, *self._managers]
        await asyncio.wait([tortured, *working], return_when=asyncio.FIRST_COMPLETED)
        for one in working:
            assert not one.done(), one.exception()
        await tortured

    async def are_deciding(self) -> None:
        """Wait until management has something to do."""
        await self._until(lambda: len(self._states()) >= FIRST_DECISIONS, "nobody asks management")

    def _states(self) -> list[str]:
        database = self.place.database
        return [state for _, _, state, _ in Tables(database).approvals()]

    async def finishes(self) -> None:
        """Everybody ends what they are at; then everything drains."""
        self.sales_end.set()
        await self._ends(self._sales)
        await self._until(self._decided, "undecided")
        self.managers_end.set()
        await self._ends(self._managers)
        await self._until(self._drained, "not drained")

    async def _ends(self, tasks: list["asyncio.Task[None]"]) -> None:
        _, left = await asyncio.wait(tasks, timeout=DRAIN_S)
        assert not left, f"somebody can't finish: {self.history.about(last=300)}"

    async def _until(self, probe: object, failure: str) -> None:
        for _ in range(int(DRAIN_S / 0.25)):
            if probe():  # type: ignore[operator] # a method of ours
                return
            await asyncio.sleep(0.25)
        left = Tables(self.place.database).unfinished()
        raise AssertionError(f"{failure}: {left}\n{self.history.about(last=300)}")

    def _decided(self) -> bool:
        return self._drained() and "open" not in self._states()

    def _drained(self) -> bool:
        pending = [one for one in self.place.telegram.updates.pending() if one.kind == "message"]
        left = [one for one in self.place.slack.courier.sent if not one.finished]
        return not (pending or left or any(Tables(self.place.database).unfinished().values()))


class Verdict:
    """Looks at what stands in the end."""

    def __init__(self, company: Company, place: Place, history: History) -> None:
        self.company, self.place, self.history = company, place, history
        self.tables = Tables(place.database)
        self.words = [word for one in company.people for word in one.words]
        self.saved = [saved for one in company.people for saved in one.saved]
        self.odoo = standing(place.odoo)

    def all_is_well(self) -> None:
        self._nothing_was_set_aside()
        self._what_was_acknowledged_is_kept()
        self._each_entry_stands_once_and_in_order()
        self._each_word_stands_once()
        self._each_saved_review_stands_whole()
        self._each_card_was_decided_once()
        self._nobody_broke_a_platforms_rule()

    def _nothing_was_set_aside(self) -> None:
        assert self.tables.lost() == [], self.history.about()

    def _what_was_acknowledged_is_kept(self) -> None:
        kept = " ".join(self.tables.sources())
        events = [one for one in self.place.slack.courier.sent if one.kind == "events_api"]
        typed = [one for one in events if _is_typed(one.payload)]
        for one in typed:
            if one.accepted:
                assert one.payload["event_id"] in kept, self.history.about(one.name)
        assert typed, "nobody typed anything in Slack"

    def _each_entry_stands_once_and_in_order(self) -> None:
        orders = {f"<dealdesk-{key}@dealdesk>": order for key, order in self.tables.entries()}
        assert _grouped(orders, self.odoo.notes) == _grouped(orders, orders), self.history.about()
        places = {(orders[note], lead) for note, lead in self.odoo.notes.items()}
        assert len(places) == len({order for order, _ in places}), "a case in two opportunities"
        assert self.odoo.there == self.odoo.named, "records without a name of ours: doubled"

    def _each_word_stands_once(self) -> None:
        """In notes of the kind that told it first, once for each review it was saved in."""
        shown = Counter(word for saved in self.saved for word in saved.words)
        doubled = [word for word in self.words if self._times(word) > max(1, shown[word])]
        doubled = [word for word in doubled if not self._is_title(word)]
        assert doubled == [], self.history.about(*doubled)
        titles = [title for title in self.words if self.odoo.titles[title] > 1]
        assert titles == [], self.history.about(*titles)

    def _times(self, word: str) -> int:
        kinds = self.odoo.kinds(word)
        return kinds.count(kinds[0]) if kinds else 0

    def _is_title(self, word: str) -> bool:
        return word in self.odoo.titles

    def _each_saved_review_stands_whole(self) -> None:
        for saved in self.saved:
            words = {word for word in saved.words if not self._is_title(word)}
            missing = min(
                ({word for word in words if word not in told} for told in self.odoo.told.values()),
                key=len,
            )
            assert not missing, f"lost: {missing} of {saved}\n{self.history.about(*saved.words)}"

    def _each_card_was_decided_once(self) -> None:
        approvals = self.tables.approvals()
        assert approvals, "nothing was decided"
        assert all(status in {"approved", "rejected"} for _, _, status, _ in approvals)
        verdicts = self.tables.audit(("approved", "rejected"))
        assert set(verdicts.values()) == {1}, verdicts
        assert len(verdicts) == len(approvals)
        self._each_verdict_stands_once(approvals)

    def _each_verdict_stands_once(self, approvals: Sequence[Approval]) -> None:
        """Of a case that was taken up again after a no there are two verdicts, each with a note."""
        for case in {case for _, case, _, _ in approvals}:
            ruled = sorted(status.capitalize() for _, of, status, _ in approvals if of == case)
            notes = self.odoo.of(case, "decide")
            assert len(notes) == len(ruled), self.history.about()
            bodies = [self.odoo.bodies[note] for note in notes]
            for status in set(ruled):
                told = sum(status in body for body in bodies)
                assert told >= ruled.count(status), self.history.about()

    def _nobody_broke_a_platforms_rule(self) -> None:
        broken = [*self.place.slack.violations, *self.place.telegram.violations]
        assert broken == [], "\n".join(map(str, broken))


def _grouped(orders: Mapping[str, str], notes: Iterable[str]) -> dict[str, list[str]]:
    """The notes of each case, in their order."""
    found: dict[str, list[str]] = {}
    for note in notes:
        found.setdefault(orders[note], []).append(note)
    return found


def _is_typed(payload: dict[str, object]) -> bool:
    event = payload.get("event")
    if not isinstance(event, dict) or event.get("type") != "message":
        return False
    return "subtype" not in event and "bot_id" not in event
