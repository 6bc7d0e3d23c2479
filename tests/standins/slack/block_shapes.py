"""What each block and each element of Block Kit looks like, and how much fits in.

The numbers are those of `slackblocks` (generated from its registry of limits). Blocks that are not
in this table (cards, plans, tables …) are judged by slack_sdk's models alone.
"""

from collections.abc import Mapping
from typing import Any

from slackblocks import _limits as limit

from .block_rules import (
    Anything,
    Bool,
    ListOf,
    OneOf,
    Problem,
    Problems,
    Rule,
    Shape,
    Str,
    Text,
    Typed,
    Whole,
    plain,
)

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
STYLE = OneOf(("primary", "danger"))
PLACEHOLDER = plain(limit.SELECT_PLACEHOLDER_MAX_LENGTH)


def _option(kinds: tuple[str, ...]) -> Shape:
    return Shape(
        {
            "text": Text(limit.OPTION_TEXT_MAX_LENGTH, kinds),
            "value": Str(limit.OPTION_VALUE_MAX_LENGTH),
        },
        {
            "description": Text(limit.OPTION_DESCRIPTION_MAX_LENGTH, kinds),
            "url": Str(limit.OPTION_URL_MAX_LENGTH),
        },
    )


PLAIN_OPTION = _option(("plain_text",))
RICH_OPTION = _option(("plain_text", "mrkdwn"))
OPTION_GROUP = Shape(
    {
        "label": plain(limit.OPTION_GROUP_LABEL_MAX_LENGTH),
        "options": ListOf(PLAIN_OPTION, limit.OPTION_GROUP_OPTIONS_MAX_ITEMS),
    }
)
CONFIRM = Shape(
    {
        "title": plain(limit.CONFIRMATION_TITLE_MAX_LENGTH),
        "text": Text(limit.CONFIRMATION_TEXT_MAX_LENGTH),
        "confirm": plain(limit.CONFIRMATION_CONFIRM_MAX_LENGTH),
        "deny": plain(limit.CONFIRMATION_DENY_MAX_LENGTH),
    },
    {"style": STYLE},
)


