"""What Block Kit the stand-in takes, and how it refuses the rest: one line for each rule."""

from typing import Any

import pytest

from tests.standins.slack.blocks import check_message, check_view
from tests.standins.slack.refusal import Refusal

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(name: str = "One", value: str = "1", **more: Any) -> Json:
    return {"text": plain(name), "value": value, **more}


def options(number: int) -> list[Json]:
    return [option(f"Option {each}", str(each)) for each in range(number)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(2), **more}


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": marked(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asks(element: Json | None = None, **more: Any) -> Json:
    blank = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain("Name"), "element": element or blank, **more}


def confirm(**more: Any) -> Json:
    texts = {"title": plain("Sure?"), "text": marked("Really"), "confirm": plain("Yes")}
    return {**texts, "deny": plain("No"), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    title = {"title": plain("Form"), "submit": plain("Save")}
    return {"type": "modal", **title, "blocks": list(blocks), **more}


def without(thing: Json, key: str) -> Json:
    return {name: value for name, value in thing.items() if name != key}


def numbered(table: list[tuple[Any, str]]) -> list[str]:
    return [f"{number}: {said}" for number, (_, said) in enumerate(table, 1)]


GOOD = [
    [section(), actions(button(style="primary"), select()), {"type": "divider"}],
    [{"type": "header", "text": plain("Head")}, {"type": "context", "elements": [marked("x")]}],
    [section(fields=[marked("*a*\nb")] * 10, accessory=button(url="https://example.com"))],
    [asks(), asks({"type": "datepicker", "action_id": "d", "initial_date": "2026-12-24"})],
    [asks({"type": "radio_buttons", "action_id": "r", "options": options(10)})],
    [{"type": "markdown", "text": "**bold**"}],
    [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}],
    [actions(button(confirm=confirm()), *[button(action_id=f"b{n}") for n in range(24)])],
    [section("x" * 3000), section("é" * 3000)],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}],
]


@pytest.mark.parametrize("blocks", GOOD)
def test_good_blocks_are_taken(blocks: list[Json]):
    check_message(blocks)


BAD = [
    ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section(fields=[marked("x" * 2001)])], "must be less than 2001 characters"),
    ([section(fields=[marked("x")] * 11)], "no more than 10 items allowed"),
    ([{"type": "section"}], "missing required field: text or fields [json-pointer:/blocks/0]"),
    ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    ([{"type": "section", "text": "words"}], "must provide an object"),
    ([{"type": "section", "text": {**marked("x"), "emoji": True}}], "additional property: emoji"),
    ([{"type": "leaflet"}], "unsupported type: leaflet [json-pointer:/blocks/0/type]"),
    ([section(block_id="a"), section(block_id="a")], "`block_id` already exists: a"),
    ([section(block_id="a" * 256)], "must be less than 256 characters"),
    ([actions(button(), button())], "`action_id` already exists: go"),
    ([actions(button(action_id="a" * 256))], "must be less than 256 characters"),
    ([actions(button(text=plain("x" * 76)))], "must be less than 76 characters"),
    ([actions(button(text=marked("x")))], "must be a valid enum value: plain_text"),
    ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    ([actions(button(url="x" * 3001))], "must be less than 3001 characters"),
    ([actions(button(style="blue"))], "must be a valid enum value: primary, danger"),
    ([actions(*[button(action_id=f"{n}") for n in range(26)])], "no more than 25 items allowed"),
    ([actions()], "no fewer than 1 items allowed"),
    ([actions({"type": "plain_text_input", "action_id": "a"})], "unsupported type"),
    ([actions(select(options=options(101)))], "no more than 100 items allowed"),
    ([actions(select(options=[option("x" * 76)]))], "must be less than 76 characters"),
    ([actions(select(options=[option(value="x" * 151)]))], "must be less than 151 characters"),
    ([actions(select(options=[option(), option("Two")]))], "option values must be unique"),
    ([actions(without(select(), "options"))], "exactly one of `options` and `option_groups`"),
    ([actions(select(initial_option=option("Other", "9")))], "must exactly match one of"),
    ([actions(select(placeholder=plain("x" * 151)))], "must be less than 151 characters"),
    (
        [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
        "no more than 5 items allowed",
    ),
    (
        [actions({"type": "checkboxes", "action_id": "c", "options": options(11)})],
        "no more than 10 items allowed",
    ),
    (
        [actions({"type": "radio_buttons", "action_id": "r", "options": options(11)})],
        "no more than 10 items allowed",
    ),
    (
        [actions({"type": "datepicker", "action_id": "d", "initial_date": "24.12.2026"})],
        "must match",
    ),
    ([actions(button(confirm=confirm(title=plain("x" * 101))))], "must be less than 101"),
    ([actions(button(confirm=confirm(text=marked("x" * 301))))], "must be less than 301"),
    ([actions(button(confirm=confirm(deny=plain("x" * 31))))], "must be less than 31"),
    ([{"type": "header", "text": marked("Head")}], "must be a valid enum value: plain_text"),
    ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    ([{"type": "context", "elements": [marked("x")] * 11}], "no more than 10 items allowed"),
    ([{"type": "context", "elements": [button()]}], "unsupported type: button"),
    ([{"type": "image", "image_url": "https://example.com/a.png"}], "missing required field: alt"),
    ([{"type": "image", "alt_text": "a"}], "exactly one of `image_url` and `slack_file`"),
    ([asks(label=plain("x" * 2001))], "must be less than 2001 characters"),
    ([asks(label=marked("Name"))], "must be a valid enum value: plain_text"),
    ([asks(hint=plain("x" * 2001))], "must be less than 2001 characters"),
    ([asks({"type": "number_input", "action_id": "n"})], "missing required field: is_decimal"),
    ([asks({"type": "file_input", "action_id": "f"})], "unsupported type: file_input"),
    ([asks(button())], "unsupported type: button"),
    ([{"type": "markdown", "text": "x" * 12_001}], "must be less than 12001 characters"),
    ([{"type": "card"}], "failed to match all allowed schemas"),
]


