"""Every code that is raised anywhere has its sentence in both languages, and the facts fill it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import dialogs.answers
from dialogs.answers import Refusal, say
from dialogs.answers.refusals import TEXTS

FILES = sorted(Path(dialogs.answers.__file__).parent.glob("*.py"))


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the code and the names of the facts of each `Refusal(…)` in the sources."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                yield literal(node)


def literal(call: ast.Call) -> tuple[str, frozenset[str]]:
    """Read a refusal; one whose code or facts are not written out fails the test."""
    code, *facts = (ast.literal_eval(each) for each in names(call))
    return code, frozenset(facts)


def names(call: ast.Call) -> list[ast.expr]:
    code, *facts = call.args
    assert not call.keywords
    keys = facts[0].keys if facts and isinstance(facts[0], ast.Dict) else []
    assert len(facts) <= 1
    assert bool(facts) == bool(keys), ast.dump(call)
    return [code, *(key for key in keys if key)]


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


RAISED = sorted(set(raised()), key=str)


@pytest.mark.parametrize(("code", "facts"), RAISED)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_refusal_has_a_sentence_that_its_facts_fill(
    code: str, facts: frozenset[str], language: str
) -> None:
    text = TEXTS[code][language]

    assert placeholders(text) <= facts
    assert "{" not in say(Refusal(code, dict.fromkeys(facts, "fact")), language)


def test_a_fact_that_is_given_is_used_in_some_language() -> None:
    for code, facts in RAISED:
        assert facts == placeholders("".join(TEXTS[code].values())), code


def test_every_sentence_belongs_to_a_code_that_is_raised() -> None:
    assert set(TEXTS) == {code for code, _ in RAISED}


def test_a_sentence_asks_for_something() -> None:
    for texts in TEXTS.values():
        assert set(texts) == {"en", "de"}
        assert "lease" in texts["en"]
        assert "itte" in texts["de"]
        assert all(text.endswith(".") for text in texts.values())


def test_another_language_is_answered_in_english() -> None:
    assert say(Refusal("yes_or_no"), "fr") == "Please answer yes or no."
