"""The fault matrix as a page: each fault with what dealdesk then does, and the tests that show it.

A test shows a row by its name: `test_a3_…`, or `test_c3_c4_…` for several. Reads `faults.toml` and
the source of the tests; runs none.
"""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docs.pages import table

TESTS = Path(__file__).parents[1] / "tests"
FAULTS = Path(__file__).parent / "faults.toml"
ROWS = re.compile(r"test_((?:[a-i]\d{1,2}_)+)")
ENOUGH = 110
"""Rows that have a test at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fault."""

    id: str
    fault: str
    expected: str
    tests: tuple[str, ...]
    """`path::name`, sorted."""
    left: str
    """Why it has no test; empty where it has one."""


def matrix() -> Mapping[str, tuple[Row, ...]]:
    """All rows by the title of their section."""
    told = tomllib.loads(FAULTS.read_text(encoding="utf-8"))
    left, shown = told.pop("left"), shown_by()
    return {
        section["title"]: tuple(_rows(letter, section, left, shown))
        for letter, section in told.items()
    }


def _rows(
    letter: str,
    section: Mapping[str, list[str]],
    left: Mapping[str, str],
    shown: Mapping[str, list[str]],
) -> Iterator[Row]:
    for number, row in section.items():
        if number != "title":
            name = f"{letter}{number}"
            tests = tuple(sorted(shown.get(name, ())))
            yield Row(name, row[0], row[1], tests, left.get(name, ""))


def shown_by() -> Mapping[str, list[str]]:
    """Tests by the row they are named after."""
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("*.py")):  # a contract's tests stand in no test module
        for name in _tests(path):
            named = ROWS.match(name)
            for row in named[1].rstrip("_").split("_") if named else ():
                shown[row.upper()].append(f"{path.relative_to(TESTS.parent)}::{name}")
    return shown


def _tests(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def fault_page() -> str:
    """The page `docs/fault-matrix.md`."""
    sections = matrix()
    rows = [row for section in sections.values() for row in section]
    shown = sum(bool(row.tests) for row in rows)
    head = (
        f"# Faults\n\n{shown} of {len(rows)} faults have a test named after their row "
        "(`pytest -k test_a3_` runs the tests of row A3).\n"
    )
    return "\n".join([head, *(_section(title, rows) for title, rows in sections.items())])


def _section(title: str, rows: tuple[Row, ...]) -> str:
    heads = ("row", "fault", "what dealdesk does", "shown by")
    cells = [(row.id, row.fault, row.expected, _shown(row)) for row in rows]
    return f"## {title}\n\n{table(heads, cells)}\n"


def _shown(row: Row) -> str:
    if not row.tests:
        return f"no test: {row.left}"
    names = (test.partition("::") for test in row.tests)
    return "; ".join(f"`{name}` in `{path}`" for path, _, name in names)
