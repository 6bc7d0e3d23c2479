"""The fault matrix is whole: enough rows have their tests, and the others a reason."""

import pytest

from docs import faults

ROWS = [row for section in faults.matrix().values() for row in section]


def test_enough_faults_have_a_test() -> None:
    shown = [row.id for row in ROWS if row.tests]

    assert len(ROWS) == 132
    assert len(shown) >= faults.ENOUGH, f"only {len(shown)}"


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_fault_has_a_test_or_a_reason(row: faults.Row) -> None:
    assert bool(row.tests) != bool(row.left), "name a test after it, or give the reason in [left]"


def test_no_test_is_named_after_a_row_that_is_none() -> None:
    assert set(faults.shown_by()) <= {row.id for row in ROWS}
