"""What can happen to a conversation. Each event reaches it through the one inbox, in order.

Channels make the first group, the durable core the second. An event holds facts, no behaviour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.agenda import Engagement
from dialogs.crm import Errand, Overtaken
from dialogs.files import Attached
from dialogs.keeper_events import Adopted, Adopting, Recorded, Settled
from dialogs.lead_lookups import NewLead
from dialogs.lookups import Answer
from dialogs.people import Address
from dialogs.request_events import Informed, Requested
from dialogs.shows import Say


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed words."""

    text: str
    command: bool = False
    """True when the platform marked it as a command: `/record`, `/dealdesk record`."""
    quote: str = ""
    """The text of a chat message the command was used on (Slack's message shortcut)."""
    type: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button; `token` is the opaque payload we had put into it."""

    token: str
    type: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True)
class Submitted:
    """Somebody sent a form page. Values by question id: option ids, or one typed text."""

    token: str
    values: Mapping[str, tuple[str, ...]]
    type: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that is no words: `voice`, `sticker`, `photo`, `file`, `location`, `edit`.

    `key` is a message that held what looks like a secret; nothing of it was kept.
    """

    kind: str
    files: tuple[Attached, ...] = ()
    """Where its content can be had, if there is any; one message can bring several."""
    caption: str = ""
    """What was typed with it."""
    type: Literal["shared"] = "shared"


@dataclass(frozen=True, slots=True)
class Barred:
    """Something came that is not let in; what it was is not kept."""

    why: Literal["pace", "length", "forged", "outsider"]
    """Too much at once, too long, buttons we never made, a guest or another company's."""
    length: int = 0
    """Characters, of what was too long."""
    type: Literal["barred"] = "barred"


@dataclass(frozen=True, slots=True)
class Unreached:
    """A chat of the person's can't be written to any more; `say` was to be shown there."""

    say: Say
    type: Literal["unreached"] = "unreached"


@dataclass(frozen=True, slots=True)
class Returned:
    """A channel works again after a while in which it may have lost what people did."""

    channel: str
    away_ms: int
    approvals: tuple[str, ...] = ()
    """The person's questions to management that wait for a press."""
    type: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True)
class Decided:
    """Management's decision about a case, for the conversation of the case's owner."""

    approval: str
    case: str
    approved: bool
    by: str
    """Id of the person who decided."""
    reason: str = ""
    target: str = ""
    """Where a refused customer is handed over to: an id of the playbook's `handover` list."""
    type: Literal["decided"] = "decided"


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of a case, for somebody who worked on it."""

    case: str
    title: str
    by: str
    """Id of the person who did it."""
    how: str
    """lost, won or restored."""
    reason: str = ""
    """Id of the lost reason."""
    type: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True)
class Enquired:
    """Management wants to know something, for the conversation of the case's owner."""

    approval: str
    number: int
    """Which of the questions that were asked back, from 0."""
    type: Literal["enquired"] = "enquired"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The word of a hand-over's contact, for the conversation of the case's owner."""

    approval: str
    case: str
    accepted: bool
    by: str
    """Id of the contact."""
    reason: str = ""
    left: tuple[str, ...] = ()
    """Ids of the contacts who can still accept what this one declined."""
    type: Literal["handed_over"] = "handed_over"


@dataclass(frozen=True, slots=True)
class LeadCame:
    """A lead has come in by itself, and this person is to see to it."""

    lead: NewLead
    told: tuple[str, ...] = ()
    """Ids of all who are told."""
    type: Literal["lead_came"] = "lead_came"


@dataclass(frozen=True, slots=True)
class LeadGiven:
    """A colleague gave a lead to this person; or the CRM had given it to somebody else before."""

    case: str
    by: str
    """Id of the colleague."""
    overtaken: Overtaken | None = None
    type: Literal["lead_given"] = "lead_given"


@dataclass(frozen=True, slots=True)
class Found:
    """The CRM's answer to a search; `hits` is None when it could not be asked."""

    query: str
    hits: tuple["Hit", ...] | None
    type: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The CRM's answer to an `Asking`; None when it could not be asked in time."""

    purpose: str
    subject: str
    answer: Answer | None
    type: Literal["looked_up"] = "looked_up"


