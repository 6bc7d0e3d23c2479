"""Answers that are a step on a scale, such as 1 to 5 or no to three stars. Stored as the number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from dialogs.answers.hygiene import clean, fold
from dialogs.answers.matching import Matcher, key, matcher
from dialogs.answers.values import (
    Moment,
    Option,
    Refusal,
    Suggestions,
    Understood,
)
from dialogs.answers.words import ARTICLES, COUNTS
from dialogs.crm import JsonValue

LIMIT = 100
LONGEST = 20  # steps; more can't be pressed
_STEP = re.compile(r"([+-]?[0-9]{1,4})(?: ?(?:/|von|of|out of|aus) ?([0-9]{1,4}))?")
_UNITS = re.compile(r" ?(?:punkte?|points?|sterne?|stars?)$")
_STARS = re.compile(r"(?:\*|[⭐★🌟]\ufe0f?|☆)(?: ?(?:\*|[⭐★🌟]\ufe0f?|☆))*")


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from `low` to `high`; labels are options whose id is the number.

    Raises ValueError for a scale without steps, and for a label beside it.
    """

    low: int = 1
    high: int = 5
    labels: tuple[Option, ...] = ()
    matched: Matcher | None = field(init=False, repr=False, compare=False)
    name: ClassVar[str] = "scale"

    def __post_init__(self) -> None:
        if not 0 < self.high - self.low < LONGEST:
            message = f"A scale needs 2 to {LONGEST} steps"
            raise ValueError(f"{message}, got low {self.low} and high {self.high}.")
        beside = [label.id for label in self.labels if label.id not in self._steps()]
        if beside:
            raise ValueError(f"Label '{beside[0]}' is not a step from {self.low} to {self.high}.")
        object.__setattr__(self, "matched", matcher(self.labels) if self.labels else None)

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        number = self._number(_UNITS.sub("", fold(line).strip(" .!")))
        return self._labelled(line, moment.language) if number is None else self._kept(number)

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:
        if len(ids) != 1:
            return Refusal("choose_one")
        return Understood(int(ids[0])) if ids[0] in self._steps() else Refusal("not_offered")

    def options(self) -> tuple[Option, ...]:
        return tuple(self._option(step) for step in self._steps())

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        label = self._label(str(value))
        return f"{value}/{self.high}" + (f" – {label.label(language)}" if label else "")  # noqa: RUF001 - a dash between words

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return ()

    def _steps(self) -> tuple[str, ...]:
        return tuple(map(str, range(self.low, self.high + 1)))

    def _label(self, step: str) -> Option | None:
        return next((label for label in self.labels if label.id == step), None)

    def _option(self, step: str) -> Option:
        label = self._label(step)
        if label is None:
            return Option(step, {"en": step, "de": step})
        named = {language: f"{step} – {text}" for language, text in label.text.items()}  # noqa: RUF001 - a dash between words
        return Option(step, named, label.also)

    def _number(self, line: str) -> int | None:
        """Read digits (of the scale's highest, if one is named), a number word, or stars."""
        step = _STEP.fullmatch(line)
        if step and (step[2] is None or int(step[2]) == self.high):
            return int(step[1])
        if _STARS.fullmatch(line):
            return sum(line.count(star) for star in "*⭐★🌟")
        return COUNTS.get(line) if line not in ARTICLES else None

    def _labelled(self, line: str, language: str) -> Understood | Refusal:
        wanted = key(line)
        found = self.matched.exact.get(wanted) or self.matched.begun(wanted) if self.matched else ()
        if len(found) == 1:
            return self._kept(int(found[0]))
        if not found:
            return self._beside()
        shown = [f"{o.id} {o.label(language)}" for o in self.labels if o.id in found]
        return Refusal("ambiguous_choice", {"candidates": ", ".join(shown)})

    def _kept(self, number: int) -> Understood | Refusal:
        return Understood(number) if self.low <= number <= self.high else self._beside()

    def _beside(self) -> Refusal:
        return Refusal("not_on_scale", {"low": str(self.low), "high": str(self.high)})
