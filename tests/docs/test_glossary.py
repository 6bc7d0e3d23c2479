"""The glossary's words are the code's names."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.docs.pages import ROOT, first_cells

WORDS = [cell for cell in first_cells(ROOT / "docs/glossary.md") if cell not in {"word", "---"}]
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def names() -> Iterator[str]:
    """Every name that the code gives to something: files, classes, functions, fields, arguments."""
    for folder in ("bot", "dialogs", "adapters"):
        for path in (ROOT / folder).rglob("*.py"):
            yield path.stem
            yield from (_name(node) for node in ast.walk(ast.parse(path.read_text())))


def _name(node: ast.AST) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.AsyncFunctionDef(name=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
            return name
        case ast.Name(id=name):
            return name
        case _:
            return ""


USED = {part.lower() for name in set(names()) for part in _PARTS.findall(name)}


@pytest.mark.parametrize("word", WORDS)
def test_the_word_is_a_name_in_the_code(word: str):
    assert {word, f"{word}s"} & USED


def test_the_glossary_has_words_and_each_once():
    assert len(WORDS) > 30
    assert len(set(WORDS)) == len(WORDS)
