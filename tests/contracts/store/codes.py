"""Link codes are kept by their hash alone, used once, and forgotten."""

import pytest

from adapters.store.errors import LostRace
from dialogs.rows import StoredCode
from tests.contracts.store.rows import DAY, NOW, turn
from tests.contracts.store.stores import Stores

CODE = StoredCode("f" * 64, "sam", '{"who": "sam"}', NOW + 600_000)


class Codes:
    def test_a_code_is_found_by_its_hash(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_code(CODE)
        with stores.books() as books:
            assert books.codes([CODE.hash, "nobody"]) == {CODE.hash: CODE}
            assert books.codes([]) == {}

    def test_a_code_is_used_once(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_code(CODE)
        turn(stores, burnt=(CODE.hash,))
        with stores.books() as books:
            assert books.codes([CODE.hash])[CODE.hash].used == NOW
        with pytest.raises(LostRace):
            turn(stores, burnt=(CODE.hash,))

    def test_codes_that_still_count_are_counted(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_code(CODE)
            assert books.codes_since("sam", NOW) == 1
            assert books.codes_since("sam", CODE.expires) == 0
            assert books.codes_since("mia", NOW) == 0

    def test_old_codes_are_let_go(self, stores: Stores) -> None:
        later = StoredCode("e" * 64, "mia", "{}", CODE.expires + DAY + 1)
        with stores.books() as books:
            books.keep_code(CODE)
            books.keep_code(later)
            assert list(books.codes([CODE.hash, later.hash])) == [later.hash]
