"""A form page is a modal whose fields fit their questions, and its state is read back by id."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.inbound import read
from adapters.slack.modal import entered_values, error_map, page_view, remark_view
from dialogs.shows import FormErrors, FormField, FormPage
from tests.adapters.slack import payloads
from tests.standins.slack.blocks import check_view

YES_NO = (("yes", "Yes"), ("no", "No"))


def element(**facts):
    field = FormField(**{"id": "q", "label": "Question", "kind": "text", **facts})
    view = page_view(FormPage("Title", "t", "Send", "Close", (field,)), None)
    check_view(view, "modal")
    return view["blocks"][0]["element"]


def options(count):
    return tuple((f"o{n}", f"Option {n}") for n in range(count))


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"kind": "text"}, "plain_text_input"),
        ({"kind": "money"}, "plain_text_input"),
        ({"kind": "date"}, "datepicker"),
        ({"kind": "time"}, "timepicker"),
        ({"kind": "yes_no", "options": YES_NO}, "radio_buttons"),
        ({"kind": "yes_no", "options": YES_NO, "optional": True}, "static_select"),
        ({"kind": "scale", "options": options(5)}, "radio_buttons"),
        ({"kind": "scale", "options": options(10)}, "static_select"),
        ({"kind": "choice", "options": options(250)}, "static_select"),
        ({"kind": "multi_choice", "options": options(10)}, "checkboxes"),
        ({"kind": "multi_choice", "options": options(11)}, "multi_static_select"),
        ({"kind": "choice"}, "plain_text_input"),
    ],
)
def test_a_question_becomes_the_input_that_fits_it(facts, kind):
    assert element(**facts)["type"] == kind


def test_a_long_text_has_several_lines():
    assert element(kind="long_text")["multiline"] is True
    assert element(kind="text")["multiline"] is False


def test_what_is_known_already_is_filled_in():
    assert element(initial=("Series",))["initial_value"] == "Series"
    assert element(kind="date", initial=("2026-12-24",))["initial_date"] == "2026-12-24"
    assert element(kind="time", initial=("14:00",))["initial_time"] == "14:00"
    chosen = element(kind="yes_no", options=YES_NO, initial=("no",))
    assert chosen["initial_option"]["value"] == "no"
    ticked = element(kind="multi_choice", options=options(5), initial=("o1", "o3"))
    assert [each["value"] for each in ticked["initial_options"]] == ["o1", "o3"]


def test_a_date_in_words_stays_in_words():
    assert element(kind="date", initial=("next Tuesday",)) == {
        "action_id": "answer",
        "type": "plain_text_input",
        "multiline": False,
        "initial_value": "next Tuesday",
    }


def test_an_option_that_is_no_longer_offered_is_not_filled_in():
    assert "initial_option" not in element(kind="choice", options=YES_NO, initial=("gone",))


def test_values_are_read_from_every_kind_of_input():
    state = {
        "a": {"answer": {"type": "plain_text_input", "value": "words"}},
        "b": {"answer": {"type": "plain_text_input", "value": None}},
        "c": {"answer": {"type": "static_select", "selected_option": {"value": "x"}}},
        "d": {"answer": {"type": "radio_buttons", "selected_option": None}},
        "e": {"answer": {"type": "checkboxes", "selected_options": [{"value": "y"}]}},
        "f": {"answer": {"type": "multi_static_select", "selected_options": []}},
        "g": {"answer": {"type": "datepicker", "selected_date": "2026-12-24"}},
        "h": {"answer": {"type": "timepicker", "selected_time": "14:00"}},
    }
    assert entered_values({"state": {"values": state}}) == {
        "a": ("words",),
        "b": (),
        "c": ("x",),
        "d": (),
        "e": ("y",),
        "f": (),
        "g": ("2026-12-24",),
        "h": ("14:00",),
    }


def test_errors_stand_at_their_questions_and_the_others_at_the_first():
    fields = tuple(FormField(each, each, "text") for each in ("a", "b"))
    view = page_view(FormPage("T", "t", "Send", "Close", fields), None)
    errors = FormErrors((("b", "No date."), ("elsewhere", "Too late."), ("a", "Empty.")))
    assert error_map(errors, view) == {"b": "No date.", "a": "Too late.\nEmpty."}


def test_a_remark_is_a_modal_with_nothing_to_send():
    check_view(remark_view("One moment."), "modal")


TEXT = st.text(max_size=40) | st.sampled_from(["", " ", "ü" * 4000, "<!channel>", "a\nb"])
OPTION_SETS = st.sampled_from([0, 2, 5, 10, 11, 100, 101, 250]).map(options)
FIELD = st.builds(
    FormField,
    id=st.integers(0, 10**6).map("question{}".format),
    label=TEXT,
    kind=st.sampled_from(
        ["text", "long_text", "choice", "multi_choice", "date", "scale", "yes_no"]
    ),
    hint=TEXT,
    optional=st.booleans(),
    options=OPTION_SETS,
    initial=st.lists(TEXT | st.sampled_from(["o0", "o3", "2026-01-01"]), max_size=3).map(tuple),
)
PAGES = st.builds(
    FormPage,
    title=TEXT,
    token=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=64),
    submit=TEXT,
    close=TEXT,
    fields=st.lists(FIELD, max_size=12, unique_by=lambda field: field.id).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_whatever_is_to_be_asked_slack_takes_the_page_and_gives_it_back(page):
    view = page_view(page, "C1")
    check_view(view, "modal")
    blank = {
        block["block_id"]: {"answer": {"value": None}} for block in view["blocks"] if page.fields
    }
    found = read(payloads.submitted(view, blank), 0)
    assert found.event.token == page.token
    assert set(found.event.values) == {field.id for field in page.fields}


def test_a_page_of_more_than_a_hundred_questions_is_cut():
    fields = tuple(FormField(str(n), "Question", "text") for n in range(120))
    check_view(page_view(FormPage("T", "t", "Send", "Close", fields), None), "modal")
