"""Slack's text notation, both ways: what we may send, and what a person really typed.

Slack writes an address that somebody typed as a link and a colleague as an id; answers are read
from what was typed, so that is taken apart again here.
"""

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_MARKED = re.compile(r"<([^<>\n]+)>")


def clean(text: str) -> str:
    """Drop control characters, halves of an emoji, and what turns the reading direction.

    The last are how a name poses as another.
    """
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


_FORMATS = re.compile(r"[*_~`]|^\s*>|:[\w+'-]+:", re.MULTILINE)


def formats(text: str) -> bool:
    """Tell whether Slack could make bold, a quotation or an emoji of it, which nothing escapes."""
    return _FORMATS.search(text) is not None


def escape(text: str) -> str:
    """Make text that is shown as it is: it can neither mention anybody nor link anywhere."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str) -> str:
    """Return what a person typed: Slack made `<mailto:a@b.de|a@b.de>` of `a@b.de`."""
    return kept(unescape(_MARKED.sub(_as_typed, text)))


def kept(text: str) -> str:
    """The text with a mark for what no store takes: NUL and half an emoji."""
    return _UNFIT.sub("\ufffd", text)


def _as_typed(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target.removeprefix("mailto:").removeprefix("tel:")
