"""Timers ring once, become events, and can be called off."""

from adapters.store.store import SqlStore
from dialogs.rows import Done
from tests.contracts.store.rows import LEASE, NOW, SECOND, alarm, came, turn
from tests.contracts.store.stores import Stores


class Timers:
    def test_a_due_timer_becomes_an_event_once(self, stores: Stores) -> None:
        turn(stores, timers=(alarm("t1"), alarm("later", NOW + SECOND)))
        with stores.books() as books:
            assert books.fire(NOW, 10) == ["telegram:1"]
            assert books.fire(NOW, 10) == []
        with stores.books() as books:
            (taken,) = books.take(["telegram:1"])
        assert (taken.payload, taken.at) == ('{"fired": "t1"}', NOW)

    def test_the_event_of_a_timer_has_a_lasting_id_of_letters_and_digits(
        self, stores: Stores
    ) -> None:
        turn(stores, timers=(alarm("after:7:2026-05-01"), alarm("after:8:2026-05-01")))
        with stores.books() as books:
            books.fire(NOW, 10)
            (first,) = books.take(["telegram:1"])
            books.write([Done(first.seq, "telegram:1", "{}", first.version)], NOW, LEASE)
            (second,) = books.take(["telegram:1"])
        assert first.event_id.isalnum()
        assert first.event_id != second.event_id

    def test_timers_ring_in_the_order_they_are_due(self, stores: Stores) -> None:
        late = [alarm("b", NOW - 1, "b"), alarm("a", NOW - 2, "a"), alarm("c", NOW - 3, "c")]
        turn(stores, timers=tuple(late))
        with stores.books() as books:
            assert books.fire(NOW, 2) == ["c", "a"]
            assert books.fire(NOW, 2) == ["b"]

    def test_a_timer_that_is_known_is_not_armed_again(self, stores: Stores) -> None:
        turn(stores, timers=(alarm("t1"),))
        turn(stores, timers=(alarm("t1", NOW - SECOND),))
        with stores.books() as books:
            books.fire(NOW, 10)
        turn(stores, timers=(alarm("t1"),))
        with stores.books() as books:
            assert books.fire(NOW + SECOND, 10) == []

    def test_a_cancelled_timer_does_not_ring(self, stores: Stores) -> None:
        turn(stores, timers=(alarm("t1"), alarm("t2", talk="slack:2")))
        turn(stores, cancelled=("t1", "unknown"))
        with stores.books() as books:
            assert books.fire(NOW, 10) == ["slack:2"]

    def test_a_rung_timer_can_not_be_cancelled_any_more(self, stores: Stores) -> None:
        turn(stores, timers=(alarm("t1"),))
        with stores.books() as books:
            books.fire(NOW, 10)
            (taken,) = books.take(["telegram:1"])
            done = Done(taken.seq, "telegram:1", "{}", taken.version, cancelled=("t1",))
            books.write([done], NOW, LEASE)
            assert books.accept([came("timer:t1")]) == [False]

    def test_many_programs_that_ring_at_once_ring_each_timer_once(self, stores: Stores) -> None:
        turn(stores, timers=tuple(alarm(f"t{n}", talk=f"talk:{n}") for n in range(60)))

        def ring(store: SqlStore, _: int) -> list[str]:
            rung: list[str] = []
            while True:
                with store.transaction() as books:
                    some = books.fire(NOW, 5)
                if not some:
                    return rung
                rung += some

        rung = [talk for some in stores.at_once(6, ring) for talk in some]
        assert sorted(rung) == sorted(f"talk:{n}" for n in range(60))
