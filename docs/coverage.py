"""The rows of the sales process as a page: each with the conversations and records that show it.

Reads `process_rows.toml` and which files there are; plays nothing.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.pages import table

ROWS = Path(__file__).parent / "process_rows.toml"
PICTURES = Path(__file__).parent / "pictures"
STORIES = Path(__file__).parents[1] / "tests" / "transcripts"
IN_ODOO = STORIES / "test_in_odoo.py"
LEFT = "not shown yet"


@dataclass(frozen=True, slots=True)
class Row:
    """Something that the process asks for."""

    id: str
    row: str
    stories: tuple[str, ...] = ()
    """Golden transcripts, by the names of their files."""
    odoo: tuple[str, ...] = ()
    """Those of them that are played into a real Odoo and read back there."""
    picture: str = ""
    """Name of the picture of the record in Odoo."""

    @property
    def whole(self) -> bool:
        return bool(self.stories and self.odoo and self.picture)


def rows() -> tuple[Row, ...]:
    """All rows, in the order of the process."""
    told = tomllib.loads(ROWS.read_text(encoding="utf-8"))
    return tuple(Row(name, **{k: _plain(v) for k, v in row.items()}) for name, row in told.items())


def _plain(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)


def played_into_odoo() -> frozenset[str]:
    """The stories that the tests play into a real Odoo."""
    source = ast.parse(IN_ODOO.read_text(encoding="utf-8"))
    (told,) = [
        node.value
        for node in source.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "STORIES"
    ]
    return frozenset(ast.literal_eval(told))


def wrong(row: Row) -> Iterator[str]:
    """What the row names that is not there."""
    yield from (f"story {one}" for one in row.stories if not (STORIES / f"{one}.txt").exists())
    yield from (f"in Odoo {one}" for one in sorted(set(row.odoo) - played_into_odoo()))
    if row.picture and not (PICTURES / f"{row.picture}.png").exists():
        yield f"picture {row.picture}"


def coverage_page() -> str:
    """The page `docs/process-coverage.md`."""
    told = rows()
    whole = sum(row.whole for row in told)
    heads = ("the process asks for", "conversations", "into a real Odoo", "the record in Odoo")
    return (
        "# The process and what shows it\n\n"
        f"{whole} of {len(told)} rows are shown by a conversation on every channel, by its result "
        "in a real Odoo (19, over both protocols), and by a picture of it there.\n\n"
        f"{table(heads, map(_cells, told))}\n"
    )


def _cells(row: Row) -> tuple[str, str, str, str]:
    stories = "; ".join(f"[{one}](../tests/transcripts/{one}.txt)" for one in row.stories)
    picture = f"[{row.picture}](pictures/{row.picture}.png)" if row.picture else ""
    return (row.row, stories or LEFT, "; ".join(row.odoo) or LEFT, picture or LEFT)
