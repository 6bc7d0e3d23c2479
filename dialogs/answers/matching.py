"""Finds which of several options typed words mean: by label, id, other word, number or beginning.

Knows labels in all languages at once, so that it doesn't matter which one somebody answers in.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogs.answers.hygiene import fold, unmarked
from dialogs.answers.values import Option, Refusal
from dialogs.answers.words import ARTICLES, COUNTS

_MARKS = re.compile(r"[^\w%+#]+")
_NUMBER = re.compile(r"(?:nr|no|nummer|number|option|#)? ?#?([0-9]{1,2})")
_SHOWN = 12  # options a refusal names; more would not be read


def key(text: str) -> str:
    """Return what is compared: folded, punctuation made spaces. Signs alone stay themselves."""
    words = _MARKS.sub(" ", fold(text)).strip()
    return words or "".join(map(_uncoloured, text.casefold().strip()))


@dataclass(frozen=True, slots=True)
class Matcher:
    """The options of one question, ready to be found. Make it with `matcher`."""

    options: tuple[Option, ...]
    exact: dict[str, tuple[str, ...]]
    """Option ids by key."""

    def find(self, typed: str, language: str) -> str | Refusal:
        """Return the id of the option that is meant, or why it can't be said."""
        found = self._meant(key(typed))
        if len(found) == 1:
            return found[0]
        if found:
            return Refusal("ambiguous_choice", {"candidates": self.labels(found, language)})
        return self.unknown(typed, language)

    def unknown(self, typed: str, language: str) -> Refusal:
        labels = self.labels([option.id for option in self.options], language)
        return Refusal("not_an_option", {"given": typed[:40], "options": labels})

    def labels(self, ids: Sequence[str], language: str) -> str:
        """Name these options with the numbers they can be typed by: `1 Yes, 2 No`."""
        numbered = enumerate(self.options, 1)
        shown = [f"{n} {o.label(language)}" for n, o in numbered if o.id in ids]
        return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")

    def _meant(self, wanted: str) -> tuple[str, ...]:
        """Try what is surest first: a whole name, a number, a beginning, a number as a word."""
        digits = _NUMBER.fullmatch(wanted)
        return (
            self.exact.get(wanted)
            or (digits and self._at(int(digits[1])))
            or self.begun(wanted)
            or (self._at(COUNTS.get(wanted, 0)) if wanted not in ARTICLES else ())
        )

    def _at(self, number: int) -> tuple[str, ...]:
        return (self.options[number - 1].id,) if 0 < number <= len(self.options) else ()

    def begun(self, wanted: str) -> tuple[str, ...]:
        """Return the options with a name that begins so; 5 begins `5 years`, not `50 years`."""
        beginning = f"{wanted} " if wanted.isdigit() else wanted
        begun = (ids for name, ids in self.exact.items() if wanted and name.startswith(beginning))
        return _distinct(one for ids in begun for one in ids)


def matcher(options: tuple[Option, ...]) -> Matcher:
    """Prepare options to be found. Raises ValueError for none, or two with the same id."""
    ids = [option.id for option in options]
    if not ids:
        raise ValueError("A choice needs at least one option.")
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise ValueError(f"Option id '{twice}' stands twice; give each option its own id.")
    exact: dict[str, tuple[str, ...]] = {}
    for option in options:
        for name in _names(option):
            exact[name] = _distinct((*exact.get(name, ()), option.id))
    return Matcher(options, exact)


def _names(option: Option) -> set[str]:
    spoken = (option.id, *option.text.values(), *option.also)
    return {key(spelling) for name in spoken for spelling in (name, unmarked(name))} - {""}


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _uncoloured(char: str) -> str:
    """Drop skin tones and the invisible marks that make a sign an emoji."""
    return "" if unicodedata.category(char) in {"Mn", "Sk", "Cf"} else char
