"""Blocks as Slack stores them: complete with the ids that the app left out.

Also which of their texts Slack reads as markup.
"""

import copy
from collections.abc import Iterator
from typing import Any

from .blocks import elements
from .identifiers import block_id

Json = dict[str, Any]


def completed(blocks: list[Json]) -> list[Json]:
    """A copy in which every block has a block_id and every interactive element an action_id."""
    stored = copy.deepcopy(blocks)
    for block in stored:
        block.setdefault("block_id", block_id())
    for element in elements(stored):
        element.setdefault("action_id", block_id())
    return stored


def shown_files(blocks: list[Json]) -> Iterator[tuple[int, str]]:
    """Each image block that shows an uploaded file: its number, and the file's id."""
    for number, block in enumerate(blocks):
        if block["type"] == "image" and "slack_file" in block:
            yield number, block["slack_file"].get("id", "")


def marked_up(value: Any) -> Iterator[str]:
    """The texts in `value` in which Slack acts on `<!channel>`, links and mentions."""
    if isinstance(value, list):
        for each in value:
            yield from marked_up(each)
    elif isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "markdown"} and isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            yield from marked_up(each)
