"""Whether a message, as a platform shows it, holds all of a golden one. Knows no platform."""

from collections.abc import Mapping, Sequence

from dialogs.phrases import PHRASES
from tests.transcripts import wording
from tests.transcripts.platforms import Visible

Message = Sequence[str]
ACCOUNT = "<account>"
"""Stands for the option that links somebody: each platform has its own."""
AS_FORM = frozenset(phrases["as_form"] for phrases in PHRASES.values())


def missing(
    message: Message, shown: Visible, *, forms: bool, names: Mapping[str, str] | None = None
) -> list[str]:
    """What of the golden message is not to be seen, or not to be pressed; empty when all is there.

    Buttons that open a form are left out where the platform has no `forms`; `names` are the
    platform's own words by what stands for them.
    """
    text = wording.plain(shown.text)
    words = [_in_words(one, names or {}) for one in wording.pieces(message)]
    buttons = [one for one in wording.pressable(message) if forms or one not in AS_FORM]
    return [
        *(one for one in words if wording.plain(one) not in text),
        *(f"[{one}]" for one in buttons if not _among(one, shown.buttons)),
        *_unchangeable(wording.changeable(message), shown.changes),
    ]


def _in_words(line: str, names: Mapping[str, str]) -> str:
    for stands_for, name in names.items():
        line = line.replace(stands_for, name)
    return line


def _among(wanted: str, shown: Sequence[str]) -> bool:
    """Whether it is there, in full or cut off to what the platform holds."""
    return any(one == wanted or (one.endswith("…") and _begins(wanted, one)) for one in shown)


def _begins(whole: str, cut: str) -> bool:
    return whole.startswith(cut.removesuffix("…").rstrip())


def _unchangeable(lines: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The lines whose button is missing; buttons stand in the order of the lines."""
    if len(lines) != len(labels):
        return [f"{len(lines)} lines that can be changed"] if labels else list(lines)
    return [line for line, label in zip(lines, labels, strict=True) if not _begins(line, label)]
