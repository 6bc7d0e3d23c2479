"""What the desk says: in both languages, with the same gaps, and every sentence somewhere."""

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from dialogs import phrases
from dialogs.phrases import PHRASES, TOPICS, WORDS, meaning, say

EN, DE = PHRASES["en"], PHRASES["de"]
ROOT = Path(__file__).parents[2]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("dialogs", "bot")
    for path in ROOT.joinpath(folder).rglob("*.py")
    if not path.stem.endswith("phrases")
)


def gaps(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", ["EN", "DE"])
def test_no_module_takes_the_sentence_of_another(language: str) -> None:
    keys = Counter(key for module in (phrases, *TOPICS) for key in getattr(module, language))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_module_of_phrases_is_taken_in() -> None:
    there = {path.stem for path in ROOT.joinpath("dialogs").glob("*_phrases.py")}
    assert {module.__name__.rpartition(".")[2] for module in TOPICS} == there


def test_both_languages_have_the_same_sentences() -> None:
    assert set(EN) == set(DE)


@pytest.mark.parametrize("key", EN)
def test_a_sentence_has_the_same_gaps_in_both_languages(key: str) -> None:
    assert gaps(EN[key]) == gaps(DE[key])


@pytest.mark.parametrize("key", EN)
def test_a_sentence_is_said_somewhere(key: str) -> None:
    """By its name, or by one that begins or ends in what is decided: `say(f"verdict_{status}")`."""
    begun = re.findall(r'f"([a-z]+_)\{', CODE)
    ended = re.findall(r'say\(f"\{\w+\}(_[a-z]+)"', CODE)
    written = re.search(rf"""["']{key}["']""", CODE) is not None
    assert written or key.startswith(tuple(begun)) or key.endswith(tuple(ended))


@pytest.mark.parametrize("language", ["en", "de"])
def test_gaps_are_filled_with_what_was_typed_as_it_was_typed(language: str) -> None:
    assert "{name} %s" in say(language, "several", query="{name} %s")


def test_a_language_that_nobody_speaks_is_english() -> None:
    assert say("xx", "back") == EN["back"]


def test_a_word_means_one_thing() -> None:
    words = [word for several in WORDS.values() for word in several]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("wanted", WORDS)
def test_a_word_is_understood_however_it_is_written(wanted: str) -> None:
    for word in WORDS[wanted]:
        for written in (word, word.upper(), f" {word}. ", f"/{word}", f"{word}!"):
            assert meaning(written) == wanted


def test_a_sentence_with_a_word_in_it_is_an_answer() -> None:
    for text in ("Go back to him", "He will help us", "skip it please", "", " ", "."):
        assert meaning(text) is None
