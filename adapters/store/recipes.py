"""Statements told once in SQLAlchemy Core and written out as SQL text once for each engine.

Building a statement costs SQLAlchemy more than the database needs to run it, so it happens at
start only. Knows nothing of drivers: an engine brings its dialect and its `Source`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

Values = tuple[Any, ...]
Column = ColumnElement[Any]
Upsert = sqlite.Insert | postgresql.Insert


class Source(Protocol):
    """The rows a caller brings: one after another (parameters) or all at once (a table)."""

    @property
    def c(self) -> Mapping[str, Column]:
        """The columns brought, by name."""
        ...

    def insert(self, table: Table) -> Upsert:
        """Put the columns brought into the columns of that name."""
        ...

    def insert_new(self, table: Table, key: str) -> ClauseElement:
        """Insert what is not known by `key`, which is the first column brought; for `seqs`."""
        ...

    def select(self, *columns: Column) -> Select[Any]:
        """Select once for each row brought."""
        ...

    def hits(self, statement: Update) -> ClauseElement:
        """Let an update tell which of the rows brought it found a row for; for `hits`."""
        ...


class Parameters:
    """A source whose rows come one after another, as parameters of the statement.

    Of these only SQLite inserts; PostgreSQL takes rows to insert all at once.
    """

    def __init__(self, takes: Sequence[Column]) -> None:
        self.c: Mapping[str, Column] = {
            str(column.key): bindparam(_parameter(column), type_=column.type) for column in takes
        }

    def insert(self, table: Table) -> Upsert:
        return sqlite.insert(table).values(dict(self.c)).inline()

    def insert_new(self, table: Table, key: str) -> ClauseElement:
        return self.insert(table).on_conflict_do_nothing(index_elements=[key])

    def select(self, *columns: Column) -> Select[Any]:
        return select(*columns)

    def hits(self, statement: Update) -> ClauseElement:
        return statement


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """What a statement does and what it takes; compared by identity, since it is a key."""

    build: Callable[[Source], ClauseElement]
    takes: tuple[Column, ...]
    batch: bool
    """True for one that is run for many rows, False for one that takes a single row of values."""


@dataclass(frozen=True, slots=True)
class Written:
    """A recipe as SQL text of one engine, with positional parameters."""

    sql: str
    arrange: Callable[[Values], Values] | None
    """Puts values in the order of the text; None where they are in that order already."""


Decorator = Callable[[Callable[[Source], ClauseElement]], Recipe]
_all: list[Recipe] = []


def batch(*takes: Column) -> Decorator:
    """Make a recipe for any number of rows."""
    return lambda build: _registered(Recipe(build, takes, batch=True))


def single(*takes: Column) -> Decorator:
    """Make a recipe for one row of values."""
    return lambda build: _registered(Recipe(build, takes, batch=False))


def all_recipes() -> Sequence[Recipe]:
    return tuple(_all)


def fixed(value: str | int) -> Column:
    """Write a word of ours into the text itself, so that partial indexes fit."""
    return literal_column(repr(value), Text() if isinstance(value, str) else Integer())


def written(recipe: Recipe, source: Source, dialect: Dialect) -> Written:
    """Make the text; the costly part, done once."""
    compiled = recipe.build(source).compile(dialect=dialect)
    order: Sequence[str] = getattr(compiled, "positiontup", None) or ()
    names = [_parameter(column) for column in recipe.takes]
    return Written(str(compiled), _arrangement(order, names, compiled.params))


def _parameter(column: Column) -> str:
    """Name the parameter of a column; SQLAlchemy keeps the bare name for itself."""
    return f"b_{column.key}"


def _registered(recipe: Recipe) -> Recipe:
    _all.append(recipe)
    return recipe


def _arrangement(
    order: Sequence[str], names: Sequence[str], constants: Mapping[str, Any]
) -> Callable[[Values], Values] | None:
    if list(order) == list(names):
        return None
    own = [name for name in dict.fromkeys(order) if name not in names]  # such as OFFSET 0
    tail = tuple(constants[name] for name in own)
    places = [[*names, *own].index(name) for name in order]
    if len(places) == 1:
        return lambda values: ((values + tail)[places[0]],)
    picked = itemgetter(*places)
    return lambda values: picked(values + tail)
