"""Turns that fall into one batch although they are about the same thing."""

from functools import partial

import pytest

from adapters.store import open_store
from bot.core import Core
from bot.dispatcher import LocalWaker
from bot.people import People
from bot.playbooks import open_library
from bot.turns import Turns
from dialogs.desk import Desk
from dialogs.events import Arrival, Pressed, Said
from dialogs.people import Address, Person
from dialogs.rows import Settlement
from dialogs.tokens import card, free
from tests.transcripts.clock import StillClock

SAM, MIA, MAX = (Address("web", name, name) for name in ("sam", "mia", "max"))
RECORD = ("record", "Meyer", "no", "ill", "skip", "skip", "save")
ASSESS = ("assess", "1", "3", "3", "none", "1000", "50", "1", "skip", "save")


class Bench:
    """The core's work on real books, a batch at a time, without its thread."""

    def __init__(self, folder):
        clock, people = StillClock(), People()
        self.store = open_store(f"sqlite:///{folder}/turns.sqlite3")
        self.store.prepare()
        desk = Desk(open_library(None, folder / "playbooks"))
        self.core = Core(self.store, Turns(desk, people, clock, LocalWaker(), None), people, clock)
        self.clock, self.number = clock, 0
        with self.store.transaction() as books:
            books.keep_person(Person("sam", "Sam", "sales", addresses=(SAM,)))
            books.keep_person(Person("mia", "Mia", "management", addresses=(MIA,)))
            books.keep_person(Person("max", "Max", "management", addresses=(MAX,)))
            people.refresh(books)

    def together(self, *doings):
        """What is shown when these things arrive in one batch: (account, show) in order."""
        shown, requests = [], [self._arrival(*doing) for doing in doings]
        while requests:
            with self.store.transaction() as books:
                worked = self.core._work(books, requests)
            sent = worked.after.args[0] if isinstance(worked.after, partial) else []
            shown += [(one.say.address.account, one.say.show) for one in sent if one.say]
            requests = [Settlement(one.claimed.seq, one.claimed.attempts, "done") for one in sent]
        return shown

    def _arrival(self, address, event):
        self.number += 1
        return Arrival(f"t:{self.number}", address, self.clock.now(), event)

    def says(self, *texts):
        return [shown for text in texts for shown in self.together((SAM, Said(text)))]


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def decided(bench):
    """A case that waits for its decision; returns the approval's id."""
    bench.says(*RECORD[:2])
    bench.together((SAM, Pressed("sam.1.new")))
    bench.says(*RECORD[2:], *ASSESS)
    with bench.store.transaction() as books:
        (approval,) = books.open_approvals()
    return approval.id


def test_of_two_managers_in_one_batch_one_decides_and_the_other_is_told_by_whom(bench):
    approval = decided(bench)
    shown = bench.together(
        (MIA, Pressed(card(approval, "approved"))), (MAX, Pressed(card(approval, "approved")))
    )
    told = {account: show.text for account, show in shown if show.type == "notice"}
    assert "Management approved" in told["sam"]
    assert len([text for text in told.values() if text.startswith("Already approved by")]) == 1
    with bench.store.transaction() as books:
        assert books.open_approvals() == []
        assert books.approvals([approval])[approval].status == "approved"


def test_a_batch_of_many_messages_of_one_person_is_worked_off_in_order(bench):
    bench.says("record")
    texts = ("Meyer", "back", "summary", "cancel", "status")
    shown = bench.together(*((SAM, Said(text)) for text in texts))
    assert len(shown) >= len(texts) - 1
    with bench.store.transaction() as books:
        assert books.counts()["inbox.new"] == 0


def test_an_old_button_can_not_assess_a_case_that_waits_for_its_decision(bench):
    approval = decided(bench)
    with bench.store.transaction() as books:
        case = books.approvals([approval])[approval].case
    ((account, shown),) = bench.together((SAM, Pressed(free("sam", "start", "assess", case))))
    assert account == "sam"
    assert shown.text.startswith("That is done already")
    with bench.store.transaction() as books:
        assert len(books.open_approvals()) == 1


def test_a_manager_may_see_a_decision_card_again_and_every_copy_is_closed(bench):
    approval = decided(bench)
    shown = bench.together((MIA, Said("pending")))
    assert [show.type for _, show in shown] == ["notice", "card"]
    closed = bench.together((MIA, Pressed(card(approval, "approved"))))
    cards = {account for account, show in closed if show.type == "card" and show.verdict}
    assert cards == {"mia", "max"}


def test_who_was_erased_beside_the_program_is_not_written_again_from_memory(bench):
    phone = Address("telegram", "7", "7")
    with bench.store.transaction() as books:
        books.keep_person(Person("sam", "Sam", "sales", addresses=(SAM, phone)))
        bench.core._people.refresh(books)
    bench.says("record")
    with bench.store.transaction() as books:
        books.wipe("sam", ["sam"], [("web", "sam"), ("telegram", "7")])
    bench.together((phone, Said("deutsch")))
    with bench.store.transaction() as books:
        assert [one.id for one in books.people()] == ["max", "mia"]


def test_a_role_taken_away_beside_the_program_is_not_written_again_from_memory(bench):
    bench.says("record")
    with bench.store.transaction() as books:
        books.keep_person(Person("sam", "Sam", "group", addresses=(SAM,)))
    bench.says("deutsch")
    with bench.store.transaction() as books:
        (sam,) = (one for one in books.people() if one.id == "sam")
    assert (sam.role, sam.language) == ("group", "de")