def _select(**more: Rule) -> dict[str, Rule]:
    return {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": Bool(), **more}


def _choices(value: Mapping[str, Any], at: str) -> Problems:
    if ("options" in value) == ("option_groups" in value):
        yield Problem(at, "exactly one of `options` and `option_groups` must be provided")
        return
    offered = offered_options(value)
    values = [each.get("value") for each in offered if isinstance(each, dict)]
    if len(values) != len(set(map(str, values))):
        yield Problem(at, "option values must be unique")
    yield from _initial(value, offered, at)


def _initial(value: Mapping[str, Any], offered: list[Any], at: str) -> Problems:
    chosen = list(value.get("initial_options") or [])
    if "initial_option" in value:
        chosen.append(value["initial_option"])
    for each in chosen:
        if each not in offered:
            yield Problem(at, "initial option must exactly match one of the provided options")


def offered_options(element: Mapping[str, Any]) -> list[Any]:
    """All options of a select, radio, checkboxes or overflow element, groups flattened."""
    groups = element.get("option_groups") or []
    grouped = [each for group in groups for each in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]


def _static(**more: Rule) -> dict[str, Rule]:
    return _select(
        options=ListOf(PLAIN_OPTION, limit.SELECT_OPTIONS_MAX_ITEMS),
        option_groups=ListOf(OPTION_GROUP, limit.SELECT_OPTION_GROUPS_MAX_ITEMS),
        **more,
    )


ACTION_ID = {"action_id": Str(limit.ACTION_ID_MAX_LENGTH)}
SEVERAL = {"max_selected_items": Whole(limit.MULTI_SELECT_MAX_SELECTED_ITEMS_MIN, 100)}
IDS = ListOf(Str(255), 100, 0)
SEARCH = {"min_query_length": Whole(limit.SELECT_MIN_QUERY_LENGTH_MIN, 1000)}
DISPATCH = Shape(
    {}, {"trigger_actions_on": ListOf(OneOf(("on_enter_pressed", "on_character_entered")), 2)}
)
TYPED_INPUT: dict[str, Rule] = {
    "initial_value": Str(3000, 0),
    "placeholder": plain(limit.PLAIN_TEXT_INPUT_PLACEHOLDER_MAX_LENGTH),
    "dispatch_action_config": DISPATCH,
    "focus_on_load": Bool(),
}


def _lengths(value: Mapping[str, Any], at: str) -> Problems:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield Problem(at, "min_length must not be greater than max_length")


def _element(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    extra: Any = None,
) -> Shape:
    both = {**ACTION_ID, **(optional or {})}
    return Shape(required or {}, both, extra) if extra else Shape(required or {}, both)


BUTTON = _element(
    {"text": plain(limit.BUTTON_TEXT_MAX_LENGTH)},
    {
        "url": Str(limit.BUTTON_URL_MAX_LENGTH),
        "value": Str(limit.BUTTON_VALUE_MAX_LENGTH, 0),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": Str(limit.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH),
    },
)
OVERFLOW = _element(
    {"options": ListOf(PLAIN_OPTION, limit.OVERFLOW_OPTIONS_MAX_ITEMS)}, {"confirm": CONFIRM}
)
IMAGE_KEYS: dict[str, Rule] = {"image_url": Str(limit.IMAGE_IMAGE_URL_MAX_LENGTH)}
IMAGE_KEYS["slack_file"] = Shape({}, {"id": Str(255), "url": Str(3000)})


def _one_picture(value: Mapping[str, Any], at: str) -> Problems:
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem(at, "exactly one of `image_url` and `slack_file` must be provided")


IMAGE_ELEMENT = Shape({"alt_text": Str(2000)}, IMAGE_KEYS, _one_picture)
MENUS: dict[str, Shape] = {
    "static_select": _element({}, _static(initial_option=PLAIN_OPTION), _choices),
    "multi_static_select": _element(
        {}, _static(initial_options=ListOf(PLAIN_OPTION, 100), **SEVERAL), _choices
    ),
    "external_select": _element({}, _select(initial_option=PLAIN_OPTION, **SEARCH)),
    "multi_external_select": _element(
        {}, _select(initial_options=ListOf(PLAIN_OPTION, 100), **SEARCH, **SEVERAL)
    ),
    "users_select": _element({}, _select(initial_user=Str(255))),
    "multi_users_select": _element({}, _select(initial_users=IDS, **SEVERAL)),
    "conversations_select": _element(
        {},
        _select(
            initial_conversation=Str(255),
            default_to_current_conversation=Bool(),
            response_url_enabled=Bool(),
            filter=Anything(),
        ),
    ),
    "multi_conversations_select": _element(
        {},
        _select(
            initial_conversations=IDS,
            default_to_current_conversation=Bool(),
            filter=Anything(),
            **SEVERAL,
        ),
    ),
    "channels_select": _element({}, _select(initial_channel=Str(255), response_url_enabled=Bool())),
    "multi_channels_select": _element({}, _select(initial_channels=IDS, **SEVERAL)),
}
PICKERS: dict[str, Shape] = {
    "checkboxes": _element(
        {"options": ListOf(RICH_OPTION, limit.CHECKBOXES_OPTIONS_MAX_ITEMS)},
        {
            "initial_options": ListOf(RICH_OPTION, 10),
            "confirm": CONFIRM,
            "focus_on_load": Bool(),
        },
        _choices,
    ),
    "radio_buttons": _element(
        {"options": ListOf(RICH_OPTION, limit.RADIO_BUTTONS_OPTIONS_MAX_ITEMS)},
        {"initial_option": RICH_OPTION, "confirm": CONFIRM, "focus_on_load": Bool()},
        _choices,
    ),
    "datepicker": _element({}, _select(initial_date=Str(10, pattern=DATE))),
    "timepicker": _element({}, _select(initial_time=Str(5, pattern=TIME), timezone=Str(255))),
    "datetimepicker": _element(
        {},
        {
            "initial_date_time": Whole(1_000_000_000, 9_999_999_999),
            "confirm": CONFIRM,
            "focus_on_load": Bool(),
        },
    ),
}
WRITTEN: dict[str, Shape] = {
    "plain_text_input": _element(
        {},
        {
            **TYPED_INPUT,
            "multiline": Bool(),
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
        },
        _lengths,
    ),
    "email_text_input": _element({}, TYPED_INPUT),
    "url_text_input": _element({}, TYPED_INPUT),
    "number_input": _element(
        {"is_decimal_allowed": Bool()},
        {**TYPED_INPUT, "min_value": Str(100), "max_value": Str(100)},
    ),
    "rich_text_input": _element({}, {**TYPED_INPUT, "initial_value": Anything()}),
    "file_input": _element({}, {"filetypes": ListOf(Str(50), 50), "max_files": Whole(1, 10)}),
}
BUTTONS: dict[str, Shape] = {"button": BUTTON, "overflow": OVERFLOW}
BUTTONS["workflow_button"] = Shape({"text": plain(75), "workflow": Anything()}, {"style": STYLE})
ACCESSORIES = {**BUTTONS, **MENUS, **PICKERS, "image": IMAGE_ELEMENT}
ACCESSORIES.pop("datetimepicker")
ACTIONS = {**BUTTONS, **MENUS, **PICKERS}
INPUTS = {**MENUS, **PICKERS, **WRITTEN}
CONTEXT = {
    "image": IMAGE_ELEMENT,
    "mrkdwn": Shape({"text": Str(limit.TEXT_MAX_LENGTH)}, {"verbatim": Bool()}),
    "plain_text": Shape({"text": Str(limit.TEXT_MAX_LENGTH)}, {"emoji": Bool()}),
}


def _text_or_fields(value: Mapping[str, Any], at: str) -> Problems:
    if "text" not in value and "fields" not in value:
        yield Problem(at, "missing required field: text or fields")


BLOCK_ID: dict[str, Rule] = {"block_id": Str(limit.BLOCK_ID_MAX_LENGTH)}
BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {},
        {
            **BLOCK_ID,
            "text": Text(limit.SECTION_TEXT_MAX_LENGTH),
            "fields": ListOf(
                Text(limit.SECTION_FIELDS_ITEM_MAX_LENGTH), limit.SECTION_FIELDS_MAX_ITEMS
            ),
            "accessory": Typed(lambda: ACCESSORIES),
            "expand": Bool(),
        },
        _text_or_fields,
    ),
    "header": Shape({"text": plain(limit.HEADER_TEXT_MAX_LENGTH)}, BLOCK_ID),
    "divider": Shape({}, BLOCK_ID),
    "image": Shape(
        {"alt_text": Str(limit.IMAGE_ALT_TEXT_MAX_LENGTH)},
        {**BLOCK_ID, **IMAGE_KEYS, "title": plain(limit.IMAGE_TITLE_MAX_LENGTH)},
        _one_picture,
    ),
    "context": Shape(
        {"elements": ListOf(Typed(lambda: CONTEXT), limit.CONTEXT_ELEMENTS_MAX_ITEMS)}, BLOCK_ID
    ),
    "actions": Shape(
        {"elements": ListOf(Typed(lambda: ACTIONS), limit.ACTIONS_ELEMENTS_MAX_ITEMS)}, BLOCK_ID
    ),
    "input": Shape(
        {"label": plain(limit.INPUT_LABEL_MAX_LENGTH), "element": Typed(lambda: INPUTS)},
        {
            **BLOCK_ID,
            "hint": plain(limit.INPUT_HINT_MAX_LENGTH),
            "optional": Bool(),
            "dispatch_action": Bool(),
        },
    ),
    "markdown": Shape({"text": Str(limit.MARKDOWN_TEXT_MAX_LENGTH)}, BLOCK_ID),
    "rich_text": Shape({"elements": ListOf(Anything(), 1000, 0)}, BLOCK_ID),
}
