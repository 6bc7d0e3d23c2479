"""An inbox by hand: keeps what arrives, refuses when it is told to, and answers forms by script."""

from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, FromPerson
from dialogs.ports import Receipt
from dialogs.shows import FormReply


class Inbox:
    """`accept` is what a channel gets."""

    def __init__(self) -> None:
        self.knocks: list[Arrival] = []
        """All that was brought, also what was refused or known."""
        self.kept: list[Arrival] = []
        self.refusals = 0
        """How many more times nothing is kept."""
        self.replies: list[FormReply] = []
        """For the next new arrivals, in order; then none."""

    async def accept(self, arrival: Arrival) -> Receipt:
        self.knocks.append(arrival)
        if self.refusals:
            self.refusals -= 1
            raise StoreUnavailable("the disk is full: make room")
        if arrival.source_key in {one.source_key for one in self.kept}:
            return Receipt(new=False)
        self.kept.append(arrival)
        return Receipt(new=True, reply=self.replies.pop(0) if self.replies else None)

    @property
    def events(self) -> list[FromPerson]:
        return [arrival.event for arrival in self.kept]
