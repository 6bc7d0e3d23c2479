"""The edits that docs/playbook.md shows, made to a playbook that ships: each is a diff of lines."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "playbook.md"
_CHAPTER = re.compile(r"^## Change it\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_EDIT = re.compile(r"^### (.+?)\n(.*?)(?=^###? |\Z)", re.MULTILINE | re.DOTALL)
_DIFF = re.compile(r"^```diff\n(.*?)^```", re.MULTILINE | re.DOTALL)


def edits() -> dict[str, list[str]]:
    """The diffs by the heading above them."""
    chapter = _CHAPTER.search(PAGE.read_text(encoding="utf-8"))
    assert chapter is not None
    return {name: _DIFF.findall(text) for name, text in _EDIT.findall(chapter[1])}


def shipped(name: str) -> str:
    return files("dialogs.playbook").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def changed(name: str, *headings: str) -> str:
    """The playbook that ships under that name after these edits."""
    source = shipped(name)
    for heading in headings:
        for diff in edits()[heading]:
            before, after = "".join(_lines(diff, " -")), "".join(_lines(diff, " +"))
            assert source.count(before) == 1, (heading, before)
            source = source.replace(before, after)
    return source


def _lines(diff: str, signs: str) -> Iterator[str]:
    return (f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in signs or not line)
