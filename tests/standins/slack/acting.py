"""Which methods of the Web API this stand-in carries out, and by which function.

An act gets the stand-in and the arguments as read; it answers what follows `"ok": true`, or raises
Refusal.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .refusal import Refusal

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]
Act = Callable[["SlackStandin", Json], Json]
ACTS: dict[str, Act] = {}


def acts(method: str) -> Callable[[Act], Act]:
    """Register a function as what `method` does."""

    def register(act: Act) -> Act:
        ACTS[method] = act
        return act

    return register


def decoded(given: Any, error: str) -> Any:
    """An argument that may come as JSON text or, in a JSON body, as it is."""
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        raise Refusal(error) from None


def page(items: list[Any], args: Json) -> tuple[list[Any], Json]:
    """The asked-for page of `items` and the metadata that points to the next one."""
    start = _start(args.get("cursor") or "")
    end = start + min(args.get("limit") or 100, 1000)
    following = f"next:{end}" if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    mark, _, number = cursor.partition(":")
    if mark != "next" or not number.isdigit():
        raise Refusal("invalid_cursor")
    return int(number)
