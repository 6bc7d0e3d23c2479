"""Which tests look into a real Odoo: read from their source, none is run.

A test does when it is one of the contract that every CRM keeps, or asks for a fixture that leads
to the served Odoo.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
CONTRACTS, CONTRACT = TESTS / "contracts" / "crm", TESTS / "contracts" / "test_crm.py"
SERVED = frozenset({"odoo", "own_odoo"})
"""The fixtures that serve one, of tests/rig/fixtures.py."""

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def lacking(name: str) -> str:
    """What is wrong with a name like `bot/test_month.py::test_it`; empty when nothing is."""
    place, _, test = name.partition("::")
    path = TESTS / place
    if not path.exists() or test not in _tests(path):
        return "no such test"
    return "" if _looks(path, test) else "does not look into an Odoo"


def _looks(path: Path, test: str) -> bool:
    if path.parent == CONTRACTS:
        return _tests(path)[test] in _kept()
    return not SERVED.isdisjoint(_leads_to(path, test))


@cache
def _tests(path: Path) -> dict[str, str]:
    """The tests of a file, with the name of their class or nothing."""
    return {
        one.name: owner
        for owner, body in [("", _source(path).body), *_classes(path)]
        for one in body
        if isinstance(one, FUNCTION) and one.name.startswith("test_")
    }


def _classes(path: Path) -> Iterator[tuple[str, list[ast.stmt]]]:
    return ((one.name, one.body) for one in _source(path).body if isinstance(one, ast.ClassDef))


@cache
def _kept() -> frozenset[str]:
    """The parts of the contract that both ways into Odoo are held to."""
    told = {one.name: one for one in _source(CONTRACT).body if isinstance(one, ast.ClassDef)}
    held = all("Contract" in _names(told[one].bases) for one in ("TestOdoorpc", "TestJson2"))
    return frozenset(_names(told["Contract"].bases)) if held else frozenset()


def _leads_to(path: Path, test: str) -> frozenset[str]:
    """Every fixture that the test asks for, or that one of those asks for."""
    made = {one.name: one for place in _seen_from(path) for one in _functions(place)}
    found, left = set[str](), [test]
    while left:
        new = {arg.arg for arg in made[left.pop()].args.args} - found
        found |= new
        left += new & set(made)
    return frozenset(found)


def _seen_from(path: Path) -> Iterator[Path]:
    """Where its fixtures are made, the nearest last."""
    folders = [one for one in path.parents if one.is_relative_to(TESTS)]
    yield from (one / "conftest.py" for one in reversed(folders) if (one / "conftest.py").exists())
    yield path


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (one for one in _source(path).body if isinstance(one, FUNCTION))


def _names(told: list[ast.expr]) -> list[str]:
    return [one.id for one in told if isinstance(one, ast.Name)]


@cache
def _source(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
