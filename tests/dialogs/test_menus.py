"""What can be begun is told to whoever may begin it, in words that are understood."""

from typing import get_args

import pytest

from dialogs import menus
from dialogs.library import Rulebook
from dialogs.people import Person, Role
from dialogs.phrases import LONGEST_WORD, meaning
from dialogs.playbook import Playbook
from dialogs.routes import ANYWHERE

UNTOLD = frozenset({"start", "withdraw", "key", "english", "german"})
"""Words of the desk that stand in no menu: what they do is offered where it helps, as a button."""


@pytest.fixture
def rules(playbook: Playbook) -> Rulebook:
    return Rulebook(playbook)


def test_each_word_that_works_anywhere_is_in_the_menu_or_kept_out_of_it_on_purpose() -> None:
    told = {word for word, _ in (*menus.FIRST, *menus.OWN)}
    narrower = {word for word in ANYWHERE if "_" in str(word)}
    assert set(ANYWHERE) - narrower - UNTOLD <= told


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_word_that_is_told_is_understood(rules: Rulebook, language: str) -> None:
    for word, does in menus.everything(rules, language):
        assert meaning(word) or rules.form_meant(word), word
        assert does
        assert len(word) <= LONGEST_WORD


@pytest.mark.parametrize("role", get_args(Role))
def test_nobody_is_told_of_what_they_may_not_do(rules: Rulebook, role: Role) -> None:
    told = {word for word, _ in menus.own(rules, Person("p", "Pat", role, "en"))}
    assert ("pending" in told) == (role == "management")
    assert ("record" in told) == (role in {"sales", "management"})
    assert "help" in told or role == "former"
