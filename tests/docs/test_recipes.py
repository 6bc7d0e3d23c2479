"""What CONTRIBUTING.md promises that a test asks for."""

import pytest

from bot.playbooks import playbook_text
from dialogs.answers import kind_from
from dialogs.playbook import Form, load_playbook
from tests.docs.pages import ROOT, first_cells

PLAYBOOK = load_playbook(*playbook_text(None))
STORIES = [path.read_text() for path in (ROOT / "tests/transcripts").glob("*.txt")]


@pytest.mark.parametrize("form", PLAYBOOK.forms, ids=[form.id for form in PLAYBOOK.forms])
def test_every_form_is_told_in_a_story(form: Form):
    titles = {form.title.of(language) for language in ("en", "de")}
    headed = {
        line.strip().partition(" · ")[0].partition("  ")[0]
        for s in STORIES
        for line in s.splitlines()
    }

    assert titles & headed


def test_the_playbook_page_names_every_kind_of_answer():
    with pytest.raises(ValueError, match="use one of") as refused:
        kind_from("?", {})
    known = str(refused.value).partition("use one of: ")[2].rstrip(".").split(", ")
    text = " ".join(first_cells(ROOT / "docs/playbook.md"))

    assert [kind for kind in known if f"`{kind}`" not in text] == []
