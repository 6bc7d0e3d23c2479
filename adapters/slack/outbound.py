"""What a dialogue wants shown, as a Slack message: `render` is pure and keeps to the limits."""

from collections.abc import Iterator, Sequence
from typing import assert_never
from urllib.parse import quote, urlsplit

from adapters.slack import limits
from adapters.slack.blocks import (
    Block,
    Ink,
    button,
    context,
    fields,
    fit,
    header,
    ink_section,
    mark,
    marked_section,
    menu,
    rows,
    section,
    strong,
    typed,
)
from adapters.slack.mrkdwn import escape
from dialogs.shows import Ask, Button, Card, Link, Notice, Picture, Review, Section, Show

BUTTONS_AT_MOST = 10
"""More choices than that become a list to pick from."""
ROWS_OF_BUTTONS = 4
REVIEW_ROWS = 38
NOTICE_ROWS = 60
FACTS = 40
SECTIONS = 20
BAR = 12
"""Steps that are drawn as a bar; longer dialogues show figures only."""
TONES = {
    "info": ("", ""),
    "good": (":white_check_mark: ", "✅ "),
    "warning": (":warning: ", "⚠️ "),
}
"""As Slack names the emoji, and the emoji itself, for where names are shown as they are."""
VERDICTS = {
    "open": (":hourglass_flowing_sand: ", "⏳ "),
    "approved": (":white_check_mark: ", "✅ "),
    "rejected": (":no_entry: ", "⛔ "),
    "withdrawn": (":leftwards_arrow_with_hook: ", "↩️ "),
}


def render(show: Show) -> tuple[str, list[Block]]:
    """Return the text for notifications (mrkdwn, escaped) and the blocks."""
    match show:
        case Ask():
            text, blocks = _joined(show.title, show.refusal, show.prompt), _ask(show)
        case Review():
            text, blocks = _joined(show.title, show.refusal, show.prompt), _review(show)
        case Notice():
            text, blocks = _joined(show.text), _notice(show)
        case Card():
            text, blocks = _joined(show.title, show.verdict), _card(show)
        case Picture():
            text, blocks = _joined(show.text), _notice(show.told)
        case _:
            assert_never(show)
    return text, fit(list(blocks) or [marked_section("…")])


def illustrated(blocks: Sequence[Block], file: str, alt: str) -> list[Block]:
    """Put an uploaded picture on top."""
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": limits.cut(alt, limits.ALT)}
    return [image, *blocks[: limits.MESSAGE_BLOCKS - 1]]


def without_buttons(blocks: Sequence[Block]) -> list[Block]:
    """Return the same message with nothing to press."""
    kept = [block for block in blocks if block["type"] != "actions"]
    return [{key: part for key, part in block.items() if key != "accessory"} for block in kept]


def _joined(*texts: str) -> str:
    whole = "\n".join(escape(text) for text in texts if text.strip())
    return limits.cut_mrkdwn(whole, limits.FALLBACK) or "…"


def _ask(show: Ask) -> Iterator[Block]:
    yield from header(show.title)
    yield from context(_progress(show.step, show.steps), _understood(show.echo))
    yield from _refusal(show.refusal)
    yield from section(show.prompt)
    yield from context(show.hint)
    yield from _choices(show.choices)
    yield from rows(show.controls, "control", ROWS_OF_BUTTONS)


def _review(show: Review) -> Iterator[Block]:
    yield from header(show.title)
    yield from context(_understood(show.echo))
    yield from _refusal(show.refusal)
    yield from section(show.prompt)
    for number, row in enumerate(show.rows[:REVIEW_ROWS]):
        change = button(row.edit, f"edit{number}")
        yield ink_section(_labelled(row.label, row.value, "\n"), change)
    yield from context("…" if len(show.rows) > REVIEW_ROWS else "")
    yield from rows(show.controls, "control", ROWS_OF_BUTTONS)


def _notice(show: Notice) -> Iterator[Block]:
    if show.tone == "info":
        yield from section(show.text)
    else:
        yield ink_section(mark(*TONES[show.tone]) + typed(show.text))
    yield from _lines([_labelled(row.label, row.value, "  ") for row in show.rows])
    yield from _link(show.link)
    yield from _choices(show.buttons)


def _card(show: Card) -> Iterator[Block]:
    yield from header(show.title)
    yield from fields([_labelled(row.label, row.value, "\n") for row in show.facts[:FACTS]])
    for each in show.sections[:SECTIONS]:
        yield ink_section(_listed(each))
    yield from _link(show.link)
    yield from _verdict(show)
    if show.buttons:
        yield {"type": "divider"}
    yield from rows(show.buttons, "button", ROWS_OF_BUTTONS)


def _progress(step: int, steps: int) -> str:
    if not 0 < step <= steps:
        return ""
    bar = "▰" * step + "▱" * (steps - step)
    return f"{bar}  {step} / {steps}" if steps <= BAR else f"{step} / {steps}"


def _understood(echo: str) -> str:
    return f"✓ {echo}" if echo.strip() else ""


def _refusal(text: str) -> Iterator[Block]:
    if text.strip():
        yield ink_section(mark(*TONES["warning"]) + typed(text))


def _choices(buttons: Sequence[Button]) -> Iterator[Block]:
    """Forms need a button of their own: Slack gives a picked option no right to open one."""
    if len(buttons) <= BUTTONS_AT_MOST:
        yield from rows(buttons, "choice")
        return
    pickable = [each for each in buttons if not each.opens_form]
    if pickable:
        yield menu(pickable, "choice")
    yield from rows([each for each in buttons if each.opens_form], "choice", 1)


def _labelled(label: str, value: str, between: str) -> Ink:
    return strong(label) + mark(between) + typed(value.strip() or "…")


def _lines(lines: Sequence[Ink]) -> Iterator[Block]:
    for start in range(0, min(len(lines), NOTICE_ROWS), limits.FIELDS):
        yield ink_section(_stacked(lines[start : start + limits.FIELDS]))


def _stacked(lines: Sequence[Ink]) -> Ink:
    whole = lines[0]
    for line in lines[1:]:
        whole = whole + mark("\n") + line
    return whole


def _listed(part: Section) -> Ink:
    return _stacked([strong(part.heading), *(mark("• ") + typed(line) for line in part.lines)])


def _verdict(show: Card) -> Iterator[Block]:
    if show.verdict.strip():
        ink = mark(*VERDICTS[show.tone]) + typed(show.verdict)
        yield {"type": "context", "elements": [ink.shown(limits.CONTEXT)]}


def _link(link: Link | None) -> Iterator[Block]:
    """Only web addresses become links; anything else is shown as the text it is."""
    if link is None:
        return
    url = quote(link.url, safe=":/?#[]@!$&'()*+,;=%~")
    if urlsplit(url).scheme in {"http", "https"} and len(url) <= limits.URL:
        yield marked_section(f"<{escape(url)}|{escape(link.text) or escape(url)}>")
    else:
        yield from section(f"{link.text} {link.url}")
