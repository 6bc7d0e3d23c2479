"""What a person can enter into Block Kit's inputs, and how Slack's client notes it in the state.

The client's own checks are here too: what it never lets a person enter, and what it asks to correct
before it sends a form.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .block_shapes import DATE, TIME, offered_options
from .blocks import placed_elements
from .workspace import State

Json = dict[str, Any]
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+"
URL = r"https?://\S+"
REQUIRED = "Please complete this required field."

# element type -> (key in the state, whether it holds several, what it is without an entry)
KEPT: dict[str, tuple[str, bool]] = {
    "plain_text_input": ("value", False),
    "email_text_input": ("value", False),
    "url_text_input": ("value", False),
    "number_input": ("value", False),
    "rich_text_input": ("rich_text_value", False),
    "static_select": ("selected_option", False),
    "external_select": ("selected_option", False),
    "radio_buttons": ("selected_option", False),
    "overflow": ("selected_option", False),
    "multi_static_select": ("selected_options", True),
    "multi_external_select": ("selected_options", True),
    "checkboxes": ("selected_options", True),
    "datepicker": ("selected_date", False),
    "timepicker": ("selected_time", False),
    "datetimepicker": ("selected_date_time", False),
    "users_select": ("selected_user", False),
    "multi_users_select": ("selected_users", True),
    "conversations_select": ("selected_conversation", False),
    "multi_conversations_select": ("selected_conversations", True),
    "channels_select": ("selected_channel", False),
    "multi_channels_select": ("selected_channels", True),
    "file_input": ("files", True),
}
STATELESS = {"overflow", "button", "workflow_button"}
SEARCHED = {"external_select", "multi_external_select"}


@dataclass(frozen=True)
class Input:
    """One interactive element with the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """What a person would call it: the label, the section's text, the placeholder."""
        texts = [self.block.get("label"), self.block.get("text"), self.element.get("placeholder")]
        return next((t["text"] for t in texts if t), "")

    def answers_to(self, name: str) -> bool:
        placeholder = (self.element.get("placeholder") or {}).get("text")
        return name in {self.block_id, self.action_id, self.label, placeholder}


def inputs(blocks: Sequence[Json]) -> list[Input]:
    """Everything in `blocks` that holds a value."""
    placed = [Input(block, element) for block, element in placed_elements(blocks)]
    return [each for each in placed if each.kind in KEPT]


def find(blocks: Sequence[Json], name: str) -> Input:
    """The input a person means by `name`: its label, placeholder, block_id or action_id.

    Raises:
        AssertionError: where there is none, with those there are.
    """
    there = inputs(blocks)
    found = [each for each in there if each.answers_to(name)]
    assert found, f"there is no field {name!r}, only {[each.label for each in there]}"
    return found[0]


INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_channel": "selected_channel",
    "initial_channels": "selected_channels",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
}


def initial_state(blocks: Sequence[Json]) -> State:
    """What stands in the inputs before a person touches them."""
    state: State = {}
    for block, element in placed_elements(blocks):
        preset = {INITIAL[key]: element[key] for key in INITIAL if key in element}
        if preset:
            entered = {"type": element["type"], **preset}
            state.setdefault(block["block_id"], {})[element["action_id"]] = entered
    return state


def current_state(blocks: Sequence[Json], entered_so_far: State) -> State:
    """Presets overlaid with what a person entered."""
    state = initial_state(blocks)
    for block, values in entered_so_far.items():
        state[block] = {**state.get(block, {}), **values}
    return state


def whole_state(blocks: Sequence[Json], state: State) -> State:
    """The state as Slack sends it: every input is named, with null or [] where it is empty."""
    whole: State = {}
    for each in inputs(blocks):
        if each.kind not in STATELESS:
            blank = blank_value(each.kind)
            entered = state.get(each.block_id, {}).get(each.action_id, blank)
            whole.setdefault(each.block_id, {})[each.action_id] = entered
    return whole


def blank_value(kind: str) -> Json:
    key, several = KEPT[kind]
    return {"type": kind, key: [] if several else None}


def entered(field: Input, given: Any, options: Sequence[Json] = ()) -> Json:
    """The state value after a person entered `given`; `options` are those that a search found.

    Choices are named by their visible text. None clears the field.

    Raises:
        AssertionError: where Slack's client would not let a person enter this.
    """
    key, several = KEPT[field.kind]
    if given is None:
        return blank_value(field.kind)
    each_value = _reader(field, options)
    values = list(given) if several and not isinstance(given, str) else [given]
    read = [each_value(value) for value in values]
    most = field.element.get("max_selected_items", len(read))
    assert len(read) <= most, f"{field.label!r} takes at most {most} choices"
    return {"type": field.kind, key: read if several else read[0]}


def _reader(field: Input, options: Sequence[Json]) -> Callable[[Any], Any]:
    if KEPT[field.kind][0].startswith("selected_option"):
        offered = list(options) or offered_options(field.element)
        return lambda value: _option(field, offered, value)
    if field.kind in TYPED:
        return lambda value: _typed(field, str(value))
    return lambda value: value


def _option(field: Input, offered: Sequence[Json], wanted: Any) -> Json:
    for each in offered:
        if each["text"]["text"] == wanted:
            return {key: each[key] for key in ("text", "value") if key in each}
    shown = [each["text"]["text"] for each in offered]
    raise AssertionError(f"{field.label!r} offers {shown}, not {wanted!r}")


# What the client's widget cannot hold: a date picker gives dates, a text box stops at its length.
TYPED = {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "datepicker",
    "timepicker",
}


def _typed(field: Input, text: str) -> str:
    pattern = {"datepicker": DATE, "timepicker": TIME}.get(field.kind)
    if pattern:
        assert re.fullmatch(pattern, text), f"{field.label!r} cannot hold {text!r}"
    most = field.element.get("max_length", 3000)
    assert len(text) <= most, f"{field.label!r} stops at {most} characters"
    return text


def complaints(blocks: Sequence[Json], state: State) -> dict[str, str]:
    """What the client asks a person to correct before it sends the form, by block_id."""
    found: dict[str, str] = {}
    for each in inputs(blocks):
        if each.block.get("type") == "input":
            value = state.get(each.block_id, {}).get(each.action_id) or blank_value(each.kind)
            said = _complaint(each, value[KEPT[each.kind][0]])
            if said:
                found[each.block_id] = said
    return found


def _complaint(field: Input, value: Any) -> str | None:
    if value in (None, "", []):
        return None if field.block.get("optional") else REQUIRED
    if field.kind == "number_input":
        return _number(field.element, value)
    pattern = {"email_text_input": EMAIL, "url_text_input": URL}.get(field.kind)
    if pattern and not re.fullmatch(pattern, value):
        return "Please enter a valid value."
    least = field.element.get("min_length", 0)
    if field.kind == "plain_text_input" and len(value) < least:
        return f"Please enter at least {least} characters."
    return None


def _number(element: Mapping[str, Any], value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number of at least {least}."
    if most is not None and float(value) > float(most):
        return f"Please enter a number of at most {most}."
    return None
