"""Block Kit as plain text: what a person reads, line by line, buttons in brackets.

Knows blocks, not where they stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .block_shapes import offered_options
from .blocks import placed_elements
from .entering import KEPT, Input
from .mentions import as_read
from .workspace import State

Json = dict[str, Any]
Names = Mapping[str, str]


def lines(blocks: Sequence[Json], names: Names, state: State) -> Iterator[str]:
    """The blocks as lines; `names` gives users and channels by id, `state` what was entered."""
    for block in blocks:
        yield from BLOCKS.get(block["type"], _unknown)(block, names, state)


def text(value: Json | None, names: Names) -> str:
    """A text object as read."""
    if not value:
        return ""
    return as_read(value["text"], names) if value["type"] == "mrkdwn" else value["text"]


def buttons(blocks: Sequence[Json]) -> list[Input]:
    """Everything a person can press, overflow options aside."""
    placed = [Input(block, element) for block, element in placed_elements(blocks)]
    return [each for each in placed if each.kind in {"button", "workflow_button"}]


def _section(block: Json, names: Names, state: State) -> Iterator[str]:
    if "text" in block:
        yield text(block["text"], names)
    for each in block.get("fields", []):
        yield text(each, names)
    if "accessory" in block:
        yield from _element(block, block["accessory"], state)


def _header(block: Json, names: Names, state: State) -> Iterator[str]:
    yield block["text"]["text"]


def _divider(block: Json, names: Names, state: State) -> Iterator[str]:
    yield "---"


def _image(block: Json, names: Names, state: State) -> Iterator[str]:
    yield f"[image: {block['alt_text']}]"


def _context(block: Json, names: Names, state: State) -> Iterator[str]:
    shown = [e.get("alt_text") or text(e, names) for e in block["elements"]]
    yield " ".join(shown)


def _actions(block: Json, names: Names, state: State) -> Iterator[str]:
    shown = [each for e in block["elements"] for each in _element(block, e, state)]
    yield " ".join(shown)


def _input(block: Json, names: Names, state: State) -> Iterator[str]:
    mark = " (optional)" if block.get("optional") else ""
    entry = " ".join(_element(block, block["element"], state))
    yield f"{block['label']['text']}{mark}: {entry}"
    if "hint" in block:
        yield block["hint"]["text"]


def _markdown(block: Json, names: Names, state: State) -> Iterator[str]:
    yield as_read(block["text"], names)


def _rich(block: Json, names: Names, state: State) -> Iterator[str]:
    yield "".join(_rich_texts(block["elements"]))


def _rich_texts(elements: Sequence[Json]) -> Iterator[str]:
    for each in elements:
        yield each.get("text", "") or each.get("url", "")
        yield from _rich_texts(each.get("elements", []))


def _unknown(block: Json, names: Names, state: State) -> Iterator[str]:
    yield f"[{block['type']}]"


Renderer = Callable[[Json, Names, State], Iterator[str]]
BLOCKS: dict[str, Renderer] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "image": _image,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich,
}


def _element(block: Json, element: Json, state: State) -> Iterator[str]:
    kind = element["type"]
    if kind in {"button", "workflow_button"}:
        yield f"[{element['text']['text']}]"
    elif kind == "image":
        yield f"[image: {element['alt_text']}]"
    elif kind == "overflow":
        yield f"[… {', '.join(o['text']['text'] for o in element['options'])}]"
    elif kind in KEPT:
        yield f"<{_entry(block, element, state)}>"


def _entry(block: Json, element: Json, state: State) -> str:
    entered = state.get(block["block_id"], {}).get(element["action_id"], {})
    value = entered.get(KEPT[element["type"]][0])
    if value in (None, "", []):
        return _offer(element)
    values = value if isinstance(value, list) else [value]
    return ", ".join(v["text"]["text"] if isinstance(v, dict) else str(v) for v in values)


def _offer(element: Json) -> str:
    placeholder = (element.get("placeholder") or {}).get("text", "")
    options = [o["text"]["text"] for o in offered_options(element)]
    return f"{placeholder}: {' / '.join(options)}" if options else placeholder
