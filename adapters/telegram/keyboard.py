"""Buttons under a message: how many stand side by side on a phone, and Telegram's limits.

Rows are as the Bot API wants them; python-telegram-bot's button objects say the same and take
thirty times as long to make.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from telegram.constants import InlineKeyboardMarkupLimit

from adapters.telegram.text import ELLIPSIS, clean, cut
from dialogs.shows import Button, ReviewRow, Style

Key = dict[str, str]
Keyboard = list[list[Key]]

_MOST = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
_ABREAST = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
_LONGEST = 60  # characters; a phone shows about 35 of a button that stands alone
_EDIT_LONGEST = 14  # two of them fit side by side
_DIGITS = 3  # a scale's texts: so short that a whole row of them fits
_THREE_FIT = 10
_TWO_FIT = 16
_QUARTET = 4  # two and two look better than three and one

_STYLES: dict[Style, str] = {"primary": "primary", "danger": "danger"}
_VERDICT_STYLES: dict[Style, str] = {"primary": "success", "danger": "danger"}
_VERDICT_MARKS: dict[Style, str] = {"primary": "✅", "danger": "❌"}


def keyboard(choices: Sequence[Button], controls: Sequence[Button] = ()) -> Keyboard:
    """Lay out the choices and, in the last rows, the controls. Too many choices are cut off."""
    last = [_key(button) for button in _pressable(controls)][:_MOST]
    first = [_key(button) for button in _pressable(choices)][: _MOST - len(last)]
    return [*_rows(first), *_rows(last)]


def review_keyboard(rows: Sequence[ReviewRow], controls: Sequence[Button]) -> Keyboard:
    """Lay out one compact button for each answer, two a row, then the controls."""
    last = [_key(button) for button in _pressable(controls)][:_MOST]
    edits = [_edit(row) for row in rows if not row.edit.opens_form][: _MOST - len(last)]
    return [*_pairs(edits), *_rows(last)]


def verdict_keyboard(buttons: Sequence[Button]) -> Keyboard:
    """Lay out a decision: approve in green, reject in red."""
    return _rows([_verdict_key(button) for button in _pressable(buttons)][:_MOST])


def _pressable(buttons: Iterable[Button]) -> Iterable[Button]:
    return (button for button in buttons if not button.opens_form)


def _key(button: Button) -> Key:
    text = f"☑ {button.text}" if button.selected else button.text
    return _styled(text, button, _STYLES)


def _verdict_key(button: Button) -> Key:
    return _styled(_marked(button), button, _VERDICT_STYLES)


def _marked(button: Button) -> str:
    mark = _VERDICT_MARKS.get(button.style, "")
    return f"{mark} {button.text}" if mark and mark not in button.text else button.text


def _edit(row: ReviewRow) -> Key:
    return {
        "text": f"✏️ {cut(clean(row.label), _EDIT_LONGEST)}",
        "callback_data": row.edit.token,
    }


def _styled(text: str, button: Button, styles: dict[Style, str]) -> Key:
    key = {"text": cut(clean(text), _LONGEST) or ELLIPSIS, "callback_data": button.token}
    if style := styles.get(button.style):
        key["style"] = style
    return key


def _rows(keys: list[Key]) -> Keyboard:
    ends = accumulate(_lengths(tuple(len(key["text"]) for key in keys)), initial=0)
    return [keys[start:end] for start, end in pairwise(ends)]


@lru_cache(maxsize=1024)
def _lengths(widths: tuple[int, ...]) -> tuple[int, ...]:
    """How many buttons of these widths stand in each row."""
    if max(widths, default=0) <= _DIGITS:
        return _even(len(widths))
    most = 2 if len(widths) == _QUARTET else 3
    lengths, widest = [0], 0
    for width in widths:
        widest = max(widest, width)
        if lengths[-1] >= min(most, _abreast(widest)):
            lengths.append(0)
            widest = width
        lengths[-1] += 1
    return tuple(lengths)


def _even(count: int) -> tuple[int, ...]:
    """A scale: one row, or as few rows of about the same length as it takes."""
    rows = -(-count // _ABREAST)
    return tuple(len(range(row, count, rows)) for row in range(rows))


def _abreast(width: int) -> int:
    if width <= _THREE_FIT:
        return 3
    return 2 if width <= _TWO_FIT else 1


def _pairs(keys: list[Key]) -> Keyboard:
    return [keys[start : start + 2] for start in range(0, len(keys), 2)]
