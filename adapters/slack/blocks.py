"""Block Kit's parts, each made to fit. Knows sizes and escapes, not what a dialogue is.

Text from people is `plain` wherever Slack allows it; where bold or an emoji is wanted it is
`marked`, escaped and verbatim, so that Slack makes no link and no mention of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack import limits
from adapters.slack.mrkdwn import clean, escape, formats
from dialogs.shows import Button

Block = dict[str, Any]

PRESS, FORM, PICK, WORD = "press:", "form:", "pick:", "word:"
"""How an action id begins: a button, one that opens a form, a menu of buttons, a word to say."""


def plain(text: str, most: int) -> Block:
    shown = limits.cut(clean(text).strip(), most) or "…"
    return {"type": "plain_text", "text": shown, "emoji": False}


def marked(text: str, most: int) -> Block:
    """`text` is mrkdwn whose foreign parts are escaped already."""
    shown = limits.cut_mrkdwn(text.strip(), most) or "…"
    return {"type": "mrkdwn", "text": shown, "verbatim": True}


def bold(text: str) -> str:
    one_line = " ".join(escape(text).split())
    return f"*{one_line}*" if one_line else ""


@dataclass(frozen=True, slots=True)
class Ink:
    """A text both ways: as mrkdwn with foreign parts escaped, and as the letters it consists of."""

    mrkdwn: str
    bare: str
    foreign: str = ""
    """What people typed of it."""

    def __add__(self, other: "Ink") -> "Ink":
        """Write one after the other."""
        foreign = f"{self.foreign}\n{other.foreign}"
        return Ink(self.mrkdwn + other.mrkdwn, self.bare + other.bare, foreign)

    def shown(self, most: int) -> Block:
        """As mrkdwn, unless Slack would read marks of its own in what somebody typed."""
        return plain(self.bare, most) if formats(self.foreign) else marked(self.mrkdwn, most)


def typed(text: str) -> Ink:
    """Foreign text as it is."""
    return Ink(escape(text), clean(text), clean(text))


def strong(text: str) -> Ink:
    """Foreign text in bold."""
    one_line = " ".join(clean(text).split())
    return Ink(bold(text), one_line, one_line)


def mark(mrkdwn: str, bare: str | None = None) -> Ink:
    """A mark of our own: an emoji, a space, a line's end."""
    return Ink(mrkdwn, mrkdwn if bare is None else bare)


def header(text: str) -> Iterator[Block]:
    if clean(text).strip():
        yield {"type": "header", "text": plain(text, limits.HEADER)}


def section(text: str) -> Iterator[Block]:
    """Foreign text as it is."""
    if clean(text).strip():
        yield {"type": "section", "text": plain(text, limits.SECTION)}


def marked_section(text: str) -> Block:
    return {"type": "section", "text": marked(text, limits.SECTION)}


def ink_section(ink: Ink, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": ink.shown(limits.SECTION)}
    return {**block, "accessory": accessory} if accessory else block


def fields(texts: Sequence[Ink]) -> Iterator[Block]:
    """Two columns."""
    for start in range(0, len(texts), limits.FIELDS):
        part = texts[start : start + limits.FIELDS]
        yield {"type": "section", "fields": [text.shown(limits.FIELD) for text in part]}


def context(*texts: str) -> Iterator[Block]:
    """Small print: foreign texts as they are; the empty ones are left out."""
    elements = [plain(text, limits.CONTEXT) for text in texts if clean(text).strip()]
    if elements:
        yield {"type": "context", "elements": elements}


def button(shown: Button, place: str) -> Block:
    """`place` tells it from the message's other buttons; the token travels in `value`."""
    text = f"✓ {shown.text}" if shown.selected else shown.text
    block: Block = {
        "type": "button",
        "action_id": f"{FORM if shown.opens_form else PRESS}{place}",
        "text": plain(text, limits.BUTTON),
        "value": shown.token,
    }
    return block if shown.style == "plain" else {**block, "style": shown.style}


def rows(buttons: Sequence[Button], place: str, most: int = limits.MESSAGE_BLOCKS) -> list[Block]:
    """Buttons in rows of five; where that makes more than `most` rows, in fuller ones."""
    wide = limits.ROW if len(buttons) <= limits.ROW * most else limits.ACTIONS
    made = [button(each, f"{place}{number}") for number, each in enumerate(buttons)]
    starts = range(0, len(made), wide)
    return [{"type": "actions", "elements": made[at : at + wide]} for at in starts][:most]


def menu(buttons: Sequence[Button], place: str) -> Block:
    """Many buttons as one list to pick from; the option's value is the button's token."""
    once = {each.token: each for each in buttons}
    options = [option(_ticked(each), each.token) for each in once.values()][: limits.OPTIONS]
    picker = {
        "type": "static_select",
        "action_id": f"{PICK}{place}",
        "placeholder": plain("…", limits.PLACEHOLDER),
        "options": options,
    }
    return {"type": "actions", "elements": [picker]}


def option(text: str, value: str) -> Block:
    return {"text": plain(text, limits.OPTION), "value": value}


def _ticked(shown: Button) -> str:
    return f"✓ {shown.text}" if shown.selected else shown.text


def fit(blocks: list[Block], most: int = limits.MESSAGE_TEXT) -> list[Block]:
    """Shorten the longest texts, in place, until all together have at most `most` characters."""
    found = list(_texts(blocks))
    cap = _cap([len(each["text"]) for each in found], most)
    for each in found:
        shorten = limits.cut if each["type"] == "plain_text" else limits.cut_mrkdwn
        each["text"] = shorten(each["text"], cap)
    return blocks


def _texts(value: object) -> Iterator[Block]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value
        for each in value.values():
            yield from _texts(each)


def _cap(lengths: Sequence[int], most: int) -> int:
    """Return the greatest length that, as a cap of all, brings their sum to `most` or below."""
    left, waiting = most, sorted(lengths)
    for done, length in enumerate(waiting):
        share = left // (len(waiting) - done)
        if length > share:
            return share
        left -= length
    return most
