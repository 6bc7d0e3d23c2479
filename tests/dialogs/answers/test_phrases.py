"""Plays `phrases.toml`: what people type, what is stored, what they see."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dialogs.answers import Kind, Refusal, Understood, kind_from, say
from tests.dialogs.answers.examples import moment

SECTIONS = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))["section"]


def rows(outcome: str) -> list[Any]:
    return list(read(outcome))


def read(outcome: str) -> Iterator[Any]:
    for number, section in enumerate(SECTIONS, 1):
        kind = kind_from(section["kind"], section.get("settings", {}))
        for language, typed, *expected in section.get(outcome, []):
            name = f"{section['trap']} {number} {kind.name} {language} {typed!r}"
            yield pytest.param(kind, language, typed, *expected, id=name)


def stored(value: Any) -> Any:
    """Return a value of the table as it is stored; TOML can't say that no record is known yet."""
    return {"id": None, **value} if isinstance(value, Mapping) else value


@pytest.mark.parametrize(("kind", "language", "typed", "value", "echo"), rows("understood"))
def test_is_understood_and_shown(
    kind: Kind, language: str, typed: str, value: Any, echo: str
) -> None:
    answer = kind.parse(typed, moment(language))

    assert answer == Understood(stored(value))
    assert type(answer.value) is type(stored(value))
    assert kind.show(answer.value, language, "EUR") == echo


@pytest.mark.parametrize(("kind", "language", "typed", "code"), rows("refused"))
def test_is_refused_with_a_reason(kind: Kind, language: str, typed: str, code: str) -> None:
    answer = kind.parse(typed, moment(language))

    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert "{" not in say(answer, language)


def test_the_table_has_the_phrases_it_promises() -> None:
    outcomes = ("understood", "refused")
    played = [
        row for section in SECTIONS for outcome in outcomes for row in section.get(outcome, [])
    ]
    days = {"date", "time", "moment"}
    said = [s for s in SECTIONS if s["kind"] in days]

    assert len(played) >= 500
    assert sum(len(s.get(outcome, [])) for s in said for outcome in outcomes) >= 200
