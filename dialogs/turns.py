"""The values of a turn: what is stored of a conversation, what a turn may know, what it yields.

A turn is `decide(conversation, event, facts) -> Turn`; it is pure, so it can be run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dialogs.case import Case
from dialogs.crm import Delivery
from dialogs.events import Event
from dialogs.flow import Dialogue
from dialogs.people import Address, Directory, Person
from dialogs.rows import AuditLine
from dialogs.shows import FormReply, Say

LIVE = "live"
"""The slot of the one message in which a dialogue goes on."""


@dataclass(frozen=True, slots=True)
class CaseRef:
    """An open case in its owner's list."""

    id: str
    title: str
    step: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything between dealdesk and one person, on all their channels."""

    id: str
    """The person's id; `guest:<channel>:<account>` for somebody unknown."""
    screen: int = 0
    """Number of the last screen of a dialogue: buttons of earlier ones are stale."""
    dialogues: tuple[Dialogue, ...] = ()
    """The last one is under way, the others wait."""
    cases: tuple[CaseRef, ...] = ()
    address: Address | None = None
    """Where the person last spoke, for what comes unasked."""
    live: Address | None = None
    """Where the live message with its buttons stands."""
    told_delay: bool = False
    """True once the person knows that the CRM is away."""

    @property
    def active(self) -> Dialogue | None:
        return self.dialogues[-1] if self.dialogues else None


@dataclass(frozen=True, slots=True)
class Copy:
    """A decision card as somebody got it."""

    address: Address
    language: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A question to management, with the case as it was shown."""

    id: str
    case: Case
    owner: str
    copies: tuple[Copy, ...] = ()
    status: Literal["open", "approved", "rejected", "withdrawn"] = "open"
    decided_by: str | None = None
    decided_at: int | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Somebody's decision about an approval."""

    approval: str
    status: Literal["approved", "rejected"]
    by: str


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the CRM whose answer comes back as `Found`."""

    query: str


@dataclass(frozen=True, slots=True)
class Tell:
    """An event for another conversation; the key makes it happen once."""

    key: str
    conversation: str
    event: Event


@dataclass(frozen=True, slots=True)
class Wants:
    """The rows a turn needs beside the conversation."""

    cases: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    open_approvals: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a turn may know: a snapshot, no services."""

    event_id: str
    """Random and lasting; ids made in this turn derive from it."""
    at: datetime
    """When the event happened, aware."""
    address: Address | None
    """Where it came from; None for what comes unasked."""
    person: Person | None
    people: Directory = field(default_factory=Directory)
    cases: Mapping[str, Case] = field(default_factory=dict)
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    management: Address | None = None
    """The chat of the decision cards, where one is set."""
    zone: str = ""
    """The company's time zone: the record says times on its clock too."""

    @property
    def language(self) -> str:
        return self.person.language if self.person else "en"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to. All of it is kept together or not at all."""

    conversation: Conversation
    says: tuple[Say, ...] = ()
    reply: FormReply | None = None
    """For the form page the event came from; not kept."""
    cases: tuple[Case, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    searches: tuple[Search, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ruling: Ruling | None = None
    tells: tuple[Tell, ...] = ()
    person: Person | None = None
    """The person with changed settings."""
    audit: tuple[AuditLine, ...] = ()
