"""The table of the process names only what there is."""

from dataclasses import replace
from typing import Any

import pytest

from docs import coverage, proofs

NO_ODOO = "does not look into an Odoo"


@pytest.mark.parametrize("row", coverage.rows(), ids=[row.id for row in coverage.rows()])
def test_what_a_row_names_is_there(row: coverage.Row) -> None:
    assert list(coverage.wrong(row)) == []


@pytest.mark.parametrize("row", coverage.rows(), ids=[row.id for row in coverage.rows()])
def test_no_row_is_without_a_conversation_a_look_into_odoo_and_a_picture(row: coverage.Row) -> None:
    assert row.whole


def test_every_golden_conversation_shows_a_row() -> None:
    named = {story for row in coverage.rows() for story in row.stories}
    assert {path.stem for path in coverage.STORIES.glob("*.txt")} == named


@pytest.mark.parametrize(
    ("test", "wrong"),
    [
        ("contracts/crm/closings.py::test_the_won_stage_makes_it_certain", ""),
        ("bot/test_calendar_in_odoo.py::test_it_sleeps", "no such test"),
        ("bot/no_such_file.py::test_it", "no such test"),
        ("docs/test_coverage.py::test_every_golden_conversation_shows_a_row", NO_ODOO),
    ],
)
def test_what_does_not_look_into_odoo_proves_nothing(test: str, wrong: str) -> None:
    assert proofs.lacking(test) == wrong


@pytest.mark.parametrize(
    "lacks",
    [{"stories": ()}, {"picture": ""}, {"odoo": (), "tests": ()}, {"without": "so it is"}],
)
def test_a_row_that_lacks_something_is_not_whole(lacks: dict[str, Any]) -> None:
    row = coverage.Row("won", "Won", ("24_won",), ("24_won",), picture="odoo-won")
    assert row.whole
    assert not replace(row, **lacks).whole
