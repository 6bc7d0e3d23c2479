"""The table of the process names only what there is."""

import pytest

from docs import coverage


@pytest.mark.parametrize("row", coverage.rows(), ids=[row.id for row in coverage.rows()])
def test_what_a_row_names_is_there(row: coverage.Row) -> None:
    assert list(coverage.wrong(row)) == []


def test_every_golden_conversation_shows_a_row() -> None:
    named = {story for row in coverage.rows() for story in row.stories}
    about_the_core = {"05_refused", "07_stale_button", "13_the_crm_is_away", "15_linked_by_a_code"}
    there = {path.stem for path in coverage.STORIES.glob("*.txt")}
    assert there - about_the_core == named
