"""The values of a turn: what is stored of a conversation, what a turn may know, what it yields.

A turn is `decide(conversation, event, facts) -> Turn`; it is pure, so it can be run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dialogs.case import Case
from dialogs.crm import Delivery, JsonValue, Staff
from dialogs.events import Event, Invited
from dialogs.flow import Dialogue
from dialogs.linkcodes import LinkCode
from dialogs.lookups import Asking
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
    approval: str = ""
    """Id of the question to management that was asked last."""


@dataclass(frozen=True, slots=True)
class Intended:
    """A decision that waits for the CRM to say whether its maker may make it."""

    approval: str
    record: dict[str, JsonValue]
    """The finished decision form."""
    mark: str
    """Of the content that the maker saw."""
    asked: bool = False
    """A dialogue was led; its message is to say what came of it."""
    in_place: bool = False
    delayed: bool = False
    """The maker has been told that it waits."""
    again: bool = False
    """Pressed once more meanwhile."""


@dataclass(frozen=True, slots=True)
class Linking:
    """A code was redeemed in this chat; whether to connect is still to be said."""

    code: str
    """Its hash."""
    until: int
    """Epoch milliseconds."""


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
    checking: tuple[Intended, ...] = ()
    """Decisions made, whose maker's right the CRM is being asked about."""
    invitations: tuple[Invited, ...] = ()
    """Colleagues' appointments that the person has not answered about."""
    linking: Linking | None = None
    tries: tuple[int, ...] = ()
    """When this account tried in vain to be linked, epoch milliseconds, the latest last."""

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
    mark: str = ""
    """Hash of what the cards show: a press on a card with another one decides nothing."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Somebody's decision about an approval, or its owner's withdrawal."""

    approval: str
    status: Literal["approved", "rejected", "withdrawn"]
    by: str


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the CRM whose answer comes back as `Found`."""

    query: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to the CRM about a person's standing, whose answer comes back as `Vouched`."""

    colleague: Staff
    approval: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link code to be made and sent by the CRM to whoever has that work e-mail, if anybody."""

    email: str
    address: Address
    """The chat account that asked; only it can redeem the code."""


@dataclass(frozen=True, slots=True)
class Tell:
    """An event for another conversation; the key makes it happen once."""

    key: str
    conversation: str
    event: Event


@dataclass(frozen=True, slots=True)
class Timer:
    """An event to come: `Fired` with this kind and payload, in this conversation."""

    id: str
    """Never used twice; a timer that is known is not armed again."""
    kind: str
    due: int
    """Epoch milliseconds."""
    payload: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnKey:
    """How it stands with the person's own key for the CRM."""

    lacks: Literal["", "crm", "master_key", "login"] = ""
    """Why none can be given."""
    link: str = ""
    """A new one-time address where one can be given; it counts once it is offered."""
    given: str = ""
    """Id of the key that is kept; empty when there is none."""
    ends: int | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Wants:
    """The rows a turn needs beside the conversation."""

    cases: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    open_approvals: bool = False
    own_key: bool = False
    codes: tuple[str, ...] = ()
    """Hashes of link codes."""


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
    own_key: OwnKey | None = None
    codes: Mapping[str, LinkCode] = field(default_factory=dict)
    """By hash."""
    mails: bool = False
    """True where the CRM can send a link code to a colleague."""

    @property
    def now(self) -> int:
        """Epoch milliseconds."""
        return int(self.at.timestamp() * 1000)

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
    asks: tuple[Asking, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ruling: Ruling | None = None
    tells: tuple[Tell, ...] = ()
    person: Person | None = None
    """The person with changed settings."""
    timers: tuple[Timer, ...] = ()
    cancelled: tuple[str, ...] = ()
    """Ids of timers that shall not fire any more; unknown ones don't matter."""
    key: Literal["", "offered", "kept", "denied", "forgotten"] = ""
    """What becomes of the person's own key."""
    people: tuple[Person, ...] = ()
    """People whose accounts or standing have changed."""
    burnt: tuple[str, ...] = ()
    """Hashes of link codes that are used up now."""
    forged: bool = False
    """The event named something that was never offered to this person."""
    audit: tuple[AuditLine, ...] = ()
