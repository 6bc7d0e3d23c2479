"""The sizes Slack publishes, and how a text is made to fit. Knows nothing of what is shown."""

import re

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 12_000
"""All texts of a message together; Slack's own limit is unpublished, seen at about 13,200."""
FALLBACK = 3000
SECTION = 3000
FIELD = 2000
FIELDS = 10
HEADER = 150
ALT = 2000
"""Of a picture: what whoever can't see it is told."""
CONTEXT = 2000
BUTTON = 75
ROW = 5
"""Buttons side by side; Slack takes 25, more than five wrap anyhow."""
ACTIONS = 25
OPTION = 75
OPTION_VALUE = 150
OPTIONS = 100
TICKS = 10
"""Radio buttons or checkboxes of one input."""
PLACEHOLDER = 150
LABEL = 2000
INPUT = 3000
TITLE = 24
URL = 2900
"""Leaves room for the link's text within a section."""

_BROKEN_END = re.compile(r"(?:&[a-z]{0,3}|<[^<>]*)…$")


def cut(text: str, most: int) -> str:
    """Shorten to `most` characters, the last being "…" where something is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def cut_at_word(text: str, most: int) -> str:
    """Shorten at the end of a word where one is not too far off."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    at_word = short.rpartition(" ")[0] if " " in short[most // 2 :] else short
    return at_word.rstrip(" ·,-") + "…"


def cut_mrkdwn(text: str, most: int) -> str:
    """Shorten without leaving half an escape or half a link at the end."""
    return text if len(text) <= most else _BROKEN_END.sub("…", cut(text, most))