@pytest.mark.parametrize(("blocks", "said"), BAD, ids=numbered(BAD))
def test_bad_blocks_are_refused_with_the_place(blocks: list[Json], said: str):
    with pytest.raises(Refusal) as refused:
        check_message(blocks)

    assert refused.value.error == "invalid_blocks"
    assert any(said in message for message in refused.value.messages), refused.value.messages
    assert all(message.startswith("[ERROR] ") for message in refused.value.messages)
    assert all("[json-pointer:/blocks" in message for message in refused.value.messages)


def test_blocks_that_are_no_list_have_the_wrong_format():
    with pytest.raises(Refusal, match="invalid_blocks_format"):
        check_message({"type": "section"})


def test_too_much_text_in_all_blocks_together_is_refused():
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message([section("x" * 3000)] * 5)


GOOD_VIEWS = [
    (modal(asks(), close=plain("Back"), private_metadata="x" * 3000, notify_on_close=True)),
    (without(modal(section()), "submit")),
    (modal(*[section(f"{n}") for n in range(100)])),
    (modal(asks({"type": "file_input", "action_id": "f"}))),
    ({"type": "home", "blocks": [asks(), section()], "callback_id": "home"}),
]


@pytest.mark.parametrize("view", GOOD_VIEWS)
def test_good_views_are_taken(view: Json):
    check_view(view, view["type"])


BAD_VIEWS = [
    (without(modal(section()), "title"), "missing required field: title [json-pointer:/view]"),
    (without(modal(), "blocks"), "missing required field: blocks [json-pointer:/view]"),
    (without(modal(), "type"), "missing required field: type [json-pointer:/view]"),
    (without(modal(asks()), "submit"), "missing required field: submit"),
    (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/te"),
    (modal(title=marked("Form")), "valid enum value: plain_text [json-pointer:/view/title/type]"),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
    (modal(close=plain("x" * 25)), "must be less than 25 characters"),
    (modal(title=plain("")), "must be more than 0 characters"),
    (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
    (modal(callback_id="x" * 256), "must be less than 256 characters"),
    (modal(external_id="x" * 256), "must be less than 256 characters"),
    (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (modal(submit_disabled=True), "invalid additional property: submit_disabled"),
    (modal(section("x" * 3001)), "[json-pointer:/view/blocks/0/text/text]"),
    ({"type": "home", "blocks": []}, "must be a valid enum value: modal"),
    (
        modal(
            asks({"type": "datepicker", "action_id": "a", "focus_on_load": True}),
            asks({"type": "datepicker", "action_id": "b", "focus_on_load": True}),
        ),
        "only one element may have focus_on_load",
    ),
]


@pytest.mark.parametrize(("view", "said"), BAD_VIEWS, ids=numbered(BAD_VIEWS))
def test_bad_views_are_refused_with_the_place(view: Json, said: str):
    with pytest.raises(Refusal) as refused:
        check_view(view, "modal")

    first, *rest = refused.value.messages
    assert refused.value.error == "invalid_arguments"
    assert first == "[ERROR] failed to match all allowed schemas [json-pointer:/view]"
    assert any(said in message for message in rest), rest


def test_a_home_tab_has_no_title():
    with pytest.raises(Refusal, match="invalid additional property: title"):
        check_view({"type": "home", "blocks": [], "title": plain("Home")}, "home")


def test_a_view_beyond_a_quarter_of_a_megabyte_is_too_large():
    with pytest.raises(Refusal, match="view_too_large"):
        check_view(modal(*[section("x" * 3000)] * 90), "modal")
