"""People's own keys: one for each person, and one-time addresses that end."""

from dataclasses import replace

from dialogs.rows import Settlement, StoredKey, Ticket
from tests.contracts.store.rows import LEASE, NOW, SECOND, entry, turn
from tests.contracts.store.stores import Stores

SAM = StoredKey("sam", "sam@example.com", "sealed", "k1", NOW + SECOND)
PAGE = Ticket("hash", "sam", NOW + SECOND)


class Keys:
    def test_a_later_key_takes_the_place_of_the_earlier_one(self, stores: Stores) -> None:
        endless = replace(SAM, sealed="other", given="k2", ends=None)
        eve = replace(SAM, person="eve", login="eve@example.com")
        with stores.books() as books:
            for key in (SAM, eve, endless):
                books.keep_key(key)
            assert books.own_keys() == [eve, endless]

    def test_only_the_key_that_was_denied_is_marked(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_key(replace(SAM, given="k2"))
            assert not books.deny_key("sam", "k1")
            assert books.deny_key("sam", "k2")
            (row,) = books.own_keys()
        assert row.denied

    def test_a_forgotten_key_is_gone(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_key(SAM)
            assert books.forget_key("sam")
            assert not books.forget_key("sam")
            assert books.own_keys() == []

    def test_an_address_is_good_until_it_ends_or_is_spent(self, stores: Stores) -> None:
        with stores.books() as books:
            books.offer(PAGE, NOW)
            assert books.ticket("hash", NOW) == PAGE
            books.try_ticket("hash")
            assert books.ticket("hash", NOW) == replace(PAGE, tries=1)
            assert books.ticket("hash", PAGE.ends) is None
            books.spend("sam")
            assert books.ticket("hash", NOW) is None

    def test_a_new_address_ends_the_persons_others_and_clears_what_has_ended(
        self, stores: Stores
    ) -> None:
        old = Ticket("old", "eve", NOW)
        with stores.books() as books:
            books.offer(old, NOW - SECOND)
            books.offer(PAGE, NOW)
            books.offer(replace(PAGE, id="newer"), NOW)
            assert [books.ticket(name, NOW - 1) for name in ("old", "hash")] == [None, None]
            assert books.ticket("newer", NOW) is not None

    def test_entries_that_wait_can_be_hastened(self, stores: Stores) -> None:
        (claimed,) = turn(stores, entry("e1"))
        late = Settlement(claimed.seq, claimed.attempts, "retry", due=NOW + 60 * SECOND)
        with stores.books() as books:
            books.settle([late], NOW)
            assert books.claim(NOW + SECOND, LEASE, 10) == []
            books.hasten(NOW + SECOND)
            assert [one.key for one in books.claim(NOW + SECOND, LEASE, 10)] == ["e1"]
            books.hasten(NOW + SECOND)
            assert books.claim(NOW + SECOND, LEASE, 10) == []
