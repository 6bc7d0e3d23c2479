"""What the bot did that Telegram forbids, ignores or loses, in the order it happened.

Knows the kinds of violation; the places that find them are elsewhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal[
    "unknown_method",  # the Bot API has no such method
    "unknown_parameter",  # the method has no such parameter: Telegram drops it silently
    "undocumented_field",  # the same inside a keyboard, an entity, a scope, …
    "missing_parameter",  # a required parameter or field is absent
    "wrong_type",  # a value that is not of the documented type
    "over_limit",  # shorter, longer or more than the documentation allows
    "bad_markup",  # HTML or entities that Telegram can't parse
    "lost_formatting",  # entities that Telegram drops without a word
    "bad_keyboard",  # a keyboard or button that can't exist
    "bad_request",  # anything else that is refused whatever the state of the chat
    "foreign_message",  # an edit of a message that is not the bot's
    "two_consumers",  # getUpdates while another getUpdates waits, or while a webhook is set
    "unanswered_query",  # a button press that the bot received and never answered
    "late_answer",  # … or answered after the deadline
    "not_acted",  # a real method or option that this stand-in does not carry out
    "standin_error",  # the stand-in itself broke: repair it
]


@dataclass(frozen=True)
class Violation:
    """One breach: its kind, where it happened (a method or a query) and what was wrong."""

    kind: Kind
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.detail}"


class Violations(list[Violation]):
    """All breaches so far; empty at the end of a good test."""

    def __init__(self) -> None:
        super().__init__()
        self._tolerated: set[Kind] = set()

    def record(self, kind: Kind, where: str, detail: str) -> None:
        if kind not in self._tolerated:
            self.append(Violation(kind, where, detail))

    def tolerate(self, *kinds: Kind) -> None:
        """Leave these kinds out from now on, for a test that provokes them.

        Raises:
            ValueError: there is no such kind
        """
        if unknown := set(kinds) - set(get_args(Kind)):
            raise ValueError(f"no such kind of violation: {sorted(unknown)}; see Kind")
        self._tolerated.update(kinds)

    def take(self) -> list[Violation]:
        """Hand over what was recorded and begin anew."""
        taken = list(self)
        self.clear()
        return taken

    @contextmanager
    def expected(self, *kinds: Kind) -> Iterator[list[Violation]]:
        """Require at least one violation of each of `kinds` inside the block and none of another.

        Raises:
            AssertionError: another kind was recorded, or one of `kinds` was not
        """
        before = self.take()
        caught: list[Violation] = []
        yield caught
        caught.extend(self.take())
        self.extend(before)
        assert {each.kind for each in caught} == set(kinds), [str(each) for each in caught]
