"""What can be pressed: options, scales, yes and no; and the words that mean the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.answers import Option, Refusal, Understood, kind_from
from tests.dialogs.answers.examples import KINDS, OPTIONS, moment

EVERY_KIND = pytest.mark.parametrize("name", KINDS)
PRESSED = st.lists(
    st.one_of(st.text(max_size=5), st.sampled_from(["strategic", "yes", "no", "3", "0", "-1"])),
    max_size=4,
)


@settings(max_examples=500)
@given(st.sampled_from(sorted(KINDS)), PRESSED)
def test_no_press_makes_a_kind_fail(name: str, ids: list[str]) -> None:
    kind = KINDS[name]
    answer = kind.choose(ids)

    if isinstance(answer, Understood):
        assert kind.show(answer.value, "de", "EUR")
        assert set(ids) <= {option.id for option in kind.options()}


@EVERY_KIND
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_option_can_be_pressed_or_typed(name: str, language: str) -> None:
    kind = KINDS[name]
    for option in kind.options():
        pressed = kind.choose([option.id])
        assert isinstance(pressed, Understood)
        assert kind.parse(option.id, moment(language)) == pressed
        if kind.name != "scale":  # a step's label is its number and a word
            assert kind.parse(option.label(language), moment(language)) == pressed


@EVERY_KIND
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_suggestion_is_understood(name: str, language: str) -> None:
    for typed, label in KINDS[name].quick(moment(language)):
        assert isinstance(KINDS[name].parse(typed, moment(language)), Understood)
        assert label["en"]
        assert label["de"]


def test_a_choice_takes_exactly_one() -> None:
    kind = KINDS["choice"]

    assert kind.choose(["strategic"]) == Understood("strategic")
    assert kind.choose([]) == Refusal("choose_one")
    assert kind.choose(["strategic", "overload"]) == Refusal("choose_one")
    assert kind.choose(["gone"]) == Refusal("not_offered")


def test_several_are_kept_in_the_order_of_the_options() -> None:
    kind = kind_from("multi_choice", {"options": OPTIONS, "least": 1, "most": 2})

    assert kind.choose(["overload", "strategic"]) == Understood(["strategic", "overload"])
    assert kind.choose([]) == Refusal("too_few", {"least": "1"})
    assert kind.choose(["strategic", "logistical", "overload"]) == Refusal(
        "too_many", {"most": "2"}
    )
    assert kind.choose(["strategic", "gone"]) == Refusal("not_offered")
    assert kind.show(["strategic", "overload"], "de", "EUR") == "Strategisch, Überlast"


def test_nothing_chosen_is_said_in_words() -> None:
    assert KINDS["multi_choice"].show([], "de", "EUR") == "keine"


def test_a_label_wins_over_a_number_and_a_number_over_a_beginning() -> None:
    labels = ("2 to 5", "10", "1 employee")
    options = [{"id": f"o{n}", "text": {"en": label}} for n, label in enumerate(labels)]
    kind = kind_from("choice", {"options": options})

    assert kind.parse("10", moment()) == Understood("o1")
    assert kind.parse("1", moment()) == Understood("o0")
    assert kind.parse("2", moment()) == Understood("o1")
    assert kind.parse("1 emp", moment()) == Understood("o2")


def test_a_number_is_not_the_beginning_of_a_larger_one() -> None:
    options = [{"id": "many", "text": {"en": "50 employees"}}]
    kind = kind_from("choice", {"options": options})

    assert kind.parse("50", moment()) == Understood("many")
    assert isinstance(kind.parse("5", moment()), Refusal)


def test_a_label_that_sounds_like_all_or_none_stays_an_option() -> None:
    options = [{"id": "a", "text": {"en": "None"}}, {"id": "b", "text": {"en": "All"}}]
    kind = kind_from("multi_choice", {"options": options})

    assert kind.parse("none", moment()) == Understood(["a"])
    assert kind.parse("all", moment()) == Understood(["b"])


def test_a_label_with_a_comma_or_an_and_can_be_typed_whole() -> None:
    options = [
        {"id": "terms", "text": {"en": "Terms, delivery and payment"}},
        {"id": "price", "text": {"en": "Price"}},
    ]
    kind = kind_from("multi_choice", {"options": options})

    assert kind.parse("terms, delivery and payment", moment()) == Understood(["terms"])
    assert kind.parse("price\n1", moment()) == Understood(["terms", "price"])


def test_an_unclear_beginning_names_its_candidates_by_number() -> None:
    options = [{"id": n, "text": {"en": n}} for n in ("Sales", "Marketing", "Salaries")]
    answer = kind_from("choice", {"options": options}).parse("sal", moment())

    assert answer == Refusal("ambiguous_choice", {"candidates": "1 Sales, 3 Salaries"})


def test_an_unknown_answer_names_no_more_options_than_can_be_read() -> None:
    options = [{"id": f"o{n}", "text": {"en": f"Thing {n}"}} for n in range(1, 40)]
    answer = kind_from("choice", {"options": options}).parse("x" * 300, moment())

    assert isinstance(answer, Refusal)
    assert answer.facts["options"].endswith("12 Thing 12 …")
    assert len(answer.facts["given"]) == 40


def test_a_scale_offers_its_steps_with_their_labels() -> None:
    shown = [option.text["de"] for option in KINDS["scale"].options()]

    assert shown == ["1 – sehr gering", "2", "3", "4", "5 – sehr hoch"]  # noqa: RUF001 - a dash
    assert KINDS["scale"].choose(["5"]) == Understood(5)
    assert KINDS["scale"].choose(["6"]) == Refusal("not_offered")
    assert KINDS["scale"].choose([]) == Refusal("choose_one")


def test_a_scale_from_nought_takes_nought() -> None:
    assert KINDS["bare scale"].parse("0", moment()) == Understood(0)
    assert KINDS["bare scale"].parse("null", moment("de")) == Understood(0)
    assert KINDS["bare scale"].parse("2 stars", moment()) == Understood(2)


def test_an_unclear_label_of_a_scale_is_named_by_its_step() -> None:
    answer = KINDS["scale"].parse("sehr", moment("de"))

    assert answer == Refusal("ambiguous_choice", {"candidates": "1 sehr gering, 5 sehr hoch"})


def test_a_stored_option_the_playbook_no_longer_has_is_shown_by_its_id() -> None:
    assert KINDS["choice"].show("gone", "en", "EUR") == "gone"


def test_an_option_without_the_language_is_labelled_in_english_or_by_id() -> None:
    assert Option("a", {"en": "Apple"}).label("fr") == "Apple"
    assert Option("a", {"de": "Apfel"}).label("fr") == "a"


def test_a_typed_kind_has_nothing_to_press() -> None:
    assert KINDS["date"].choose(["2026-12-24"]) == Refusal("type_it")


def test_a_record_found_in_the_crm_is_shown_by_its_name() -> None:
    assert KINDS["customer"].show({"id": 7, "name": "Müller GmbH"}, "de", "EUR") == "Müller GmbH"
