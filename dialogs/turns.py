"""The values of a turn: what is stored of a conversation, what a turn may know, what it yields.

A turn is `decide(conversation, event, facts) -> Turn`; it is pure, so it can be run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dialogs.agenda import Engagement
from dialogs.case import Case
from dialogs.crm import Delivery, JsonValue, Staff
from dialogs.events import Event, Invited
from dialogs.flow import Dialogue
from dialogs.keeper_events import Recorded
from dialogs.lead_lookups import NewLead
from dialogs.linkcodes import LinkCode
from dialogs.lookups import Asking
from dialogs.people import Address, Directory, Person
from dialogs.request_events import Requested
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
    since: int = 0
    """Since when it is known to stand so, epoch milliseconds; 0: not looked at since it moved."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A meeting that the person was told of, and how far they have come with its record."""

    meeting: Engagement
    state: Literal["soon", "asked", "later", "digest", "done"]
    """`soon`: told of before it begins; `asked`; `later`: they want to be asked again; `digest`:
    not asked, the next digest tells it;
    `done`: recorded, or recorded that it did not take place."""
    asked: int = 0
    """When they were asked last, epoch milliseconds; 0: not yet."""


@dataclass(frozen=True, slots=True)
class LateLead:
    """A lead that came in a quiet time of the person's."""

    lead: NewLead
    came: int
    """Epoch milliseconds."""
    told: bool = False


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
class Request:
    """Information that the person asked for, and how far that has come."""

    id: str
    case: str
    title: str
    """Of the case."""
    whom: str
    """Name of who was asked."""
    question: str
    at: int
    """Epoch milliseconds."""
    of_colleague: bool
    """They answer in their own chat; what anybody else says is entered by the person."""
    due: str = ""
    """ISO date by which it is needed; empty where that was not said."""
    answers: int = 0
    declined: bool = False

    @property
    def waits(self) -> bool:
        return not (self.answers or self.declined)


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
    requests: tuple[Requested, ...] = ()
    """What colleagues want to know of the person, answered or not: a second answer adds."""
    recorded: tuple[Recorded, ...] = ()
    """What colleagues recorded for customers of the person's, answered or not."""
    requested: tuple[Request, ...] = ()
    """What the person wants to know of others."""
    linking: Linking | None = None
    tries: tuple[int, ...] = ()
    """When this account tried in vain to be linked, epoch milliseconds, the latest last."""
    follow_ups: tuple[FollowUp, ...] = ()
    """Meetings that ended lately, the earliest first."""
    leads: tuple[LateLead, ...] = ()
    """What came in quiet times lately, the earliest first."""
    quiet_until: int = 0
    """Until when the person wants nothing unasked, epoch milliseconds."""
    notice: int | None = None
    """Minutes before a meeting at which they want to be reminded; 0: never; None: as usual."""

    def moves_to(self, now: Address | None) -> bool:
        """Whether the person goes on in another chat than the one where the dialogue stands."""
        before = self.live
        if before is None or now is None or now.shared:
            return False
        # Slack names one direct message in two ways: by the person, and by itself.
        return (before.channel, before.account) != (now.channel, now.account)

    @property
    def active(self) -> Dialogue | None:
        return self.dialogues[-1] if self.dialogues else None


@dataclass(frozen=True, slots=True)
class Copy:
    """A decision card as somebody got it."""

    address: Address
    language: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person of management said to a question."""

    by: str
    verdict: Literal["approved", "rejected"]
    at: int
    """Epoch milliseconds."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What somebody of management wants to know before they decide."""

    by: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A question to management, or to the contact of a hand-over, with the case as it was shown."""

    id: str
    case: Case
    owner: str
    copies: tuple[Copy, ...] = ()
    status: Literal["open", "approved", "rejected", "withdrawn"] = "open"
    """Of a hand-over, approved is accepted and rejected is declined."""
    decided_by: str | None = None
    decided_at: int | None = None
    mark: str = ""
    """Hash of what the cards show: a press on a card with another one decides nothing."""
    kind: Literal["decision", "handover"] = "decision"
    target: str = ""
    """Where the customer is to be handed over to: an id of the playbook's `handover` list."""
    asked_at: int = 0
    """Epoch milliseconds."""
    votes: tuple[Vote, ...] = ()
    """In the order in which they came; the store keeps them apart, one for each person."""
    enquiries: tuple[Enquiry, ...] = ()
    reminded: bool = False
    level: int = 0
    """Who has been asked: 0 those of the beginning, 1 the deputy too, 2 the next level too."""
    also: tuple[str, ...] = ()
    """Ids of the people who were asked after the deadline."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Somebody's decision about an approval, or its owner's withdrawal."""

    approval: str
    status: Literal["approved", "rejected", "withdrawn"]
    by: str


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote of this turn about that question."""

    approval: str
    vote: Vote


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
    """Every open question; locks them all, so only for who is shown them all."""
    beside: bool = False
    """The open questions about the same cases as the named ones."""
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
    votes: tuple[Voted, ...] = ()
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
