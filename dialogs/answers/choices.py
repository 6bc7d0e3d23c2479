"""Answers that are chosen: one option, several, or yes and no. What words mean is `matching`'s.

A choice is stored as the option's id, several as the list of ids in the options' order, yes and no
as true and false.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from dialogs.answers.foreign import in_english
from dialogs.answers.hygiene import clean
from dialogs.answers.matching import Matcher, key, matcher
from dialogs.answers.values import (
    Moment,
    Option,
    Refusal,
    Suggestions,
    Understood,
)
from dialogs.answers.words import listed
from dialogs.crm import JsonValue
from dialogs.translations import each, said

_NOTHING = {"en": "none", "de": "keine"}
LIMIT = 400  # characters; several options in one line
_ALL = listed("all alle alles everything both beide beides") | {"all of them"}
_NONE = frozenset({"none", "keine", "keins", "keiner", "keines", "nichts", "nothing", "-", "0"})
_RANGE = re.compile(r"([0-9]{1,2}) ?(?:-|–|bis|to) ?([0-9]{1,2})")  # noqa: RUF001 - phones type it
_SPLITTERS = tuple(
    re.compile(splitter, re.IGNORECASE)
    for splitter in (r"\s*[,;\n|]\s*", r"\s*[/&+]\s*", r"\s+(?:and|und|sowie|plus)\s+", r"\s+")
)
_LEADING = re.compile(r"^(?:and|und|&)\s+", re.IGNORECASE)

YES = Option(
    "yes",
    {"en": "Yes", "de": "Ja"},
    (
        *listed(
            "y j jo jep jup jawohl yep yeah yup ya aye sure ok okay okey klar gerne gern genau "
            "stimmt passt richtig correct right true wahr certainly absolutely natürlich "
            "selbstverständlich 👍 👌 ✅ ✔ ☑ 🆗 💯 🙋",
        ),
        *("of course", "auf jeden fall", "na klar", "aber ja", "doch", "in ordnung", "+1"),
    ),
)
NO = Option(
    "no",
    {"en": "No", "de": "Nein"},
    (
        *listed(
            "n nö nee ne nope nah nay false falsch niemals never keinesfalls negative negativ "
            "👎 ❌ ✖ ✗ 🚫 ⛔ 🙅",
        ),
        *("not at all", "auf keinen fall", "lieber nicht", "rather not", "noch nicht", "not yet"),
    ),
)
_POLITE = listed(
    "bitte please danke thanks thank you sir gerne gern natuerlich sicher sure of course klar doch "
    "schon vielen dank it is das that do does he she they we i",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options. Raises ValueError for options that can't be told apart."""

    choices: tuple[Option, ...]
    matched: Matcher = field(init=False, repr=False, compare=False)
    name: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        object.__setattr__(self, "matched", matcher(self.choices))

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        found = self.matched.find(line, moment.language)
        return found if isinstance(found, Refusal) else Understood(found)

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:
        known = [option.id for option in self.choices]
        if len(ids) != 1:
            return Refusal("choose_one")
        return Understood(ids[0]) if ids[0] in known else Refusal("not_offered")

    def options(self) -> tuple[Option, ...]:
        return self.choices

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return _label(self.choices, value, language)

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return ()


@dataclass(frozen=True, slots=True)
class MultiChoice:
    """Some of several options, at least `least`, at most `most` (None: all). Else ValueError."""

    choices: tuple[Option, ...]
    least: int = 0
    most: int | None = None
    matched: Matcher = field(init=False, repr=False, compare=False)
    name: ClassVar[str] = "multi_choice"

    def __post_init__(self) -> None:
        object.__setattr__(self, "matched", matcher(self.choices))
        if not 0 <= self.least <= self._most() <= len(self.choices):
            message = f"Settings 'least' and 'most' must fit {len(self.choices)} options"
            raise ValueError(f"{message} with least <= most, got {self.least} and {self.most}.")

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT, lines=True)
        if isinstance(line, Refusal):
            return line
        found = self._picked(line, moment.language)
        return found if isinstance(found, Refusal) else self.choose(found)

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:
        known = [option.id for option in self.choices]
        if not set(ids) <= set(known):
            return Refusal("not_offered")
        chosen = [one for one in known if one in ids]
        if len(chosen) < self.least:
            return Refusal("too_few", {"least": str(self.least)})
        if len(chosen) > self._most():
            return Refusal("too_many", {"most": str(self._most())})
        return Understood([*chosen])

    def options(self) -> tuple[Option, ...]:
        return self.choices

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        chosen = value if isinstance(value, list) else [value]
        nothing = _NOTHING.get(language) or said(language, "answer_none") or _NOTHING["en"]
        return ", ".join(_label(self.choices, one, language) for one in chosen) or nothing

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return ()

    def _most(self) -> int:
        return len(self.choices) if self.most is None else self.most

    def _picked(self, line: str, language: str) -> list[str] | Refusal:
        """Read one part of the answer: an option, a word for all or none, or several parts."""
        wanted = key(line)
        if wanted in _ALL and wanted not in self.matched.exact:
            return [option.id for option in self.choices]
        if wanted in _NONE and wanted not in self.matched.exact:
            return []
        found = self.matched.find(line, language)
        return [found] if isinstance(found, str) else self._several(line, language, found)

    def _several(self, line: str, language: str, otherwise: Refusal) -> list[str] | Refusal:
        numbers = _RANGE.fullmatch(line)
        if numbers:
            return self._between(int(numbers[1]), int(numbers[2]), otherwise)
        for splitter in _SPLITTERS:
            parts = [_LEADING.sub("", part) for part in splitter.split(line) if part]
            if len(parts) > 1:
                return self._union(parts, language, otherwise)
        return otherwise

    def _union(self, parts: list[str], language: str, otherwise: Refusal) -> list[str] | Refusal:
        found: list[str] = []
        for part in parts:
            picked = self._picked(part, language)
            if isinstance(picked, Refusal):
                return picked
            found += picked
        return found or otherwise

    def _between(self, first: int, last: int, otherwise: Refusal) -> list[str] | Refusal:
        if not 0 < first < last <= len(self.choices):
            return otherwise
        return [option.id for option in self.choices[first - 1 : last]]


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, in the many ways people say it."""

    name: ClassVar[str] = "yes_no"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        wanted = key(in_english(line, moment.language))
        meant = _said(wanted)
        if meant is None:
            meant = _said(" ".join(w for w in wanted.split() if w not in _POLITE))
        return Refusal("yes_or_no") if meant is None else Understood(meant)

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:
        if list(ids) in ([YES.id], [NO.id]):
            return Understood(ids[0] == YES.id)
        return Refusal("yes_or_no")

    def options(self) -> tuple[Option, ...]:
        return tuple(_translated(one) for one in (YES, NO))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return self.options()[not value].label(language)

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return ()


_SAID = {name: option is YES for option in (YES, NO) for name in matcher((option,)).exact} | {
    "1": True,  # their places in the list
    "2": False,
}


def _said(wanted: str) -> bool | None:
    if wanted in _SAID:
        return _SAID[wanted]
    further = (one for one in (YES, NO) if wanted in map(key, each(f"answer_{one.id}").values()))
    return next((one is YES for one in further), None)


def _translated(option: Option) -> Option:
    further = each(f"answer_{option.id}")
    return replace(option, text={**option.text, **further}) if further else option


def _label(options: tuple[Option, ...], value: JsonValue, language: str) -> str:
    """Name a stored option; one that the playbook no longer has is named by its id."""
    return next((one.label(language) for one in options if one.id == value), str(value))
