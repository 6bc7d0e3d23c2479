"""What the tables' code asks of a database: one transaction at a time and batches of rows."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import sqlalchemy

from adapters.store.recipes import Recipe, Values
from dialogs.errors import DealdeskError


class Engine(Protocol):
    """A database behind its driver. Driver errors pass through; `explain` turns them into ours."""

    @property
    def name(self) -> str:
        """The database as an operator knows it, without secrets."""
        ...

    @property
    def errors(self) -> type[Exception]:
        """The root of the driver's errors."""
        ...

    def explain(self, error: Exception) -> DealdeskError:
        """Say what a driver error means and what to do."""
        ...

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None:
        """Undo what the transaction did; never raises."""
        ...

    def close(self) -> None: ...

    def tidy(self) -> None:
        """Let nothing that was cleared linger in a log of changes, if that can be done at once."""
        ...

    def scrub(self) -> None:
        """Overwrite all that was ever deleted.

        Raises:
            StoreUnavailable: another program is in the way.
        """
        ...

    def ask(self, recipe: Recipe, *values: object) -> list[Values]:
        """Run a single recipe and return its rows."""
        ...

    def lock(self, recipe: Recipe, rows: Sequence[Values]) -> set[Values]:
        """Hold the rows found until the transaction ends; return which of these are held."""
        ...

    def rows(self, recipe: Recipe, rows: Sequence[Values]) -> list[Values]:
        """Return what is found for all these rows together, in no promised order."""
        ...

    def count(self, recipe: Recipe, rows: Sequence[Values]) -> int:
        """Run for all these rows, in their order, and count the rows changed."""
        ...

    def hits(self, recipe: Recipe, rows: Sequence[Values]) -> list[bool]:
        """Run for all these rows and say of each whether it changed something."""
        ...

    def seqs(self, recipe: Recipe, rows: Sequence[Values]) -> list[int | None]:
        """Insert these rows in their order; the number of each, None for one known before."""
        ...

    def examine(self) -> None:
        """Look whether the database is whole, where that is ours to look after.

        Raises:
            StoreUnavailable: it is damaged.
        """
        ...

    @property
    def sole(self) -> bool:
        """True when no other program can be at work with these tables."""
        ...

    def revision(self) -> str | None:
        """Return the revision of the tables that are there, None for none."""
        ...

    def migrating(self) -> sqlalchemy.Engine:
        """Return a fresh SQLAlchemy engine for the migrations; whoever asks disposes of it."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep others from working with the older tables while they are migrated.

        Raises:
            StoreUnavailable: somebody does already.
        """
        ...
