"""Chats that go on under another name, and when a channel last worked."""

from dialogs.people import Address, Person
from tests.contracts.store.rows import NOW, SECOND, say, settle, turn
from tests.contracts.store.stores import Stores

OLD, NEW = "-200", "-1000000000200"
MIA = Person("mia", "Mia", "management", addresses=(Address("telegram", "7", OLD),))


class Whereabouts:
    def test_c7_places_and_addresses_go_along_with_a_chat(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_person(MIA)
            books.move_chat("telegram", OLD, NEW)
        with stores.books() as books:
            assert books.moved([("telegram", OLD), ("slack", OLD)]) == {("telegram", OLD): NEW}
            assert books.people()[0].addresses == (Address("telegram", "7", NEW),)

    def test_c7_what_stood_in_the_old_chat_is_known_in_the_new_one(self, stores: Stores) -> None:
        card = ("telegram", OLD, "card:1")
        _stands(stores, card, "-200:5")
        with stores.books() as books:
            books.move_chat("telegram", OLD, NEW)
        with stores.books() as books:
            there = ("telegram", NEW, "card:1")
            assert books.places([card, there]) == {there: "-200:5"}

    def test_c7_a_chat_moves_once_however_often_that_is_said(self, stores: Stores) -> None:
        with stores.books() as books:
            books.move_chat("telegram", OLD, NEW)
        _stands(stores, ("telegram", NEW, "card:1"), "new:1")
        _stands(stores, ("telegram", OLD, "card:1"), "old:1")
        with stores.books() as books:
            books.move_chat("telegram", OLD, NEW)
        with stores.books() as books:
            assert books.places([("telegram", NEW, "card:1")]) == {
                ("telegram", NEW, "card:1"): "new:1"
            }

    def test_b9_the_last_time_it_worked_counts(self, stores: Stores) -> None:
        with stores.books() as books:
            assert books.last_worked("telegram") is None
            books.worked("telegram", NOW)
            books.worked("telegram", NOW + SECOND)
        with stores.books() as books:
            assert books.last_worked("telegram") == NOW + SECOND
            assert books.last_worked("slack") is None


def _stands(stores: Stores, place: tuple[str, str, str], ref: str) -> None:
    (shown,) = turn(stores, say(f"m:{ref}", order=f"chat:{ref}"))
    settle(stores, shown, "done", place=place, result=ref)
