"""What is done outside: in the order of its key, by one at a time, written down by who has it."""

import pytest

from adapters.store.tables import intent
from dialogs.rows import Claimed, Done, Settlement
from tests.contracts.store.rows import (
    LEASE,
    NOW,
    SECOND,
    TALK,
    alarm,
    came,
    claim,
    entry,
    keys,
    say,
    settle,
    turn,
)
from tests.contracts.store.stores import Stores

PLACE = ("telegram", "1", "live")


class Outbox:
    def test_new_intents_are_claimed_at_once(self, stores: Stores) -> None:
        (claimed,) = turn(stores, say("k1", expires=NOW + SECOND))
        assert claimed == Claimed(
            claimed.seq,
            "k1",
            "chat",
            "chat:1",
            TALK,
            '{"text": "k1"}',
            attempts=1,
            fresh=True,
            created=NOW,
            expires=NOW + SECOND,
        )
        assert claim(stores) == []

    def test_intents_of_one_turn_are_claimed_together_and_in_order(self, stores: Stores) -> None:
        wanted = [say("k1"), entry("e1"), say("k2"), say("k3"), entry("e2")]
        claimed = turn(stores, *wanted)
        assert keys(claimed) == ["k1", "e1", "k2", "k3", "e2"]
        assert [one.seq for one in claimed] == sorted(one.seq for one in claimed)

    def test_a_later_turn_waits_until_the_earlier_is_done(self, stores: Stores) -> None:
        (first,) = turn(stores, say("k1"))
        assert keys(turn(stores, say("k2"), say("other", "chat:2"))) == ["other"]
        assert claim(stores) == []
        settle(stores, first, "done")
        (second,) = claim(stores)
        assert (second.key, second.attempts, second.fresh) == ("k2", 1, False)

    def test_of_two_turns_in_a_batch_the_first_goes_first(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came(talk="a"), came(talk="b")])
            first, second = books.take(["a", "b"])
            told = [(first, (say("a1"), say("a2"))), (second, (say("b1"), say("b2", "chat:2")))]
            done = [Done(t.seq, t.conversation, "{}", 0, intents=i) for t, i in told]
            assert keys(books.write(done, NOW, LEASE)) == ["a1", "a2", "b2"]

    def test_an_intent_whose_key_is_known_is_not_done_again(self, stores: Stores) -> None:
        (first,) = turn(stores, say("k1"))
        settle(stores, first, "done")
        assert keys(turn(stores, say("k1"), say("k2"), say("k2"))) == ["k2"]
        assert [row["key"] for row in stores.table(intent)] == ["k1", "k2"]

    def test_only_the_oldest_of_an_order_key_is_claimed(self, stores: Stores) -> None:
        turn(stores, say("a1", "a"), say("a2", "a"), say("b1", "b"), say("b2", "b"))
        assert keys(claim(stores, LEASE)) == ["a1", "b1"]

    def test_the_longest_due_are_claimed_first_and_no_more_than_asked_for(
        self, stores: Stores
    ) -> None:
        for one in turn(stores, say("a", "a"), say("b", "b"), say("c", "c")):
            due = NOW + (SECOND if one.key == "a" else 0)
            settle(stores, one, "retry", due=due)
        assert keys(claim(stores, NOW + SECOND, limit=2)) == ["b", "c"]
        assert keys(claim(stores, NOW + SECOND)) == ["a"]

    def test_a_failed_attempt_is_due_again_later(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, "retry", due=NOW + 10 * SECOND, error="Odoo is away")
        assert claim(stores, NOW + 9 * SECOND) == []
        with stores.books() as books:
            (line,) = books.deliveries(["pending"], 5)
        assert (line.due, line.error, line.attempts) == (NOW + 10 * SECOND, "Odoo is away", 1)
        (again,) = claim(stores, NOW + 10 * SECOND)
        assert (again.key, again.attempts) == ("e1", 2)

    def test_what_was_not_tried_is_due_at_once_and_not_counted(self, stores: Stores) -> None:
        first, second = turn(stores, say("k1"), say("k2"))
        settle(stores, first, "retry", due=NOW + SECOND, error="away")
        settle(stores, second, "release")
        assert claim(stores) == []  # k1 is older
        (again,) = claim(stores, NOW + SECOND)
        settle(stores, again, "done")
        (released,) = claim(stores)
        assert (released.key, released.attempts) == ("k2", 1)

    def test_a_release_keeps_the_error_of_the_attempt_before(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, "retry", due=NOW, error="Odoo is away")
        settle(stores, claim(stores)[0], "release")
        with stores.books() as books:
            (line,) = books.deliveries(["pending"], 5)
        assert (line.error, line.attempts) == ("Odoo is away", 1)

    def test_a_dead_message_lets_the_next_pass(self, stores: Stores) -> None:
        (first,) = turn(stores, say("k1"))
        settle(stores, first, "dead", error="blocked by the user")
        assert keys(turn(stores, say("k2"))) == ["k2"]

    def test_a_dead_entry_holds_the_later_ones_of_its_case(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, "dead", error="no such stage")
        assert turn(stores, entry("e2")) == []
        assert claim(stores, NOW + SECOND) == []
        with stores.books() as books:
            assert books.next_due() is None

    def test_a_revived_entry_is_done_before_the_later_ones(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1", expires=NOW))
        settle(stores, first, "dead", error="no such stage")
        turn(stores, entry("e2"))
        with stores.books() as books:
            assert books.revive(first.seq, NOW + SECOND)
            assert not books.revive(first.seq, NOW + SECOND)
        (again,) = claim(stores, NOW + SECOND)
        assert (again.key, again.attempts, again.expires) == ("e1", 2, None)
        settle(stores, again, "done")
        assert keys(claim(stores)) == ["e2"]

    def test_a_revived_entry_that_dies_again_blocks_again(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, "dead")
        with stores.books() as books:
            books.revive(first.seq, NOW)
        settle(stores, claim(stores)[0], "dead")
        assert turn(stores, entry("e2")) == []

    def test_a_dropped_entry_lets_the_later_ones_go_on(self, stores: Stores) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, "dead")
        turn(stores, entry("e2"))
        with stores.books() as books:
            assert books.drop(first.seq, NOW)
            assert not books.drop(first.seq, NOW)
            assert not books.revive(first.seq, NOW)
            assert [line.key for line in books.deliveries(["dropped"], 5)] == ["e1"]
        assert keys(claim(stores)) == ["e2"]

    def test_only_dead_entries_of_the_crm_are_the_operators(self, stores: Stores) -> None:
        pending, dead = turn(stores, entry("e1"), say("k1"))
        settle(stores, dead, "dead")
        with stores.books() as books:
            for seq in (pending.seq, dead.seq, 4711):
                assert not books.revive(seq, NOW)
                assert not books.drop(seq, NOW)

    def test_a_lease_holds_until_it_ends(self, stores: Stores) -> None:
        turn(stores, say("k1"))
        assert claim(stores, LEASE - 1) == []
        (again,) = claim(stores, LEASE)
        assert (again.key, again.attempts, again.fresh) == ("k1", 2, False)

    def test_a_program_begun_anew_takes_back_what_it_had_claimed(self, stores: Stores) -> None:
        turn(stores, say("k1"), entry("e1"))
        with stores.books() as books:
            assert books.take_back(NOW + 1) == 2
            assert books.take_back(NOW + 1) == 0
        assert sorted(keys(claim(stores, NOW + 1))) == ["e1", "k1"]

    def test_who_lost_the_lease_can_settle_nothing(self, stores: Stores) -> None:
        (stale,) = turn(stores, say("k1"))
        (holder,) = claim(stores, LEASE)
        late = {"place": PLACE, "result": "late", "arrivals": (came("late"),)}
        settle(stores, stale, "done", **late)
        settle(stores, holder, "done", place=PLACE, result="right", arrivals=(came("right"),))
        with stores.books() as books:
            assert books.places([PLACE]) == {PLACE: "right"}
            assert books.accept([came("late"), came("right")]) == [True, False]

    def test_of_a_stale_and_a_valid_settlement_in_one_batch_the_valid_counts(
        self, stores: Stores
    ) -> None:
        (stale,) = turn(stores, say("k1"))
        (holder,) = claim(stores, LEASE)
        with stores.books() as books:
            books.settle(
                [
                    Settlement(stale.seq, stale.attempts, "dead", arrivals=(came("stale"),)),
                    Settlement(holder.seq, holder.attempts, "done", arrivals=(came("valid"),)),
                ],
                NOW,
            )
            assert books.accept([came("stale"), came("valid")]) == [True, False]

    @pytest.mark.parametrize("outcome", ["done", "dead"])
    def test_what_is_settled_stays_so(self, stores: Stores, outcome: str) -> None:
        (first,) = turn(stores, entry("e1"))
        settle(stores, first, outcome, error="first")
        settle(stores, first, "retry", due=NOW, error="second")
        with stores.books() as books:
            (line,) = books.deliveries([outcome], 5)
        assert line.error == "first"

    def test_what_nobody_holds_can_not_be_settled(self, stores: Stores) -> None:
        (first,) = turn(stores, say("k1"))
        settle(stores, first, "release")
        settle(stores, first, "done", arrivals=(came("ghost"),))
        assert keys(claim(stores)) == ["k1"]
        with stores.books() as books:
            assert books.accept([came("ghost")]) == [True]

    def test_an_expired_intent_is_still_claimed_so_that_it_can_be_told(
        self, stores: Stores
    ) -> None:
        (first,) = turn(stores, say("k1", expires=NOW + SECOND))
        settle(stores, first, "retry", due=NOW + 2 * SECOND)
        (again,) = claim(stores, NOW + 2 * SECOND)
        assert again.expires == NOW + SECOND

    def test_a_shown_message_is_emptied_and_an_entry_kept(self, stores: Stores) -> None:
        for one in turn(stores, say("k1"), entry("e1")):
            settle(stores, one, "done", result="7")
        bodies = {row["key"]: row["body"] for row in stores.table(intent)}
        assert bodies == {"k1": "", "e1": '{"entry": "e1"}'}

    def test_a_place_follows_its_message(self, stores: Stores) -> None:
        first, second = turn(stores, say("k1"), say("k2"))
        settle(stores, first, "done", result="100", place=PLACE)
        settle(stores, second, "done", result="101", place=PLACE)
        with stores.books() as books:
            assert books.places([PLACE, ("telegram", "1", "other")]) == {PLACE: "101"}

    def test_settling_many_at_once_keeps_each_outcome(self, stores: Stores) -> None:
        chat, crm, search = turn(stores, say("k1"), entry("e1"), say("s1", "search:1"))
        with stores.books() as books:
            books.settle(
                [
                    Settlement(chat.seq, 1, "done", result="5", place=PLACE),
                    Settlement(crm.seq, 1, "retry", due=NOW + SECOND, error="away"),
                    Settlement(search.seq, 1, "done", result="6", place=PLACE),
                ],
                NOW,
            )
            assert books.places([PLACE]) == {PLACE: "6"}
        status = {row["key"]: row["status"] for row in stores.table(intent)}
        assert status == {"k1": "done", "e1": "pending", "s1": "done"}

    def test_entries_are_listed_by_status_the_newest_first(self, stores: Stores) -> None:
        e1, e2, _ = turn(stores, entry("e1", "a"), entry("e2", "b"), say("k1"))
        turn(stores, entry("e3", "c"))
        settle(stores, e1, "done")
        settle(stores, e2, "dead", error="no")
        with stores.books() as books:
            listed = books.deliveries({"done", "dead", "pending"}, 10)
            assert [line.key for line in listed] == ["e3", "e2", "e1"]
            assert [line.key for line in books.deliveries(["done", "dead"], 1)] == ["e2"]
        assert (listed[1].body, listed[1].conversation) == ('{"entry": "e2"}', TALK)

    def test_the_next_due_is_the_earliest_timer_or_intent(self, stores: Stores) -> None:
        with stores.books() as books:
            assert books.next_due() is None
        turn(stores, timers=(alarm("t1", NOW + 90 * SECOND),))
        with stores.books() as books:
            assert books.next_due() == NOW + 90 * SECOND
        (first,) = turn(stores, say("k1"))
        turn(stores, say("k2"))  # due now, but blocked
        with stores.books() as books:
            assert books.next_due() == LEASE
        settle(stores, first, "done")
        with stores.books() as books:
            assert books.next_due() == NOW
