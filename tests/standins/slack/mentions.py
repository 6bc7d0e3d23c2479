"""Text as a person types it, as Slack stores it, and as a person reads it.

Knows Slack's three escapes, its links and mentions, and how to tell that somebody's own
`<!channel>` came back unescaped.
"""

import re
from collections.abc import Iterable, Mapping

CONTROL = re.compile(r"<(?:[!@#][^<>\s]+|(?:https?|mailto|tel):[^<>\s]+(?:\|[^<>]*)?)>")
MARKS = re.compile(r"(?<![\w*_~`])([*_~`])(?!\s)([^\n]*?\S)\1(?![\w*_~`])")
ADDRESS = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)])"
    r"|(?<![\w@.])(?P<site>(?:[a-z0-9-]+\.)+(?:com|de|org|net|eu|io)(?:/[^\s<>]*[^\s<>.,;:!?)])?)\b"
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_sent(text: str, handles: Mapping[str, str]) -> str:
    """What a message event says for typed `text`: escaped, addresses linked, @handles resolved."""
    linked = ADDRESS.sub(_linked, escaped(text))
    for handle in sorted(handles, key=len, reverse=True):
        linked = re.sub(rf"(?<!\w)@{re.escape(handle)}\b", f"<@{handles[handle]}>", linked)
    return linked


def _linked(found: re.Match[str]) -> str:
    whole = found.group()
    if found["mail"]:
        return f"<mailto:{whole}|{whole}>"
    if found["url"]:
        return f"<{whole}>"
    return f"<http://{whole}|{whole}>"


def as_read(text: str, names: Mapping[str, str]) -> str:
    """What a person reads of stored `text`; `names` gives users and channels by id."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found.group()[1:-1].partition("|")
        if target.startswith("!date"):
            return label
        if target[0] in "@#":
            return target[0] + names.get(target[1:], label or target[1:])
        return label or (f"@{target[1:]}" if target[0] == "!" else target)

    return unescaped(re.sub(r"<[^<>\n]+>", shown, _bare(text)))


def _bare(text: str) -> str:
    """Text without the marks of bold, italic, struck-out and code, nested ones too."""
    bare = MARKS.sub(r"\2", text)
    return bare if bare == text else _bare(bare)


def controls(text: str) -> list[str]:
    """The control sequences in `text`: mentions, broadcasts, links."""
    return [found.group() for found in CONTROL.finditer(text)]


def unescaped_controls(outgoing: Iterable[str], typed: Iterable[str]) -> list[str]:
    """Control sequences that `outgoing` texts contain and that a person had `typed`."""
    by_hand = {each for text in typed for each in controls(text)}
    return sorted({each for text in outgoing for each in controls(text)} & by_hand)
