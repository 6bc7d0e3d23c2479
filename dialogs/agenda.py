"""Customer meetings in the CRM's calendar: how it is asked for them, and what it answers.

Which meetings count is the CRM adapters' part of the promise; what follows from one is not known
here. Times are epoch milliseconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dialogs.crm import Customer, Staff

EARLY_MS = 15 * 60_000
"""So much earlier than planned a recorded meeting may have begun."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The customer meetings of these colleagues that overlap a span of time.

    With somebody from outside the company, or about an opportunity. Left out: all-day and private
    ones, those called off (deleted, archived), and those that the host or every guest declined.
    Each occurrence of a series is a meeting of its own.
    """

    colleagues: tuple[Staff, ...]
    since: int
    until: int
    type: Literal["agenda"] = "agenda"


@dataclass(frozen=True, slots=True)
class Engagement:
    """A meeting with a customer, as the calendar has it."""

    id: int
    subject: str
    start: int
    stop: int
    host: Staff
    """Whose meeting it is: one of those who were asked for."""
    customer: Customer | None = None
    guests: tuple[str, ...] = ()
    """Names of the people from outside who did not decline."""
    colleagues: tuple[str, ...] = ()
    """Names of the host's own colleagues who did not decline."""
    place: str = ""
    opportunity: int = 0
    """What it is about; 0 for nothing yet."""
    title: str = ""
    """Of the opportunity."""
    case: str = ""
    """Key of the case whose opportunity that is; empty for one of people's own."""
    made_by: str = ""
    """Key of the delivery that brought it; empty for one of people's own."""

    @property
    def about(self) -> str:
        """What to call it: its customer, or its subject."""
        return self.customer.name if self.customer else self.subject


@dataclass(frozen=True, slots=True)
class MeetingList:
    """What ends first comes first."""

    meetings: tuple[Engagement, ...] = ()
    type: Literal["meeting_list"] = "meeting_list"

    def one(self, number: int) -> Engagement | None:
        return next((one for one in self.meetings if one.id == number), None)


def recorded(meeting: Engagement, records: Iterable[Engagement]) -> bool:
    """True when one of these records is that very meeting: same customer or case, and its begin.

    How long it took nobody is asked, so only the begin tells one meeting from the next.
    """
    return any(_same(meeting, one) for one in records)


def _same(meeting: Engagement, record: Engagement) -> bool:
    if not meeting.start - EARLY_MS <= record.start < meeting.stop:
        return False
    if meeting.opportunity and meeting.opportunity == record.opportunity:
        return True
    return _number(meeting) == _number(record) is not None


def _number(meeting: Engagement) -> int | None:
    return meeting.customer.id if meeting.customer else None
