"""What can happen to a conversation. Each event reaches it through the one inbox, in order.

Channels make the first group, the durable core the second. An event holds facts, no behaviour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.people import Address


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
    """Something a dialogue can't read: `voice`, `sticker`, `photo`, `file`, `location`, `edit`."""

    kind: str
    type: Literal["shared"] = "shared"


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
class Found:
    """The CRM's answer to a search; `hits` is None when it could not be asked."""

    query: str
    hits: tuple["Hit", ...] | None
    type: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: CRM id, name, and what tells it from its namesakes (city, e-mail)."""

    id: int
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery stands in the CRM."""

    key: str
    case: str
    opportunity: int
    url: str = ""
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
class Fired:
    """A timer came due."""

    timer: str
    kind: str
    payload: Mapping[str, str] = field(default_factory=dict)
    type: Literal["fired"] = "fired"


@dataclass(frozen=True, slots=True)
class Stumbled:
    """An event of this conversation could not be worked off and was set aside."""

    type: Literal["stumbled"] = "stumbled"


FromPerson = Said | Pressed | Submitted | Shared
Event = (
    Said
    | Pressed
    | Submitted
    | Shared
    | Decided
    | Found
    | Delivered
    | Delayed
    | Refused
    | Fired
    | Stumbled
)


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
