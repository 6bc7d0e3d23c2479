"""Values to JSON and back, for the store. The only place that knows how they are written down.

A field that a later version adds needs a default here to read what an earlier one wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Generic, TypeVar

from pydantic import Discriminator, TypeAdapter

from dialogs.case import Case
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.events import Event
from dialogs.linkcodes import LinkCode
from dialogs.lookups import Asking
from dialogs.people import Address
from dialogs.rows import StoredApproval, StoredVote
from dialogs.shows import Say
from dialogs.turns import Approval, Conversation, Inquiry, Invitation, Search, Vote, Voted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the inbox keeps it: with where it came from, if from a person."""

    event: Annotated[Event, Discriminator("type")]
    address: Address | None


class Codec(Generic[T]):
    """One type's way to text and back."""

    def __init__(self, adapter: TypeAdapter[T], *, short: bool = True) -> None:
        """Build it once; pydantic compiles it. `short` leaves out what has its default."""
        self._adapter = adapter
        self._short = short

    def write(self, value: T) -> str:
        return self._adapter.dump_json(value, exclude_defaults=self._short).decode()

    def read(self, text: str) -> T:
        """Return the value.

        Raises:
            ValueError: the text is not one of these.
        """
        return self._adapter.validate_json(text)


conversation = Codec(TypeAdapter(Conversation))
case = Codec(TypeAdapter(Case))
approval = Codec(TypeAdapter(Approval))
receipt = Codec(TypeAdapter(DeliveryReceipt))
search = Codec(TypeAdapter(Search))
ask = Codec(TypeAdapter(Asking), short=False)
inquiry = Codec(TypeAdapter(Inquiry))
invitation = Codec(TypeAdapter(Invitation))
link_code = Codec(TypeAdapter(LinkCode))
# A union is told apart by its `type`, which is a default: these are written in full.
delivery = Codec(TypeAdapter(Delivery), short=False)
said = Codec(TypeAdapter(Say), short=False)
happened = Codec(TypeAdapter(Happened), short=False)


def asked(row: StoredApproval, votes: Sequence[StoredVote] = ()) -> Approval:
    """A question to management as it stands, with what was said to it."""
    subject = approval.read(row.subject)
    return replace(
        subject,
        votes=tuple(Vote(one.person, one.verdict, one.at) for one in votes),  # type: ignore[arg-type] # one of two words
        status=row.status,  # type: ignore[arg-type] # the store keeps one of the four words
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def stored(question: Approval) -> StoredApproval:
    """The row of a question; its votes are rows of their own."""
    text = approval.write(replace(question, votes=()))
    return StoredApproval(question.id, question.case.id, question.owner, question.status, text)


def cast(one: Voted) -> StoredVote:
    """The row of a vote."""
    return StoredVote(one.approval, one.vote.by, one.vote.verdict, one.vote.at)
