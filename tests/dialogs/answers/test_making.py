"""Kinds are made from the playbook's words; what is wrong there is said in one sentence."""

from typing import Any

import pytest

from dialogs.answers import Option, Understood, kind_from
from dialogs.answers.choices import Choice
from tests.dialogs.answers.examples import OPTIONS, moment

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("monney", {}, "Answer kind 'monney' is unknown; use one of: choice, contact, customer,"),
    ("choice", {"optoins": []}, "kind 'choice' has no setting 'optoins'; it takes: options."),
    ("time", {"max": 1}, "kind 'time' has no setting 'max'; it takes: no settings."),
    ("choice", {}, "Answer kind 'choice' needs the setting 'options'."),
    ("choice", {"options": []}, "'options' must be a list of options"),
    ("choice", {"options": "ab"}, "'options' must be a list of options"),
    ("choice", {"options": [{"id": "a"}]}, "must have id and text"),
    ("choice", {"options": [{"id": "a", "text": {}, "x": 1}]}, "must have id and text"),
    ("choice", {"options": [{"id": "a", "text": {}}]}, "must be a table by language"),
    ("choice", {"options": [{"id": "a", "text": "A"}]}, "must be a table by language"),
    ("choice", {"options": [{"id": 1, "text": {"en": "A"}}]}, "'id' must be a text, got 1"),
    ("choice", {"options": [{"id": "a", "text": {"en": 1}}]}, "'options.en' must be a text"),
    ("choice", {"options": [{"id": "a", "text": {"en": "A"}, "also": "b"}]}, "a list of words"),
    ("choice", {"options": [OPTIONS[0], OPTIONS[0]]}, "Option id 'strategic' stands twice"),
    ("multi_choice", {"options": OPTIONS, "least": 2, "most": 1}, "got 2 and 1"),
    ("multi_choice", {"options": OPTIONS, "most": 4}, "must fit 3 options"),
    ("multi_choice", {"options": OPTIONS, "least": "1"}, "'least' must be a whole number"),
    ("text", {"max": 0}, "'max' must be 1 or more, got 0"),
    ("text", {"max": "x"}, "'max' must be a whole number, got 'x'"),
    ("text", {"max": True}, "'max' must be a whole number, got True"),
    ("money", {"min": "lots"}, "'min' must be a number, got 'lots'"),
    ("money", {"min": True}, "'min' must be a number, got True"),
    ("money", {"min": float("nan")}, "'min' must be a number, got nan"),
    ("money", {"min": 5, "max": 1}, "got 5 and 1"),
    ("money", {"max": 10**15}, "must be -1000000000000 <= min"),
    ("percent", {"min": 60, "max": 50}, "got 60 and 50"),
    ("number", {"decimals": 7}, "'decimals' must be 0 to 6, got 7"),
    ("number", {"unit": 1}, "'unit' must be a text, got 1"),
    ("date", {"rule": "someday"}, "'rule' must be one of any, past, future, got 'someday'"),
    ("moment", {"years": -1}, "must be 0 or more"),
    ("scale", {"low": 5, "high": 1}, "2 to 20 steps, got low 5 and high 1"),
    ("scale", {"low": 1, "high": 100}, "2 to 20 steps"),
    ("scale", {"labels": {"6": {"en": "six"}}}, "Label '6' is not a step from 1 to 5"),
    ("scale", {"labels": {"1": "one"}}, "A text of 'labels.1' must be a table by language"),
]


@pytest.mark.parametrize(("name", "settings", "sentence"), WRONG)
def test_a_wrong_declaration_is_refused_in_one_sentence(
    name: str, settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$") as caught:
        kind_from(name, settings)

    assert sentence in str(caught.value)


def test_a_choice_without_options_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one option"):
        Choice(())


def test_options_may_be_made_already() -> None:
    option = Option("a", {"en": "Apple"})

    assert kind_from("choice", {"options": (option,)}).options() == (option,)
    labelled = kind_from("scale", {"high": 3, "labels": [Option("2", {"en": "fair"})]})
    assert labelled.parse("fair", moment()) == Understood(2)


def test_bounds_may_be_whole_decimal_or_text() -> None:
    for bound in (10, 10.0, "10"):
        assert kind_from("money", {"min": bound}).parse("10", moment()) == Understood("10.00")


@pytest.mark.parametrize("name", ["customer", "person", "product", "file", "text", "long_text"])
def test_every_typed_kind_is_called_by_its_name(name: str) -> None:
    assert kind_from(name, {"max": 80}).name == name


def test_equal_declarations_make_equal_kinds() -> None:
    assert kind_from("choice", {"options": OPTIONS}) == kind_from("choice", {"options": OPTIONS})
    assert kind_from("money", {"max": 5}) != kind_from("money", {"max": 6})
