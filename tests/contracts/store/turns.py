"""What happens is accepted once, taken in order and answered by a turn that is kept as a whole."""

from dataclasses import replace

import pytest

from adapters.store.errors import LostRace
from adapters.store.tables import audit, conversation
from dialogs.rows import AuditLine, Done, StoredCase, StoredVote, Verdict
from tests.contracts.store.rows import LEASE, NOW, came, question, turn
from tests.contracts.store.stores import Stores


class Turns:
    def test_an_event_is_accepted_once(self, stores: Stores) -> None:
        with stores.books() as books:
            assert books.accept([came("a"), came("b")]) == [True, True]
        with stores.books() as books:
            assert books.accept([came("c"), came("a")]) == [True, False]

    def test_a_source_key_twice_in_one_batch_counts_once(self, stores: Stores) -> None:
        with stores.books() as books:
            assert books.accept([came("a"), came("a"), came("b")]) == [True, False, True]

    def test_accepting_nothing_is_no_error(self, stores: Stores) -> None:
        with stores.books() as books:
            assert books.accept([]) == []
            assert books.take([]) == []
            assert books.write([], NOW, LEASE) == []

    def test_events_of_a_conversation_are_taken_in_the_order_they_came(
        self, stores: Stores
    ) -> None:
        with stores.books() as books:
            books.accept([came("first"), came("second"), came("third")])
        seen = []
        for _ in range(3):
            with stores.books() as books:
                (taken,) = books.take(["telegram:1"])
                books.write([Done(taken.seq, "telegram:1", "{}", taken.version)], NOW, LEASE)
            seen.append(taken.payload)
        assert seen == [came(key).payload for key in ("first", "second", "third")]

    def test_each_conversation_gives_its_oldest_event(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("b1", "b"), came("a1", "a"), came("b2", "b"), came("c1", "c")])
        with stores.books() as books:
            taken = books.take({"a", "b", "quiet"})
        assert [(event.conversation, event.event_id) for event in taken] == [
            ("b", "event-b1"),
            ("a", "event-a1"),
        ]

    def test_a_new_conversation_has_no_state(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("a", at=NOW - 5)])
            (taken,) = books.take(["telegram:1"])
        assert (taken.state, taken.version, taken.tries) == (None, 0, 0)
        assert (taken.at, taken.payload) == (NOW - 5, came("a").payload)

    def test_a_turn_finds_the_state_the_last_one_left(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came(), came()])
            (taken,) = books.take(["telegram:1"])
            books.write([Done(taken.seq, "telegram:1", '{"step": 1}', 0)], NOW, LEASE)
        with stores.books() as books:
            (taken,) = books.take(["telegram:1"])
        assert (taken.state, taken.version) == ('{"step": 1}', 1)

    def test_a_failed_event_comes_again_and_is_counted(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("bad"), came("good")])
            (taken,) = books.take(["telegram:1"])
            books.stumble(taken.seq, "KeyError", dead=False)
        with stores.books() as books:
            (again,) = books.take(["telegram:1"])
        assert (again.seq, again.tries) == (taken.seq, 1)

    def test_a_dead_event_is_passed_over(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("bad"), came("good")])
            (taken,) = books.take(["telegram:1"])
            books.stumble(taken.seq, "KeyError", dead=True)
        with stores.books() as books:
            (after,) = books.take(["telegram:1"])
            assert after.event_id == "event-good"
            assert books.accept([came("bad")]) == [False]

    def test_conversations_with_new_events_are_ready_the_oldest_first(self, stores: Stores) -> None:
        turn(stores, talk="answered")
        with stores.books() as books:
            books.accept([came(talk="b"), came(talk="a"), came(talk="b"), came(talk="c")])
            assert books.ready(10) == ["b", "a", "c"]
            assert books.ready(2) == ["b", "a"]

    def test_a_turn_sends_events_to_other_conversations(self, stores: Stores) -> None:
        turn(stores, arrivals=(came("decision", "slack:owner"),))
        with stores.books() as books:
            (taken,) = books.take(["slack:owner"])
        assert taken.event_id == "event-decision"

    def test_a_case_is_kept_and_changed(self, stores: Stores) -> None:
        turn(stores, cases=(StoredCase("c1", "sam", "appointment", "{}"),))
        turn(stores, cases=(StoredCase("c1", "sofia", "assessment", '{"a": 1}'),))
        with stores.books() as books:
            assert books.cases(["c1", "unknown"]) == {"c1": '{"a": 1}'}
            assert books.case_list("sofia") == [("c1", '{"a": 1}')]
            assert books.case_list("sam") == []

    def test_two_turns_of_one_batch_can_not_change_the_same_case(self, stores: Stores) -> None:
        def both_at_once() -> None:
            with stores.books() as books:
                books.accept([came(talk="a"), came(talk="b")])
                case = (StoredCase("c1", "sam", "step", "{}"),)
                done = [Done(t.seq, t.conversation, "{}", 0, case) for t in books.take(["a", "b"])]
                books.write(done, NOW, LEASE)

        with pytest.raises(LostRace, match="let the second wait"):
            both_at_once()
        with stores.books() as books:
            assert books.cases(["c1"]) == {}

    def test_what_was_done_is_written_down(self, stores: Stores) -> None:
        turn(stores, audit=(AuditLine("mara", "approved", "c1"), AuditLine("sam", "closed", "c1")))
        rows = [(row["at"], row["actor"], row["action"]) for row in stores.table(audit)]
        assert rows == [(NOW, "mara", "approved"), (NOW, "sam", "closed")]

    def test_a_turn_on_an_older_version_is_refused_as_a_whole(self, stores: Stores) -> None:
        def too_late() -> None:
            with stores.books() as books:
                books.accept([came("late")])
                (taken,) = books.take(["telegram:1"])
                books.write([Done(taken.seq, "telegram:1", '{"lost": 1}', 0)], NOW, LEASE)

        turn(stores)
        with pytest.raises(LostRace):
            too_late()
        assert [row["state"] for row in stores.table(conversation)] == ["{}"]
        with stores.books() as books:
            assert books.accept([came("late")]) == [True]

    def test_an_event_is_done_once(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came()])
            (taken,) = books.take(["telegram:1"])
            books.write([Done(taken.seq, "telegram:1", "{}", 0)], NOW, LEASE)
        with pytest.raises(LostRace), stores.books() as books:
            books.write([Done(taken.seq, "telegram:1", "{}", 1)], NOW, LEASE)

    def test_a_question_is_asked_and_decided(self, stores: Stores) -> None:
        turn(stores, approvals=(question("q1"), question("q2")))
        turn(stores, verdicts=(Verdict("q1", "approved", "mara"),))
        with stores.books() as books:
            known = books.approvals(["q1", "q2", "unknown"])
            assert books.open_approvals() == [question("q2")]
        assert known["q2"] == question("q2")
        decided = known["q1"]
        assert (decided.status, decided.decided_by, decided.decided_at) == ("approved", "mara", NOW)

    def test_a_decided_question_can_not_be_decided_again(self, stores: Stores) -> None:
        turn(stores, approvals=(question("q1"),), verdicts=(Verdict("q1", "rejected", "mara"),))
        with pytest.raises(LostRace):
            turn(stores, verdicts=(Verdict("q1", "approved", "max"),))
        with stores.books() as books:
            assert books.approvals(["q1"])["q1"].decided_by == "mara"

    def test_a_vote_is_kept_once_for_each_person_and_question(self, stores: Stores) -> None:
        turn(stores, approvals=(question("q1"), question("q2")))
        votes = (StoredVote("q1", "mara", "approved", NOW), StoredVote("q2", "mara", "approved", 7))
        turn(stores, votes=votes)
        with pytest.raises(LostRace):
            turn(stores, votes=(StoredVote("q1", "mara", "rejected", NOW),))
        later = StoredVote("q1", "ada", "approved", NOW + 1)
        turn(stores, votes=(later,))
        with stores.books() as books:
            assert books.votes(["q1", "unknown"]) == [votes[0], later]
            assert books.votes(["q2"]) == [votes[1]]

    def test_a_decided_question_is_not_opened_by_asking_it_again(self, stores: Stores) -> None:
        turn(stores, approvals=(question("q1"),), verdicts=(Verdict("q1", "rejected", "mara"),))
        turn(stores, approvals=(question("q1"),))
        with stores.books() as books:
            assert books.open_approvals() == []

    def test_asking_an_open_question_again_replaces_its_subject(self, stores: Stores) -> None:
        turn(stores, approvals=(question("q1"),))
        again = replace(question("q1"), subject='{"copies": 2}')
        turn(stores, approvals=(again,))
        with stores.books() as books:
            assert books.open_approvals() == [again]
