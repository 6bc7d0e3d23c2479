"""What goes into understanding an answer and what comes out of it.

Knows the shapes only; each kind of answer has its own file, the sentences are in `refusals`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dialogs.crm import JsonValue

Suggestions = tuple[tuple[str, Mapping[str, str]], ...]
"""(what is typed when it is pressed, its label by language)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What "tomorrow" and "2,5" depend on: the message's own time, and who wrote it.

    Raises ValueError when `now` has no time zone.
    """

    now: datetime
    """When the message was written, in the person's zone."""
    language: str
    """`en`, `de` or one that the playbook declares; any other is treated as English."""
    currency: str = "EUR"
    country: str = ""
    """ISO code of the person's country, where known: 03/04/27 is read the way that country does."""

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            message = "Moment.now needs a time zone: give it the person's, such as Europe/Berlin."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    id: str
    text: Mapping[str, str]
    """Its label by language."""
    also: tuple[str, ...] = ()
    """Other words that mean it."""

    def label(self, language: str) -> str:
        return self.text.get(language) or self.text.get("en") or self.id


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer was not taken: a code of `refusals`, and the facts its sentence names."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """What is stored for an answer."""

    value: JsonValue


class Kind(Protocol):
    """One kind of answer. No method raises on what a person types or presses."""

    @property
    def name(self) -> str:
        """The word the playbook uses for this kind."""

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:
        """Understand typed words, in either language."""

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:
        """Understand pressed or selected option ids."""

    def options(self) -> tuple[Option, ...]:
        """What can be pressed; empty where the answer is free."""

    def show(self, value: JsonValue, language: str, currency: str) -> str:
        """Say a stored value the way it was understood."""

    def quick(self, moment: Moment) -> Suggestions:
        """Offer what is answered most often."""


class Typed:
    """An answer that is typed: it has nothing to press."""

    __slots__ = ()

    def choose(self, ids: Sequence[str]) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        return Refusal("type_it")

    def options(self) -> tuple[Option, ...]:
        return ()

    def quick(self, moment: Moment) -> Suggestions:  # noqa: ARG002 - part of Kind
        return ()
