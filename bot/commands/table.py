"""Rows as a plain table for a terminal, and text that can do nothing to one."""

import re
from collections.abc import Sequence

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What moves the cursor, changes colours, ends a line or turns the reading direction."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay the rows out in columns as wide as their widest cell; each row is one line."""
    lines = [list(heads), *[[inert(cell) for cell in row] for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    laid = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join(laid)


def inert(text: str) -> str:
    """The text on one line; what a terminal would act on is written out, as in Python."""
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def inert_lines(text: str) -> str:
    """The same for a text whose line breaks are ours."""
    return "\n".join(map(inert, text.split("\n")))
