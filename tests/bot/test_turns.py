"""Turns that fall into one batch although they are about the same thing."""

from dataclasses import replace
from functools import partial

import pytest

from adapters.store import open_store
from bot import codec
from bot.core import Core
from bot.dispatcher import LocalWaker
from bot.people import People
from bot.playbooks import open_library
from bot.turns import Turns
from dialogs.desk import Desk
from dialogs.events import Arrival, Pressed, Said
from dialogs.people import Address, Person
from dialogs.rows import Done, Settlement, StoredCase
from dialogs.tokens import card, free
from tests.transcripts.clock import StillClock

SAM, MIA, MAX = (Address("web", name, name) for name in ("sam", "mia", "max"))
RECORD = ("record", "Meyer", "no", "ill", "skip", "skip", "save")
ASSESS = ("assess", "1", "3", "3", "none", "1000", "50", "1", "skip", "save")


class Bench:
    """The core's work on real books, a batch at a time, without its thread."""

    def __init__(self, folder):
        clock, people = StillClock(), People()
        self.people = people
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
        return self._worked([self._arrival(*doing) for doing in doings])

    def sweep(self):
        """What is shown when somebody looks for events left over."""
        return self._worked([self.core._swept])

    def _worked(self, requests):
        shown = []
        while requests:
            sent = self.batch(*requests)
            shown += [(one.say.address.account, one.say.show) for one in sent if one.say]
            requests = [done(one) for one in sent]
        return shown

    def batch(self, *requests):
        """What one batch lets go out; it is under way until it is settled."""
        with self.store.transaction() as books:
            worked = self.core._work(books, requests)
        return worked.after.args[0] if isinstance(worked.after, partial) else []

    def _arrival(self, address, event):
        self.number += 1
        return Arrival(f"t:{self.number}", address, self.clock.now(), event)

    def says(self, *texts):
        return [shown for text in texts for shown in self.together((SAM, Said(text)))]


def done(sent, *arrivals):
    return Settlement(sent.claimed.seq, sent.claimed.attempts, "done", arrivals=arrivals)


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


def tap(bench, approval):
    """Press approve on the card as it was shown last."""
    with bench.store.transaction() as books:
        shown = codec.approval.read(books.approvals([approval])[approval].subject)
    return Pressed(card(approval, "approved", shown.mark))


def test_of_two_managers_in_one_batch_one_decides_and_the_other_is_told_by_whom(bench):
    approval = decided(bench)
    shown = bench.together((MIA, tap(bench, approval)), (MAX, tap(bench, approval)))
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
    closed = bench.together((MIA, tap(bench, approval)))
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


def test_two_managers_who_ask_for_the_cards_in_one_batch_both_have_theirs_closed(bench):
    approval = decided(bench)
    phone = {name: Address("telegram", name, name) for name in ("mia", "max")}
    with bench.store.transaction() as books:
        for person in books.people():
            if person.id in phone:
                books.keep_person(replace(person, addresses=(phone[person.id], *person.addresses)))
        bench.people.refresh(books)
    bench.together((phone["mia"], Said("pending")), (phone["max"], Said("pending")))
    closed = bench.together((MIA, tap(bench, approval)))
    cards = [account for account, show in closed if show.type == "card" and show.verdict]
    assert sorted(cards) == ["max", "max", "mia", "mia"]


def test_a_manager_demoted_a_moment_ago_decides_nothing(bench):
    approval = decided(bench)
    with bench.store.transaction() as books:
        books.keep_person(Person("mia", "Mia", "sales", addresses=(MIA,)))
    shown = bench.together((MIA, tap(bench, approval)))
    (told,) = (show for account, show in shown if account == "mia" and show.type == "notice")
    assert told.text.startswith("You are not entitled")
    with bench.store.transaction() as books:
        assert len(books.open_approvals()) == 1


def test_d10_a_verdict_about_a_case_that_changed_shows_every_card_anew_instead(bench):
    approval = decided(bench)
    with bench.store.transaction() as books:
        case = books.approvals([approval])[approval].case
        stored = codec.case.read(books.cases([case])[case])
    changed = replace(stored, title="Meyer and Sons")
    with bench.store.transaction() as books:
        text = codec.case.write(changed)
        row = (StoredCase(case, stored.owner, stored.step, text),)
        bench.store._books._keep_cases([Done(0, "", "", 0, cases=row)], bench.clock.now())
    shown = bench.together((MIA, tap(bench, approval)))
    assert sorted((account, show.type) for account, show in shown) == [
        ("max", "card"),
        ("mia", "card"),
        ("mia", "notice"),
    ]
    with bench.store.transaction() as books:
        assert [one.id for one in books.open_approvals()] == [approval]
    bench.together((MIA, tap(bench, approval)))
    with bench.store.transaction() as books:
        assert books.approvals([approval])[approval].status == "approved"


def test_b18_an_event_that_no_turn_can_take_is_set_aside_after_three_tries_and_told(
    bench, monkeypatch
):
    class Poison(Exception):  # noqa: N818 - it is one
        pass

    real = Desk.decide

    def decide(desk, conversation, event, facts):
        if event == Said("poison"):
            raise Poison
        return real(desk, conversation, event, facts)

    monkeypatch.setattr(Desk, "decide", decide)
    shown = bench.together((SAM, Said("poison")), (SAM, Said("help"))) + bench.sweep()
    assert sorted(show.text[:20] for _, show in shown) == [
        "After a meeting, jus",
        "Nothing came of what",
    ]
    with bench.store.transaction() as books:
        assert books.counts()["inbox.dead"] == 1
        assert books.counts()["inbox.new"] == 0


def test_what_the_sweep_found_waiting_goes_out_with_what_it_waits_for(bench):
    """An answer of the CRM falls into the batch of a sweep while a message is under way."""
    (asked,) = bench.batch(bench._arrival(SAM, Said("help")))
    (other,) = bench.batch(bench._arrival(MIA, Said("help")))
    answer = bench.core._turns.arrived(bench._arrival(SAM, Said("status")))
    assert bench.batch(done(other, answer), bench.core._swept) == []
    (answered,) = bench.batch(done(asked))
    assert "no open cases" in answered.say.show.text
