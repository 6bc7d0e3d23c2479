"""The stores of one test: all on one database, closed when the test ends."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Table, select

from adapters.store.store import SqlStore, open_store
from dialogs.books import Books

Answer = TypeVar("Answer")


class Stores:
    def __init__(self, url: str) -> None:
        self.url = url
        self._open: list[SqlStore] = []
        self.main = self.another(shared=False)

    def another(self, *, shared: bool = True) -> SqlStore:
        """Open a store as a second program would; on SQLite beside the running one."""
        store = open_store(self.url, shared=shared)
        assert isinstance(store, SqlStore)
        self._open.append(store)
        store.prepare()
        return store

    @contextmanager
    def books(self) -> Iterator[Books]:
        with self.main.transaction() as books:
            yield books

    def at_once(self, number: int, work: Callable[[SqlStore, int], Answer]) -> list[Answer]:
        """Let so many programs, each with a store of its own, do it at the same time."""
        stores = [self.main, *(self.another() for _ in range(number - 1))]
        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(work, stores, range(number)))

    def table(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table as they stand, read past the port."""
        engine = self.main._engine.migrating()
        try:
            with engine.connect() as connection:
                rows = connection.execute(select(table).order_by(*table.primary_key))
                return [dict(row) for row in rows.mappings()]
        finally:
            engine.dispose()

    def close(self) -> None:
        for store in self._open:
            store.close()
