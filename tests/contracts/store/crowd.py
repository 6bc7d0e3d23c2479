"""Several programs on one database: locks, one winner, nobody's work lost or done twice."""

from threading import Barrier, Event

from adapters.store.store import SqlStore
from dialogs.rows import Done, StoredCase, StoredVote, Verdict
from tests.contracts.store.rows import LEASE, NOW, came, keys, question, say, turn
from tests.contracts.store.stores import Stores

ROUNDS = 50
NEEDED = 3
PROGRAMS = 8
PATIENCE = 30  # seconds for the others to come; only a failure needs them


class Crowd:
    def test_of_simultaneous_verdicts_exactly_one_wins(self, stores: Stores) -> None:
        names = [f"q{n}" for n in range(ROUNDS)]
        turn(stores, approvals=tuple(question(name) for name in names))
        together = Barrier(PROGRAMS, timeout=PATIENCE)

        def decide(store: SqlStore, manager: int) -> list[str]:
            return [name for name in names if _wins(store, name, manager, together)]

        won = stores.at_once(PROGRAMS, decide)
        assert sorted(name for mine in won for name in mine) == sorted(names)
        with stores.books() as books:
            known = books.approvals(names)
        for manager, mine in enumerate(won):
            assert {known[name].decided_by for name in mine} <= {f"manager {manager}"}

    def test_of_racing_votes_the_one_that_makes_it_enough_decides_once(
        self, stores: Stores
    ) -> None:
        names = [f"v{n}" for n in range(ROUNDS)]
        turn(stores, approvals=tuple(question(name) for name in names))
        together = Barrier(PROGRAMS, timeout=PATIENCE)

        def vote(store: SqlStore, manager: int) -> list[str]:
            return [name for name in names if _settles(store, name, manager, together)]

        settled = stores.at_once(PROGRAMS, vote)
        assert sorted(name for mine in settled for name in mine) == sorted(names)
        with stores.books() as books:
            known, votes = books.approvals(names), books.votes(names)
        for name in names:
            said = [one.person for one in votes if one.approval == name]
            assert len(said) == NEEDED == len(set(said)), "no vote was lost, none came too late"
            assert known[name].decided_by in said

    def test_a_case_is_locked_while_it_is_being_changed(self, stores: Stores) -> None:
        turn(stores, cases=(StoredCase("c1", "sam", "step", "0"),))

        def count_up(store: SqlStore, number: int) -> None:
            for _ in range(10):
                _count_up(store, f"talk:{number}")

        stores.at_once(PROGRAMS, count_up)
        with stores.books() as books:
            assert books.cases(["c1"]) == {"c1": str(10 * PROGRAMS)}

    def test_a_conversation_is_locked_until_its_turn_is_written(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("first"), came("second")])
        taken = Event()

        def take(store: SqlStore, number: int) -> tuple[str, int]:
            if number:
                taken.wait(PATIENCE)
            with store.transaction() as books:
                (event,) = books.take(["telegram:1"])
                taken.set()
                books.write([Done(event.seq, "telegram:1", "{}", event.version)], NOW, LEASE)
            return event.event_id, event.version

        assert stores.at_once(2, take) == [("event-first", 0), ("event-second", 1)]

    def test_two_programs_that_meet_in_a_new_conversation_take_turns(self, stores: Stores) -> None:
        names = [f"talk:{n}" for n in range(20)]
        with stores.books() as books:
            books.accept([came(talk=name) for name in names for _ in range(4)])
        together = Barrier(4, timeout=PATIENCE)

        def take(store: SqlStore, _: int) -> list[int]:
            return [_one_turn(store, name, together) for name in names]

        versions = stores.at_once(4, take)
        for of_one_talk in zip(*versions, strict=True):
            assert sorted(of_one_talk) == [0, 1, 2, 3]

    def test_an_intent_is_claimed_by_one_program(self, stores: Stores) -> None:
        wanted = [say(f"k{n}-{i}", f"chat:{n}") for n in range(30) for i in range(2)]
        turn(stores, *wanted)

        def claim_all(store: SqlStore, _: int) -> list[str]:
            mine: list[str] = []
            while True:
                with store.transaction() as books:
                    some = books.claim(LEASE, LEASE + 1, 3)
                if not some:
                    return mine
                mine += keys(some)

        claimed = [key for mine in stores.at_once(6, claim_all) for key in mine]
        assert sorted(claimed) == sorted(f"k{n}-0" for n in range(30))

    def test_an_event_that_reaches_two_programs_is_accepted_by_one(self, stores: Stores) -> None:
        together = Barrier(4, timeout=PATIENCE)

        def accept(store: SqlStore, _: int) -> list[bool]:
            accepted = []
            for n in range(30):
                together.wait()
                with store.transaction() as books:
                    accepted += books.accept([came(f"key {n}")])
            return accepted

        for answers in zip(*stores.at_once(4, accept), strict=True):
            assert sum(answers) == 1


def _wins(store: SqlStore, name: str, manager: int, together: Barrier) -> bool:
    talk = f"talk:{manager}"
    together.wait()
    with store.transaction() as books:
        books.accept([came(talk=talk)])
        (taken,) = books.take([talk])
        still_open = books.approvals([name])[name].status == "open"
        verdicts = (Verdict(name, "approved", f"manager {manager}"),) if still_open else ()
        done = Done(taken.seq, talk, "{}", taken.version, verdicts=verdicts)
        books.write([done], NOW, LEASE)
    return still_open


def _settles(store: SqlStore, name: str, manager: int, together: Barrier) -> bool:
    """Vote while it is open; whose vote makes it enough decides."""
    talk, me = f"talk:{manager}", f"manager {manager}"
    together.wait()
    with store.transaction() as books:
        books.accept([came(talk=talk)])
        (taken,) = books.take([talk])
        still_open = books.approvals([name])[name].status == "open"
        enough = still_open and len(books.votes([name])) + 1 == NEEDED
        votes = (StoredVote(name, me, "approved", NOW),) if still_open else ()
        verdicts = (Verdict(name, "approved", me),) if enough else ()
        done = Done(taken.seq, talk, "{}", taken.version, votes=votes, verdicts=verdicts)
        books.write([done], NOW, LEASE)
    return enough


def _count_up(store: SqlStore, talk: str) -> None:
    with store.transaction() as books:
        books.accept([came(talk=talk)])
        (taken,) = books.take([talk])
        number = int(books.cases(["c1"])["c1"]) + 1
        case = StoredCase("c1", "sam", "step", str(number))
        books.write([Done(taken.seq, talk, "{}", taken.version, cases=(case,))], NOW, LEASE)


def _one_turn(store: SqlStore, talk: str, together: Barrier) -> int:
    together.wait()
    with store.transaction() as books:
        (taken,) = books.take([talk])
        books.write([Done(taken.seq, talk, "{}", taken.version)], NOW, LEASE)
    return taken.version
