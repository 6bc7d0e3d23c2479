"""The rows of the sales process as a page: each with the conversations and records that show it.

Reads `process_rows.toml`, the source of the tests and which files there are; plays nothing.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.pages import table
from docs.proofs import lacking

ROWS = Path(__file__).parent / "process_rows.toml"
PICTURES = Path(__file__).parent / "pictures"
STORIES = Path(__file__).parents[1] / "tests" / "transcripts"
IN_ODOO = STORIES / "test_in_odoo.py"
STORY_LISTS = ("STORIES", "ONE_WAY")
"""Its names for the stories that it plays."""
LEFT = "not shown yet"
NONE = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """Something that the process asks for."""

    id: str
    row: str
    stories: tuple[str, ...] = ()
    """Golden transcripts, by the names of their files."""
    odoo: tuple[str, ...] = ()
    """Those of them that are played into a real Odoo and read back there."""
    tests: tuple[str, ...] = ()
    """Other tests that look into a real Odoo: file below tests/, two colons, name."""
    picture: str = ""
    """Name of the picture of the record in Odoo."""
    without: str = ""
    """Why nothing of it stands in the CRM, where that is so."""

    @property
    def whole(self) -> bool:
        recorded = bool((self.odoo or self.tests) and self.picture)
        return bool(self.stories) and recorded != bool(self.without)


def rows() -> tuple[Row, ...]:
    """All rows, in the order of the process."""
    told = tomllib.loads(ROWS.read_text(encoding="utf-8"))
    return tuple(Row(name, **{k: _plain(v) for k, v in row.items()}) for name, row in told.items())


def _plain(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)


def played_into_odoo() -> frozenset[str]:
    """The stories that the tests play into a real Odoo."""
    source = ast.parse(IN_ODOO.read_text(encoding="utf-8"))
    told = [
        ast.literal_eval(node.value)
        for node in source.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in STORY_LISTS
    ]
    return frozenset(name for names in told for name in names)


def wrong(row: Row) -> Iterator[str]:
    """What the row names that is not there."""
    yield from (f"story {one}" for one in row.stories if not (STORIES / f"{one}.txt").exists())
    yield from (f"in Odoo {one}" for one in sorted(set(row.odoo) - played_into_odoo()))
    told = ((one, lacking(one)) for one in row.tests)
    yield from (f"test {one}: {why}" for one, why in told if why)
    if row.picture and not (PICTURES / f"{row.picture}.png").exists():
        yield f"picture {row.picture}"


def coverage_page() -> str:
    """The page `docs/process-coverage.md`."""
    told = rows()
    written = sum(not row.without for row in told)
    heads = ("the process asks for", "conversations", "in a real Odoo", "the record in Odoo")
    return (
        "# The process and what shows it\n\n"
        f"{len(told)} rows, each shown by conversations that are played through the engine, the "
        f"web chat, Telegram and Slack; {written} of them also by what then stands in a real Odoo "
        "19 and by a picture of it there, the others say why nothing is written. A conversation in "
        "the third column is played into Odoo and the record read back; the tests beside it look "
        "into Odoo too, most of them over both ways into it.\n\n"
        f"{table(heads, map(_cells, told))}\n"
    )


def _cells(row: Row) -> tuple[str, str, str, str]:
    stories = "; ".join(f"[{one}](../tests/transcripts/{one}.txt)" for one in row.stories)
    tests = (f"[{_spoken(one)}](../tests/{one.partition('::')[0]})" for one in row.tests)
    picture = f"[{row.picture}](pictures/{row.picture}.png)" if row.picture else row.without
    return (row.row, stories or LEFT, "; ".join((*row.odoo, *tests)) or NONE, picture or LEFT)


def _spoken(test: str) -> str:
    return test.partition("::test_")[2].replace("_", " ")
