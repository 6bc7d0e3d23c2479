"""How well free messages are understood, held to the bars: a wrong value is worse than none."""

import pytest

from dialogs.gleaning.gleaner import GAP
from tests.dialogs.gleaning.marking import SETS, gleaned, marked, notes

PRECISION = 0.97
"""For what is counted on: dates, amounts, percentages, people. The others may lag a little."""
BAR = {"met_on", "next_date", "revenue", "travel_cost", "probability", "people"}
RECALL = {"labelled": 0.95, "unseen": 0.5}
"""Of every field. What was typed in no way that the rules know is asked for instead."""
ALL_IN_ALL = {"labelled": 0.98, "unseen": 0.7}


@pytest.mark.parametrize("name", SETS)
def test_what_is_heard_is_right(name: str) -> None:
    for field, marks in marked(name).items():
        bar = PRECISION if field in BAR else 0.95
        assert marks.precision >= bar, f"{field}: {marks.faults}"


@pytest.mark.parametrize("name", SETS)
def test_most_of_what_is_said_is_heard(name: str) -> None:
    for field, marks in marked(name).items():
        assert marks.recall >= RECALL[name], f"{field}: {marks.faults}"
    right = sum(marks.right for marks in marked(name).values())
    missed = sum(marks.missed for marks in marked(name).values())
    assert right / (right + missed) >= ALL_IN_ALL[name]


@pytest.mark.parametrize("name", SETS)
def test_every_value_comes_with_words_of_the_message(name: str) -> None:
    for note in notes(name):
        for one in gleaned(note):
            assert one.words
            for words in one.words.split(GAP):
                assert words in note["text"], (one.question, words)


def test_the_sets_are_large_enough_and_in_both_languages() -> None:
    sizes = {name: len(notes(name)) for name in SETS}
    assert sizes["labelled"] >= 130
    assert sizes["unseen"] >= 40
    for name in SETS:
        german = sum(note["language"] == "de" for note in notes(name))
        assert 0.4 <= german / sizes[name] <= 0.6
