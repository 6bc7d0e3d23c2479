"""A Show as a Telegram message: HTML and buttons. Pure; knows no bot and no chat.

HTML is made here by hand, escaped piece by piece; link previews are off (the sender's business).
"""

from dataclasses import dataclass
from functools import partial
from typing import assert_never

from telegram.constants import MessageLimit

from adapters.telegram.keyboard import Keyboard, keyboard, review_keyboard, verdict_keyboard
from adapters.telegram.text import Page, Pen, block, fitted
from dialogs.shows import Ask, Card, Link, Notice, Picture, Review, Section, Show

CAPTION = int(MessageLimit.CAPTION_LENGTH)
_TONES = {"info": "", "good": "✅ ", "warning": "⚠️ "}
_VERDICTS = {"open": "", "approved": "✅ ", "rejected": "❌ ", "withdrawn": "↩️ "}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What to send."""

    text: str
    """HTML in Telegram's few tags."""
    keyboard: Keyboard
    """Rows of inline buttons; empty for none."""


def render(show: Show) -> Rendered:
    """Return the message for it, within Telegram's limits whatever it holds."""
    match show:
        case Ask():
            buttons = keyboard(show.choices, show.controls)
            return Rendered(fitted(partial(_ask, show)), buttons)
        case Review():
            buttons = review_keyboard(show.rows, show.controls)
            return Rendered(fitted(partial(_review, show)), buttons)
        case Notice():
            return Rendered(fitted(partial(_notice, show)), keyboard(show.buttons))
        case Card():
            buttons = [] if show.verdict else verdict_keyboard(show.buttons)
            return Rendered(fitted(partial(_card, show)), buttons)
        case Picture():
            return render(show.told)
        case _:
            assert_never(show)


def caption(show: Picture) -> Rendered:
    """Return what stands below a photo, where there is less room than in a message."""
    write = partial(_notice, show.told)
    return Rendered(fitted(write, CAPTION), keyboard(show.buttons))


def _ask(show: Ask, pen: Pen) -> Page:
    return Page(
        head=_heading(show, _progress(show), pen),
        tail=[*block(pen.plain(show.prompt)), *block(pen.italic(show.hint))],
    )


def _review(show: Review, pen: Pen) -> Page:
    return Page(
        head=_heading(show, "", pen),
        body=block(*(_fact(row.label, row.value, pen) for row in show.rows)),
        tail=block(pen.plain(show.prompt)),
    )


def _notice(show: Notice, pen: Pen) -> Page:
    return Page(
        head=[_TONES[show.tone] + pen.plain(show.text)],
        body=block(*(_fact(row.label, row.value, pen) for row in show.rows)),
        tail=_link(show.link, pen),
    )


def _card(show: Card, pen: Pen) -> Page:
    sections = (line for section in show.sections for line in _section(section, pen))
    verdict = pen.bold(show.verdict)
    return Page(
        head=[pen.bold(show.title)],
        body=[*block(*(_fact(row.label, row.value, pen) for row in show.facts)), *sections],
        tail=[*block(verdict and _VERDICTS[show.tone] + verdict), *_link(show.link, pen)],
    )


def _heading(show: Ask | Review, progress: str, pen: Pen) -> list[str]:
    title, echo, refusal = pen.bold(show.title), pen.italic(show.echo), pen.plain(show.refusal)
    return [
        title + progress,
        *block(echo and f"✓ {echo}"),
        *block(refusal and f"⚠️ {refusal}"),
    ]


def _progress(show: Ask) -> str:
    return f" · {show.step}/{show.steps}" if show.steps else ""


def _fact(label: str, value: str, pen: Pen) -> str:
    name = pen.bold(label)
    return f"{name}: {pen.plain(value)}" if name else pen.plain(value)


def _section(section: Section, pen: Pen) -> list[str]:
    lines = (pen.plain(line) for line in section.lines)
    return block(pen.bold(section.heading), *(f"• {line}" for line in lines if line))


def _link(link: Link | None, pen: Pen) -> list[str]:
    return block(pen.link(link.text, link.url)) if link else []
