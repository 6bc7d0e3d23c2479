"""A transaction that does not end well leaves nothing, however it ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.store.tables import inbox
from tests.contracts.store.rows import came
from tests.contracts.store.stores import Stores

REPOSITORY = Path(__file__).parents[3]
DIES = """
import sys
from adapters.store import open_store
from tests.contracts.store.rows import came
store = open_store(sys.argv[1], shared=True)
with store.transaction() as books:
    books.accept([came("never")])
    print("in the middle", flush=True)
    sys.stdin.read()
"""


class Trouble:
    def test_an_error_in_a_transaction_undoes_all_of_it(self, stores: Stores) -> None:
        def fail() -> None:
            with stores.books() as books:
                books.accept([came("a")])
                books.accept([came("b")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert stores.table(inbox) == []
        with stores.books() as books:
            assert books.accept([came("a")]) == [True]

    def test_a_program_killed_in_a_transaction_leaves_nothing_behind(self, stores: Stores) -> None:
        command = [sys.executable, "-c", DIES, stores.url]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as program:
            assert program.stdout
            assert program.stdout.readline() == b"in the middle\n"
            program.kill()
        with stores.books() as books:
            assert books.accept([came("never")]) == [True]

    def test_a_second_transaction_at_once_is_a_fault_of_the_program(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("a")])
            with pytest.raises(RuntimeError, match="one transaction at a time"), stores.books():
                pass
        assert [row["source_key"] for row in stores.table(inbox)] == ["a"]

    def test_preparing_again_changes_nothing(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("a")])
        stores.main.prepare()
        assert [row["source_key"] for row in stores.table(inbox)] == ["a"]

    def test_what_is_kept_is_there_for_the_next_program(self, stores: Stores) -> None:
        with stores.books() as books:
            books.accept([came("a")])
        stores.close()
        after = Stores(stores.url)
        try:
            with after.books() as books:
                assert books.accept([came("a")]) == [False]
        finally:
            after.close()
