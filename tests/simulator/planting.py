"""How a bug is planted into the real code for a while, and hunted.

Each is what somebody could write by mistake; while it is planted, some oracle has to speak up.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace

from adapters.store.recipes import Parameters, written
from tests.simulator.ground import DIALECT, database
from tests.simulator.running import live
from tests.simulator.templates import templates

LIMIT = 2_000
"""Seeds within which each has to be found."""
BUGS: dict[str, Callable] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """A planted bug, the first seed that shows it, and the oracle that says so."""

    bug: str
    seed: int | None
    oracle: str = ""
    text: str = ""


def hunt(bug, first=0, limit=LIMIT):
    """Run seeds with the bug in the code until an oracle speaks."""
    templates()  # before there is a bug in the code
    with BUGS[bug]():
        for seed in range(first, first + limit):
            violations = live(seed).watch.violations
            if violations:
                return Found(bug, seed, violations[0].oracle, violations[0].text)
    return Found(bug, None)


def planted(make):
    """Register what plants a bug, under its name with spaces."""
    BUGS[make.__name__.replace("_", " ")] = contextmanager(make)
    return make


@contextmanager
def sql(recipe, change):
    """Let a recipe be another text."""
    texts = database().texts
    kept = texts[recipe]
    assert change(kept.sql) != kept.sql
    texts[recipe] = replace(kept, sql=change(kept.sql))
    try:
        yield
    finally:
        texts[recipe] = kept


@contextmanager
def rebuilt(recipe):
    """Write a recipe out anew while something it is built from is patched."""
    texts = database().texts
    kept = texts[recipe]
    texts[recipe] = written(recipe, Parameters(recipe.takes), DIALECT)
    try:
        yield
    finally:
        texts[recipe] = kept
