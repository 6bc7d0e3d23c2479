"""Whether Slack would take these blocks or this view, and if not, what it would say.

Three judges: the shapes of `block_shapes`, rules that span several blocks (unique ids, a submit
button where there is an input), and slack_sdk's own models as a second opinion.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slackblocks import _limits as limit

from .block_rules import Bool, ListOf, Problem, Problems, Shape, Str, plain
from .block_shapes import BLOCKS
from .refusal import Refusal

VIEW_BYTES = 250_000
ALL_TEXT = 13_200  # the sum of all texts at which msg_blocks_too_long was observed
MODAL_ONLY_INPUTS = {"file_input"}
# Real blocks that the table of shapes leaves to slack_sdk.
SDK_ONLY = {
    "alert",
    "call",
    "card",
    "carousel",
    "container",
    "context_actions",
    "file",
    "plan",
    "table",
    "task_card",
    "video",
}


def check_message(blocks: Any) -> None:
    """Judge the blocks of a message.

    Raises:
        Refusal: invalid_blocks_format, invalid_blocks or msg_blocks_too_long.
    """
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    found = list(message_problems(blocks))
    if found:
        raise _refusal("invalid_blocks", found)
    if sum(map(len, texts(blocks))) > ALL_TEXT:
        raise Refusal("msg_blocks_too_long")


def message_problems(blocks: Sequence[Any]) -> Problems:
    if len(blocks) > limit.MESSAGE_BLOCKS_MAX_ITEMS:
        yield Problem("/blocks", f"no more than {limit.MESSAGE_BLOCKS_MAX_ITEMS} items allowed")
    yield from _blocks(blocks, "/blocks")
    for number, block in enumerate(blocks):
        if _input_kind(block) in MODAL_ONLY_INPUTS:
            at = f"/blocks/{number}/element/type"
            yield Problem(at, f"unsupported type: {_input_kind(block)}")


MODAL = Shape(
    {"title": plain(limit.VIEW_TITLE_MAX_LENGTH), "blocks": ListOf(Shape(), 10**6, 0)},
    {
        "close": plain(limit.VIEW_CLOSE_MAX_LENGTH),
        "submit": plain(limit.VIEW_SUBMIT_MAX_LENGTH),
        "private_metadata": Str(limit.VIEW_PRIVATE_METADATA_MAX_LENGTH, 0),
        "callback_id": Str(limit.VIEW_CALLBACK_ID_MAX_LENGTH, 0),
        "external_id": Str(limit.VIEW_EXTERNAL_ID_MAX_LENGTH, 0),
        "clear_on_close": Bool(),
        "notify_on_close": Bool(),
    },
)
HOME = Shape(
    {"blocks": MODAL.required["blocks"]},
    {name: MODAL.optional[name] for name in ("private_metadata", "callback_id", "external_id")},
)


def check_view(view: Any, kind: str) -> None:
    """Judge a view of `kind` "modal" or "home".

    Raises:
        Refusal: invalid_arguments or view_too_large.
    """
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    if len(json.dumps(view)) > VIEW_BYTES:
        raise Refusal("view_too_large")
    found = list(view_problems(view, kind))
    if found:
        raise _refusal("invalid_arguments", found)


def view_problems(view: Mapping[str, Any], kind: str) -> Problems:
    if "type" not in view:
        yield Problem("/view", "missing required field: type")
        return
    if view["type"] != kind:
        yield Problem("/view/type", f"must be a valid enum value: {kind}")
        return
    keys = (MODAL if kind == "modal" else HOME).problems({**view, "blocks": []}, "/view")
    yield from (each for each in keys if each.pointer != "/view/blocks")
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        yield _no_blocks(view)
        return
    if len(blocks) > limit.VIEW_BLOCKS_MAX_ITEMS:
        yield Problem("/view/blocks", f"no more than {limit.VIEW_BLOCKS_MAX_ITEMS} items allowed")
    yield from _blocks(blocks, "/view/blocks")
    yield from _whole_view(view, blocks)


def _no_blocks(view: Mapping[str, Any]) -> Problem:
    if "blocks" in view:
        return Problem("/view/blocks", "must provide an array")
    return Problem("/view", "missing required field: blocks")


def _whole_view(view: Mapping[str, Any], blocks: Sequence[Any]) -> Problems:
    asks = any(_input_kind(block) for block in blocks)
    if asks and view["type"] == "modal" and not view.get("submit"):
        yield Problem("/view", "missing required field: submit (the view has input blocks)")
    focused = [each for each in elements(blocks) if each.get("focus_on_load")]
    if len(focused) > 1:
        yield Problem("/view", "only one element may have focus_on_load")


def _blocks(blocks: Sequence[Any], at: str) -> Problems:
    for number, block in enumerate(blocks):
        yield from _block(block, f"{at}/{number}")
    yield from _repeated(blocks, at, "block_id")
    for number, block in enumerate(blocks):
        inside = elements([block])
        yield from _repeated(inside, f"{at}/{number}/elements", "action_id")


def _block(block: Any, at: str) -> Problems:
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in BLOCKS and kind not in SDK_ONLY:
        yield Problem(f"{at}/type", f"unsupported type: {kind}")
        return
    found = list(BLOCKS[kind].problems(block, at)) if kind in BLOCKS else []
    yield from found or _second_opinion(block, at)


def _second_opinion(block: Mapping[str, Any], at: str) -> Problems:
    try:
        parsed = Block.parse(dict(block))
        assert parsed is not None, f"slack_sdk does not know {block['type']}"
        parsed.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError) as refused:
        yield Problem(at, f"failed to match all allowed schemas: {refused}")


def _repeated(things: Sequence[Any], at: str, key: str) -> Problems:
    seen: set[str] = set()
    for number, each in enumerate(things):
        name = each.get(key) if isinstance(each, dict) else None
        if name in seen:
            yield Problem(f"{at}/{number}/{key}", f"`{key}` already exists: {name}")
        if isinstance(name, str):
            seen.add(name)


def _refusal(error: str, found: Sequence[Problem]) -> Refusal:
    said = [str(each) for each in found]
    messages = [f"[ERROR] {each}" for each in said]
    if error == "invalid_arguments":
        messages.insert(0, "[ERROR] failed to match all allowed schemas [json-pointer:/view]")
    return Refusal(error, messages, **({"errors": said} if error == "invalid_blocks" else {}))


def _input_kind(block: Any) -> str | None:
    is_input = isinstance(block, dict) and block.get("type") == "input"
    element = block.get("element") if is_input else None
    return element.get("type") if isinstance(element, dict) else None


def elements(blocks: Sequence[Any]) -> list[dict[str, Any]]:
    """The interactive elements of these blocks, in the order a person sees them."""
    return [element for _, element in placed_elements(blocks)]


def placed_elements(blocks: Sequence[Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each interactive element with the block it stands in."""
    return [(b, e) for b in blocks if isinstance(b, dict) for e in _inside(b)]


def _inside(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    if block.get("type") == "context":
        return []
    inside = [block.get("accessory"), block.get("element")]
    found = [*inside, *(block.get("elements") or [])]
    return [e for e in found if isinstance(e, dict) and e.get("type") not in PASSIVE]


PASSIVE = {
    "image",
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
}


def texts(value: Any) -> Iterator[str]:
    """Every text a person would read in these blocks, in order."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            if isinstance(each, (dict, list)):
                yield from texts(each)
