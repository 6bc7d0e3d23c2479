"""Several programs on the same tables: they count on; one is struck off, its leases are free."""

from contextlib import suppress

from dialogs.rows import Settlement
from tests.contracts.store.rows import LEASE, NOW, claim, entry, keys, settle, turn
from tests.contracts.store.stores import Stores


class _UndoneError(Exception):
    """The transaction is rolled back."""


class Replicas:
    def test_programs_count_on_and_see_one_another(self, stores: Stores) -> None:
        with stores.another().transaction() as others:
            first = others.beat()
        with stores.books() as books:
            books.beat()
            roll = books.beat()
        assert roll.mine > first.mine
        assert roll.beats == {first.mine: 0, roll.mine: 1}

    def test_a_number_that_was_never_kept_is_nobodys(self, stores: Stores) -> None:
        with suppress(_UndoneError), stores.books() as books:
            books.beat()
            raise _UndoneError
        with stores.another().transaction() as others:
            theirs = others.beat().mine
        with stores.books() as books:
            roll = books.beat()
        assert roll.mine != theirs
        assert roll.beats == {theirs: 0, roll.mine: 0}

    def test_what_a_program_leased_is_free_once_it_is_struck_off(self, stores: Stores) -> None:
        with stores.books() as books:
            dead = books.beat().mine
        (leased,) = turn(stores, entry("e1"))
        with stores.another().transaction() as others:
            mine = others.beat().mine
            assert others.strike_off([dead], NOW) == 1
            assert others.strike_off([dead], NOW) == 0
            assert others.beat().beats == {mine: 1}
            (taken,) = others.claim(NOW, LEASE, 10)
        assert (taken.key, taken.attempts) == ("e1", 2)
        settle(stores, leased, "done")  # it woke up again
        with stores.books() as books:
            assert books.next_due() == LEASE
            assert books.beat().mine > mine  # and is somebody new

    def test_g8_a_settlement_between_the_taking_back_and_the_next_claim_counts_for_nothing(
        self, stores: Stores
    ) -> None:
        with stores.books() as books:
            dead = books.beat().mine
        (leased,) = turn(stores, entry("e1"))
        with stores.another().transaction() as others:
            others.strike_off([dead], NOW)
        with stores.books() as books:
            books.settle([Settlement(leased.seq, leased.attempts, "done")], NOW)
        assert keys(claim(stores)) == ["e1"]

    def test_whoever_retires_leaves_nothing_leased(self, stores: Stores) -> None:
        with stores.books() as books:
            books.beat()
        turn(stores, entry("e1"))
        with stores.books() as books:
            assert books.retire(NOW) == 1
        assert keys(claim(stores)) == ["e1"]

    def test_of_its_own_leases_a_program_lets_go_what_it_has_not_in_hand(
        self, stores: Stores
    ) -> None:
        with stores.books() as books:
            books.beat()
        first, _ = turn(stores, entry("e1", "a"), entry("e2", "b"))
        with stores.books() as books:
            assert books.let_go([first.seq], NOW) == 1
            assert books.let_go([first.seq], NOW) == 0
        assert keys(claim(stores)) == ["e2"]

    def test_what_is_said_about_a_dead_event_is_claimed_at_once(self, stores: Stores) -> None:
        with stores.books() as books:
            assert keys(books.apologise(entry("sorry"), NOW, LEASE)) == ["sorry"]
