"""What was just written need not be read again: this batch's events, states of live conversations.

A shortcut only: every entry is checked against the row that the store gave out, so another
replica's write, a rollback or a restart makes nothing wrong, just slower. Bounded in size.
"""

from collections.abc import Sequence

from bot import codec
from dialogs.rows import Done, Taken
from dialogs.turns import Conversation, Turn

STATES = 1_000
EVENTS = 10_000


class Memory:
    """Values whose text is in the store, by what identifies that text."""

    def __init__(self) -> None:
        """Begin empty."""
        self.happened: dict[str, codec.Happened] = {}
        """By event id, which stands for one payload for ever."""
        self._states: dict[tuple[str, int], tuple[str, Conversation]] = {}
        """By conversation and version, with the text it was written as."""

    def event_of(self, row: Taken) -> codec.Happened:
        if len(self.happened) > EVENTS:
            self.happened.clear()
        return self.happened.pop(row.event_id, None) or codec.happened.read(row.payload)

    def conversation_of(self, row: Taken) -> Conversation:
        if row.state is None:
            return Conversation(id=row.conversation)
        text, conversation = self._states.pop((row.conversation, row.version), ("", None))
        if conversation is not None and text == row.state:
            return conversation
        return codec.conversation.read(row.state)

    def keep(self, done: Sequence[Done], turns: Sequence[Turn]) -> None:
        """Remember the states just written; the oldest are forgotten."""
        for one, turn in zip(done, turns, strict=True):
            self._states[one.conversation, one.version + 1] = (one.state, turn.conversation)
        while len(self._states) > STATES:
            del self._states[next(iter(self._states))]
