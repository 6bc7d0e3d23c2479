"""A form page as Slack's modal, and what was entered there as values by question id.

A question is an input block whose id is the question's; the page's token and the chat that the
dialogue goes on in travel in the view's private metadata.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack import limits
from adapters.slack.blocks import Block, option, plain, section
from adapters.slack.mrkdwn import kept
from dialogs.shows import FormErrors, FormField, FormPage

CALLBACK = "form"
RADIO_AT_MOST = 5
"""More options than that take less room as a menu."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NAME = "dealdesk"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """What we wrote on a form page to know it again."""

    token: str
    chat: str | None
    """Where the button was pressed that opened it; None is the person's direct message."""

    def written(self) -> str:
        return json.dumps({"token": self.token, "chat": self.chat})


def read_mark(written: str) -> Mark:
    """Read a mark; raises ValueError or KeyError where it is none of ours."""
    found = json.loads(written)
    return Mark(str(found["token"]), found["chat"])


def page_view(page: FormPage, chat: str | None) -> Block:
    blocks = [_input(field) for field in page.fields[: limits.VIEW_BLOCKS]]
    return {
        **_view(page.title, blocks or list(section("…"))),
        "callback_id": CALLBACK,
        "submit": plain(page.submit, limits.TITLE),
        "close": plain(page.close, limits.TITLE),
        "private_metadata": Mark(page.token, chat).written(),
    }


def remark_view(text: str) -> Block:
    """A modal that only says something: while a page is fetched, or when there is none."""
    return _view(_NAME, list(section(text)))


def error_map(errors: FormErrors, view: Json) -> dict[str, str]:
    """Return Slack's errors by block id; those of a question not on this page go to its first."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    said: dict[str, list[str]] = {}
    for question, sentence in errors.errors:
        said.setdefault(question if question in inputs else inputs[0], []).append(sentence)
    return {block: limits.cut("\n".join(lines), limits.LABEL) for block, lines in said.items()}


def entered_values(view: Json) -> dict[str, tuple[str, ...]]:
    """Option ids or one text by question id; nothing entered is the empty tuple."""
    state = view["state"]["values"]
    return {block: _entered(next(iter(inputs.values()))) for block, inputs in state.items()}


def _entered(element: Json) -> tuple[str, ...]:
    if "selected_options" in element:
        return tuple(each["value"] for each in element["selected_options"] or ())
    chosen = element.get("selected_option")
    if chosen:
        return (chosen["value"],)
    text = next((element[key] for key in _TEXT_KEYS if element.get(key)), "")
    return (kept(text),) if text else ()


_TEXT_KEYS = ("value", "selected_date", "selected_time")


def _view(title: str, blocks: list[Block]) -> Block:
    short = limits.cut_at_word(" ".join(title.split()), limits.TITLE)
    return {"type": "modal", "title": plain(short, limits.TITLE), "blocks": blocks}


def _input(field: FormField) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.id,
        "label": plain(field.label, limits.LABEL),
        "element": {"action_id": "answer", **_element(field)},
        "optional": field.optional,
    }
    return {**block, "hint": plain(field.hint, limits.LABEL)} if field.hint.strip() else block


def _element(field: FormField) -> Block:
    if field.options and field.kind == "multi_choice":
        return _several(field)
    if field.options:
        return _one(field)
    return _picked(field) or _written(field)


def _one(field: FormField) -> Block:
    """Radio buttons can't be cleared again, so what may stay empty is a menu."""
    initial = _chosen(field)[:1]
    start = {"initial_option": initial[0]} if initial else {}
    if len(field.options) <= RADIO_AT_MOST and not field.optional:
        return {"type": "radio_buttons", "options": _options(field), **start}
    return {"type": "static_select", **_menu(field), **start}


def _several(field: FormField) -> Block:
    initial = _chosen(field)
    start = {"initial_options": initial} if initial else {}
    if len(field.options) <= limits.TICKS:
        return {"type": "checkboxes", "options": _options(field), **start}
    return {"type": "multi_static_select", **_menu(field), **start}


def _menu(field: FormField) -> Block:
    placeholder = {"placeholder": plain("…", limits.PLACEHOLDER)}
    options = _options(field)
    if len(options) <= limits.OPTIONS:
        return {**placeholder, "options": options}
    return {**placeholder, "option_groups": list(_groups(options))}


def _groups(options: Sequence[Block]) -> Iterator[Block]:
    for start in range(0, len(options), limits.OPTIONS):
        part = options[start : start + limits.OPTIONS]
        label = plain(f"{start + 1} … {start + len(part)}", limits.OPTION)
        yield {"label": label, "options": list(part)}


def _options(field: FormField) -> list[Block]:
    return [option(text, id_) for id_, text in field.options]


def _chosen(field: FormField) -> list[Block]:
    return [each for each in _options(field) if each["value"] in field.initial]


def _picked(field: FormField) -> Block | None:
    """Return a date or time picker, unless what stands there already is in a person's words."""
    initial = field.initial[0] if field.initial else ""
    if field.kind == "date" and (not initial or _DATE.fullmatch(initial)):
        return {"type": "datepicker", **({"initial_date": initial} if initial else {})}
    if field.kind == "time" and (not initial or _TIME.fullmatch(initial)):
        return {"type": "timepicker", **({"initial_time": initial} if initial else {})}
    return None


def _written(field: FormField) -> Block:
    initial = field.initial[0] if field.initial else ""
    start = {"initial_value": limits.cut(initial, limits.INPUT)} if initial else {}
    return {"type": "plain_text_input", "multiline": field.kind == "long_text", **start}
