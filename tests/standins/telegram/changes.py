"""What happened in the chats, in order. Knows no rules of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.standins.telegram.waiting import Bell

if TYPE_CHECKING:
    from tests.standins.telegram.messages import Message


@dataclass(frozen=True)
class Change:
    """One change of one message, with the message as it then was."""

    kind: Literal["sent", "edited", "deleted"]
    message: Message


class Changes(Bell):
    """Every change so far. It also rings when something other than a message has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Change] = []

    def record(self, change: Change) -> None:
        self.all.append(change)
        self.notify()
