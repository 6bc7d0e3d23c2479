"""The Markdown pages of the repository, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tests/rig/README.md"])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
_BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
_CELL = re.compile(r"(?<!\\)\|")


def shell_lines(page: Path) -> Iterator[str]:
    """What a reader is told to type: each line of a shell block, without its comment."""
    for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "sh":
            yield from (line.partition("  #")[0].strip() for line in block.splitlines())


def mermaid(page: Path) -> list[str]:
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [block for language, block in found if language == "mermaid"]


def prose(page: Path) -> str:
    """The page without its blocks."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def first_cells(page: Path) -> list[str]:
    """The first cell of every table row."""
    lines = prose(page).splitlines()
    return [_CELL.split(line)[1].strip() for line in lines if line.startswith("|")]
