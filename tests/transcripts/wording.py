"""A show as lines of a transcript, whatever the channel: the golden form.

Marks in front of a line say what it is; `pieces` takes them off again, for a channel that has marks
of its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from dialogs.shows import (
    Ask,
    Button,
    Card,
    FormClosed,
    FormErrors,
    FormField,
    FormPage,
    FormReply,
    Link,
    Notice,
    Picture,
    Review,
    Row,
    Show,
)

WIDTH = 72
FORM_TITLE = 20
"""Characters of a form's title that any platform has room for."""
ECHO, REFUSED, CHANGEABLE, LISTED, LINK, VERDICT = "✓ ", "! ", "✎ ", "• ", "→ ", "= "
FORM, FIELD = "Form: ", "◦ "
PICTURE = "▣ "
TONES = {"info": "", "good": "✅ ", "warning": "⚠ "}
TICKED = "☑ "
_MARKS = (
    ECHO, REFUSED, CHANGEABLE, LISTED, LINK, VERDICT, FORM, FIELD, *filter(None, TONES.values())
)  # fmt: skip
_PROGRESS = re.compile(r"(.*\S) +\[(\d+)/(\d+)\]")
_BUTTONS = re.compile(r"(?:\[[^\]]+\] ?)+")
_BUTTON = re.compile(r"\[([^\]]+)\]")


def lines(show: Show | FormReply) -> tuple[str, ...]:
    """The show as a person reads it, line by line."""
    return tuple(part for line in _lines(show) for part in line.splitlines() if part.strip())


def _lines(show: Show | FormReply) -> Iterator[str]:
    match show:
        case Ask():
            yield from _ask(show)
        case Review():
            yield from _review(show)
        case Notice():
            yield TONES[show.tone] + show.text
            yield from map(_row, show.rows)
            yield from _link(show.link)
            yield from _buttons(show.buttons)
        case Card():
            yield from _card(show)
        case Picture():
            yield from _picture(show)
        case FormPage():
            yield from _page(show)
        case FormErrors():
            yield from (f"{REFUSED}{sentence}" for _, sentence in show.errors)
        case FormClosed():
            return
        case _:
            assert_never(show)


def _ask(show: Ask) -> Iterator[str]:
    yield f"{show.title:<{WIDTH - 8}} [{show.step}/{show.steps}]" if show.steps else show.title
    yield from _remarks(show.echo, show.refusal)
    yield show.prompt
    yield f"({show.hint})" if show.hint else ""
    yield from _buttons(show.choices)
    yield from _buttons(show.controls)


def _review(show: Review) -> Iterator[str]:
    yield show.title
    yield from _remarks(show.echo, show.refusal)
    yield show.prompt
    yield from (f"{CHANGEABLE}{row.label}: {row.value}" for row in show.rows)
    yield from _buttons(show.controls)


def _card(show: Card) -> Iterator[str]:
    yield show.title
    yield from map(_row, show.facts)
    for section in show.sections:
        yield section.heading
        yield from (f"{LISTED}{line}" for line in section.lines)
    yield f"{VERDICT}{show.verdict}" if show.verdict else ""
    yield from _link(show.link)
    yield from _buttons(show.buttons)


def _picture(show: Picture) -> Iterator[str]:
    """The picture by what whoever can't see it is told."""
    yield show.text
    yield f"{PICTURE}{show.alt}"
    yield from map(_row, show.rows)
    yield from _link(show.link)
    yield from _buttons(show.buttons)


def _page(page: FormPage) -> Iterator[str]:
    yield f"{FORM}{page.title}"
    for field in page.fields:
        yield _field(field)
        yield f"({field.hint})" if field.hint else ""
    yield f"[{page.submit}] [{page.close}]"


def _field(field: FormField) -> str:
    options = " | ".join(text for _, text in field.options)
    optional = " (optional)" if field.optional else ""
    return f"{FIELD}{field.label}{optional}" + (f": {options}" if options else "")


def _remarks(echo: str, refusal: str) -> Iterator[str]:
    yield f"{ECHO}{echo}" if echo else ""
    yield f"{REFUSED}{refusal}" if refusal else ""


def _row(row: Row) -> str:
    return f"{row.label}: {row.value}"


def _link(link: Link | None) -> Iterator[str]:
    if link is not None:
        yield f"{LINK}{link.text}"


def _buttons(buttons: Sequence[Button]) -> Iterator[str]:
    """As many in a line as fit."""
    line = ""
    for button in buttons:
        text = f"[{TICKED if button.selected else ''}{button.text}]"
        if line and len(line) + 1 + len(text) > WIDTH:
            yield line
            line = ""
        line = f"{line} {text}".strip()
    yield line


def pressable(message: Sequence[str]) -> list[str]:
    """The texts of the buttons of a golden message, ticked ones with their mark."""
    rows = (line for line in message if _BUTTONS.fullmatch(line))
    return [text for row in rows for text in _BUTTON.findall(row)]


def unpressable(message: Sequence[str]) -> tuple[str, ...]:
    """The message after its buttons have been taken."""
    return tuple(line.removeprefix(CHANGEABLE) for line in message if not _BUTTONS.fullmatch(line))


def changeable(message: Sequence[str]) -> list[str]:
    """The lines that can be changed: label and value."""
    return [line.removeprefix(CHANGEABLE) for line in message if line.startswith(CHANGEABLE)]


def pieces(message: Sequence[str]) -> list[str]:
    """The words of a golden message without marks and buttons: what any channel has to show."""
    return [
        piece
        for line in message
        if not _BUTTONS.fullmatch(line)
        for piece in _pieces(line)
        if piece.strip()
    ]


def _pieces(line: str) -> list[str]:
    if line.startswith(PICTURE):
        return [PICTURE]  # platforms show pixels; whoever plays there says whether there are any
    if line.startswith(FORM):
        return [line.removeprefix(FORM)[:FORM_TITLE]]
    for mark in _MARKS:
        line = line.removeprefix(mark)
    if progress := _PROGRESS.fullmatch(line):
        return [progress[1], progress[2], progress[3]]
    hint = re.fullmatch(r"\((.+)\)", line)
    return [hint[1]] if hint else re.split(r": | \| | \(optional\)", line)


def plain(text: str) -> str:
    """Fold away what differs between channels though it reads the same: spaces and bold marks."""
    return " ".join(text.replace("*", "").split())
