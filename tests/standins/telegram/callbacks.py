"""Button presses that wait for the bot's answer.

Telegram shows a spinner on the button until `answerCallbackQuery` comes; a press that the bot
received and never answered is a violation.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.refusals import QUERY_TOO_OLD, bad_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.standins.telegram.clock import Clock
    from tests.standins.telegram.violations import Violations

ANSWERABLE = 150.0  # seconds after the press
DEADLINE = 10.0  # seconds after the bot received it, by when a person has given up


@dataclass(frozen=True)
class Answer:
    """What the person sees: a short note, or a box to close when `alert`. The text may be empty."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass
class Query:
    """One press. Times are in seconds since the epoch."""

    id: str
    user_id: int
    data: str
    pressed_at: float
    delivered_at: float | None = None
    answer: Answer | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)


class Queries:
    """All presses so far."""

    def __init__(self, clock: Clock, violations: Violations, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._clock = clock
        self._violations = violations
        self._all: dict[str, Query] = {}

    def press(self, user_id: int, data: str) -> Query:
        identifier = str(random.randint(10**17, 10**18))
        query = Query(identifier, user_id, data, self._clock.now())
        self._all[identifier] = query
        return query

    def delivered(self, identifier: str) -> None:
        """The bot has it; from now on it owes an answer."""
        query = self._all[identifier]
        if query.delivered_at is None:
            query.delivered_at = self._clock.now()

    def answer(self, identifier: str, answer: Answer) -> None:
        """Stop the spinner and show `answer`.

        Raises:
            Refusal: there is no such press, it is too old, or it has been answered
        """
        query = self._all.get(identifier)
        if query is None or query.answer is not None or self._expired(query):
            raise bad_request(QUERY_TOO_OLD)
        if (waited := self._waited(query)) > self.deadline:
            self._violations.record("late_answer", identifier, f"{query.data!r} after {waited} s")
        query.answer = answer
        query.settled.set()

    def unanswered(self) -> list[Query]:
        """Presses that the bot received and has not answered."""
        return [each for each in self._owed() if not self._expired(each)]

    def abandoned(self) -> Iterator[str]:
        """One sentence for each press that was never answered, at a test's end."""
        return map(_complaint, self._owed())

    def _owed(self) -> list[Query]:
        return [
            each
            for each in self._all.values()
            if each.answer is None and each.delivered_at is not None
        ]

    def _waited(self, query: Query) -> float:
        begun = self._clock.now() if query.delivered_at is None else query.delivered_at
        return self._clock.now() - begun

    def _expired(self, query: Query) -> bool:
        return self._clock.now() - query.pressed_at > ANSWERABLE


def _complaint(query: Query) -> str:
    return f"the press of {query.data!r} by {query.user_id} was never answered"


def notice(parameters: dict[str, Any]) -> Answer:
    """What the parameters of `answerCallbackQuery` show to the person."""
    return Answer(
        parameters.get("text", ""), parameters.get("show_alert", False), parameters.get("url")
    )