@dataclass(frozen=True, slots=True)
class Invited:
    """A colleague asks the person to take part in an appointment."""

    invitation: str
    """Its id."""
    case: str
    asker: str
    """Id of the colleague."""
    title: str
    start: str = ""
    """ISO 8601 with offset, where a time is agreed."""
    reason: str = ""
    """Why a second participant comes along, in the company's language."""
    message: str = ""
    type: Literal["invited"] = "invited"


@dataclass(frozen=True, slots=True)
class Joined:
    """The answer to an invitation, for whoever asked."""

    invitation: str
    case: str
    by: str
    accepted: bool
    remark: str = ""
    type: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: CRM id, name, and what tells it from its namesakes (city, e-mail)."""

    id: int
    name: str
    detail: str = ""
    key: str = ""
    """Id of ours, where it is one of our people or cases."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery stands in the CRM."""

    key: str
    case: str
    opportunity: int
    url: str = ""
    errand: Errand | None = None
    """What it was to do about a task of the CRM."""
    overtaken: Overtaken | None = None
    """Set: a person was faster in the CRM, and nothing was written."""
    order: str = ""
    """Address of the quotation that came with it."""
    customer: int | None = None
    type: Literal["delivered"] = "delivered"


@dataclass(frozen=True, slots=True)
class Delayed:
    """The CRM can't be reached; the delivery is kept and goes out by itself."""

    key: str
    case: str
    type: Literal["delayed"] = "delayed"


@dataclass(frozen=True, slots=True)
class Refused:
    """The CRM refused a delivery for good; an administrator can mend and retry it."""

    key: str
    case: str
    reason: str
    type: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class KeyKept:
    """The person gave a key of their own for the CRM, and the CRM accepts it."""

    given: str
    """Id of the key."""
    ends: int | None
    """Epoch milliseconds; None for one without an end."""
    assumed: bool = False
    """The CRM did not say when it ends."""
    before: str = ""
    """Id of the key whose place it takes."""
    type: Literal["key_kept"] = "key_kept"


@dataclass(frozen=True, slots=True)
class KeyDenied:
    """The CRM no longer accepts the person's own key; what they entered waits."""

    given: str
    type: Literal["key_denied"] = "key_denied"


@dataclass(frozen=True, slots=True)
class Fired:
    """A timer came due."""

    timer: str
    kind: str
    payload: Mapping[str, str] = field(default_factory=dict)
    type: Literal["fired"] = "fired"


@dataclass(frozen=True, slots=True)
class MeetingEnded:
    """A customer meeting of the person's is over, and nobody has recorded it."""

    meeting: Engagement
    type: Literal["meeting_ended"] = "meeting_ended"


@dataclass(frozen=True, slots=True)
class MeetingSoon:
    """A customer meeting of the person's begins in the next hours."""

    meeting: Engagement
    type: Literal["meeting_soon"] = "meeting_soon"


@dataclass(frozen=True, slots=True)
class DayBegun:
    """The person's working day begins: the hour of the digest."""

    day: str
    """ISO date, where the person is."""
    type: Literal["day_begun"] = "day_begun"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the CRM says about the person's standing."""

    active: bool
    groups: tuple[str, ...] = ()
    """Those of `dialogs.people.CRM_GROUPS` that the person is in."""
    approval: str = ""
    """The question to management whose decision waits for this answer, if one does."""
    type: Literal["vouched"] = "vouched"


@dataclass(frozen=True, slots=True)
class Unvouched:
    """The CRM can't be asked about the person; it is asked until it answers."""

    approval: str
    type: Literal["unvouched"] = "unvouched"


FromPerson = Said | Pressed | Submitted | Shared | Barred
FromWithin = (
    Decided
    | Closed
    | Enquired
    | HandedOver
    | Found
    | LookedUp
    | Delivered
    | Delayed
    | Refused
    | KeyKept
    | KeyDenied
    | Fired
    | MeetingEnded
    | MeetingSoon
    | DayBegun
    | Vouched
    | Unvouched
    | Unreached
    | Invited
    | Joined
    | Requested
    | Informed
    | Returned
    | LeadCame
    | LeadGiven
    | Recorded
    | Settled
    | Adopting
    | Adopted
)
Event = FromPerson | FromWithin


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event on its way into the inbox, as a channel hands it over."""

    source_key: str
    """Unique for all time, equal on redelivery: `tg:<bot>:<update>`, `sl:<team>:<event>`."""
    address: Address
    """Who did it, and where an answer goes."""
    at: int
    """When the platform says it happened, epoch milliseconds."""
    event: FromPerson
