"""Whatever somebody sends, reading it takes no time worth mentioning."""

import time

import pytest

from dialogs.answers import Moment
from dialogs.telling import MOST
from tests.dialogs.gleaning.marking import NOW, gleaners, notes

PIECES = (
    "a ", "A ", "Aa ", "1.", "1,", "1 ", "12.12.", "Mo ", "Herr ", "Herr Dr. ", "von ", "Anna von ",
    "mit ", "with the ", "budget ", "budget 1 ", "\n", "- ", "GmbH ", "A & ", "next step ", "in 2 ",
    "ich schicke bis ", "@", "€", "1'", "Aa-", "O'", "(", "ein ", "am ", " ", "bei ", "hr. ", "a",
    "hundred ", "Kunde: ", "100 ", "not ", "1", "Ä", "?", "von der ", "mister anna ", "24/7 ",
)  # fmt: skip
"""What makes a careless pattern go round in circles."""
MOST_S = 0.7
"""Seconds for both forms, on a machine that is busy besides."""


@pytest.mark.parametrize("piece", PIECES)
def test_no_message_holds_the_others_up(piece: str) -> None:
    text = (piece * MOST)[:MOST]
    gleaners()
    began = time.process_time()
    for one in gleaners():
        one.glean(text, Moment(NOW, "de"))
    assert time.process_time() - began < MOST_S


def test_an_ordinary_note_is_read_in_the_blink_of_an_eye() -> None:
    gleaners()
    began = time.process_time()
    for note in notes("labelled"):
        for one in gleaners():
            one.glean(note["text"], Moment(NOW, note["language"]))
    assert (time.process_time() - began) / len(notes("labelled")) < 0.05
