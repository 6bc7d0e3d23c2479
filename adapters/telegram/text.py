"""Plain text as Telegram's HTML, within Telegram's length; knows nothing of dialogues.

Lengths are counted as Telegram does, in UTF-16 units of what is left after the tags are read.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from telegram.constants import MessageLimit

ELLIPSIS = "…"
_MOST = int(MessageLimit.MAX_TEXT_LENGTH)
_MOST_TAGS = 90  # Telegram drops entities beyond 100 without a word; links it finds count too
_CAPS = (3800, 3000, 2000, 1000, 500, 250, 120, 60)  # characters a single piece may have

# Controls, lone surrogates and the marks that reverse the direction of what follows: the first
# two can't be sent, the last let a name pose as another.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_TAG = re.compile("<[^>]*>")
# What Telegram would make pressable by itself: a name that is called, a command that is sent.
_CALLING = re.compile(r"(?<![\w.@])@(?=[A-Za-z])|(?<![\w/<>@])/(?=[A-Za-z0-9_])")
_JOINER = "\u2060"  # shows nothing, and no name or command begins with it
# A bare host, such as localhost, is none to Telegram.
_WEB = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)")


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes pieces of a message; none is longer than `cap` characters, longer ones end in "…"."""

    cap: int | None = None

    def plain(self, text: str) -> str:
        """Escape it. Nothing comes of what nobody could see."""
        fit = _fit(text)
        if not _VISIBLE.search(fit):
            return ""
        return escape(_calm(fit if self.cap is None else cut(fit, self.cap)))

    def bold(self, text: str) -> str:
        return f"<b>{piece}</b>" if (piece := self.plain(text)) else ""

    def italic(self, text: str) -> str:
        return f"<i>{piece}</i>" if (piece := self.plain(text)) else ""

    def link(self, text: str, url: str) -> str:
        """Write a link; an address that Telegram makes no link of is shown instead."""
        piece = self.plain(text)
        if piece and _WEB.match(url):
            return f'<a href="{html.escape(_fit(url))}">{piece}</a>'
        return ": ".join(filter(None, (piece, self.plain(url))))


@dataclass(slots=True)
class Page:
    """Lines of a message. Where even short pieces don't fit, the end of `body` is left out."""

    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _calm(text: str) -> str:
    """Return it unable to call anybody in a group, or to offer a command to press."""
    return _CALLING.sub(rf"\g<0>{_JOINER}", text)


def clean(text: str) -> str:
    """Return it without what can't be sent or would deceive, on one line."""
    return " ".join(_fit(text).split())


def _fit(text: str) -> str:
    return text if text.isprintable() else _UNFIT.sub("", text)


def cut(text: str, most: int) -> str:
    """Shorten to `most` characters, at a word's end where one is near."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    at_word = short[: short.rfind(" ")] if " " in short[most * 4 // 5 :] else short
    return at_word.rstrip() + ELLIPSIS


def units(markup: str) -> int:
    """Count the UTF-16 units that Telegram counts of this HTML."""
    return len(html.unescape(_TAG.sub("", markup)).encode("utf-16-le")) // 2


def fitted(write: Callable[[Pen], Page], most: int = _MOST) -> str:
    """Write the page so that it fits into `most` units, in full where that is possible."""
    page = write(Pen())
    whole = _joined(page)
    if len(whole) <= most // 2:  # one character is at most two units, and tags only shrink
        return whole or ELLIPSIS
    for cap in _CAPS:
        if units(whole) <= most:
            return whole
        page = write(Pen(cap))
        whole = _joined(page)
    return whole if units(whole) <= most else _joined(_shortened(page, most))


def block(*lines: str) -> list[str]:
    """Return the lines that say something, with an empty one before the first."""
    said = [line for line in lines if line]
    return ["", *said] if said else []


def _joined(page: Page) -> str:
    whole = "\n".join((*page.head, *page.body, *page.tail)).strip()
    if whole.count("</") <= _MOST_TAGS:
        return whole
    bare = (_TAG.sub("", line) for line in page.body)
    return "\n".join((*page.head, *bare, *page.tail)).strip()


def _shortened(page: Page, most: int) -> Page:
    """Drop lines from the end of the body."""
    room = most - _height((*page.head, ELLIPSIS, *page.tail))
    heights = accumulate(_height((line,)) for line in page.body)
    kept = [line for line, height in zip(page.body, heights, strict=True) if height <= room]
    return Page(page.head, [*kept, ELLIPSIS], page.tail)


def _height(lines: Iterable[str]) -> int:
    return sum(units(line) + 1 for line in lines)
