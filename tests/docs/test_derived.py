from pathlib import Path

import pytest

from docs import derive

FOLDER = Path(derive.__file__).parent
DERIVED = derive.derived()


@pytest.mark.parametrize("path", DERIVED, ids=[str(path.relative_to(FOLDER)) for path in DERIVED])
def test_the_committed_page_is_what_the_playbook_says(path: Path):
    said = path.read_text(encoding="utf-8") if path.exists() else ""

    assert said == DERIVED[path], f"docs/{path.relative_to(FOLDER)} is stale: run `make docs`"


def test_no_page_is_left_of_a_form_that_is_gone():
    assert derive.stray() == [], "run `make docs`"


def test_a_page_without_its_marks_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="no place for 'fields': add both marks"):
        derive.filled("# A page\n", {"fields": "| a table |\n"})
