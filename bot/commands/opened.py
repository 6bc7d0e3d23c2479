"""The books as a command of the administrator opens them, beside a program that may be running."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from bot.wiring import open_store
from dialogs.books import Books, Store


@contextmanager
def opened_books(settings: Settings) -> Iterator[Books]:
    """One short transaction on the installation's tables, made if missing.

    Raises:
        StoreUnavailable: they are busy, full, read-only or away; nothing was kept.
    """
    with opened_store(settings) as store, store.transaction() as books:
        yield books


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The installation's tables, made if missing.

    Raises:
        StoreUnavailable: they are busy, full, read-only or away.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database_url, shared=True)
    try:
        store.prepare()
        yield store
    finally:
        store.close()
