from pathlib import Path

import pytest

from docs import derive
from docs.pages import gallery

ROOT = Path(derive.__file__).parents[1]
DERIVED = derive.derived()


@pytest.mark.parametrize("path", DERIVED, ids=[str(path.relative_to(ROOT)) for path in DERIVED])
def test_the_committed_page_is_what_the_playbook_says(path: Path):
    said = path.read_text(encoding="utf-8") if path.exists() else ""

    assert said == DERIVED[path], f"{path.relative_to(ROOT)} is stale: run `make docs`"


def test_no_page_is_left_of_a_form_that_is_gone():
    assert derive.stray() == [], "run `make docs`"


def test_a_page_without_its_marks_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="no place for 'fields': add both marks"):
        derive.filled("# A page\n", {"fields": "| a table |\n"})


def test_the_readme_shows_the_chosen_pictures_that_were_taken():
    shown = gallery(["demo", "demo-phone", "odoo-opportunity", "slack-decision", "slack-modal"])

    assert shown.startswith('<img src="docs/pictures/demo.png" width="100%"')
    assert shown.count('width="49%"') == 2
    assert shown.rstrip().endswith('alt="The opportunity in Odoo">')
    assert "demo-phone" not in shown
    assert gallery(["demo"]).count("<img") == 1
    assert gallery(["slack-modal"]).count('width="98%"') == 1
    assert gallery([]) == ""
