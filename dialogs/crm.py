"""What goes to the CRM and what comes back, in CRM terms and independent of the product behind.

One `Delivery` is one entry made exactly once; its key is made when it is enqueued and never
changes. Field names are the CRM's own (the playbook writes them), values are answers as stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.drawings import Drawing
from dialogs.files import Attached

JsonScalar = None | bool | int | float | str
JsonTable = dict[str, JsonScalar]
JsonValue = JsonScalar | list[JsonScalar | JsonTable] | JsonTable
FieldType = Literal["char", "text", "integer", "float", "boolean", "date", "datetime", "selection"]


@dataclass(frozen=True, slots=True)
class Staff:
    """A colleague as the CRM knows them."""

    name: str
    login: str | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the CRM says about a user of its own just now."""

    active: bool
    """False for one that is archived, unknown or no internal user."""
    groups: frozenset[str] = frozenset()
    """Those asked for that the user is in, implied membership included."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A company: an existing one by its CRM id, or a new one by name (id None)."""

    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the customer's: a known one by the CRM's id, or a new one below the company."""

    name: str
    id: int | None = None
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One field's new value."""

    value: JsonValue
    """As stored: money and decimals as text of a decimal, dates ISO, choices their option id."""
    text: str
    """As a person reads it, in the company's language; used where the field holds text."""


@dataclass(frozen=True, slots=True)
class Meeting:
    subject: str
    start: str
    """ISO 8601 with offset."""
    minutes: int = 60
    location: str = ""
    event: int | None = None
    """Id of the meeting in the CRM's calendar that this is: where it still stands it is put under
    the opportunity as it is, and none is made."""
    key: str = ""
    """Key of the delivery that made it, where one did: then this one says when it really was."""
    invite: bool = False
    """The CRM sends its invitations to those who take part; else nobody gets a mail."""
    held: tuple[str, str] | None = None
    """Label and answer, to be noted on the meeting itself: that it took place. None: to come."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to be done about the opportunity."""

    summary: str
    due: str
    """ISO date."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """A change of an activity that stands in the CRM, whoever made it: done, moved, handed on."""

    activity: int
    """The CRM's id."""
    what: Literal["start", "complete", "reschedule", "hand_on"]
    summary: str
    due: str
    """ISO date, as it was shown: with another one now, a person was faster."""
    result: str = ""
    day: str = ""
    """ISO date: of completion, or the new due date."""
    to: Staff | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Makes the delivery's owner the opportunity's, unless somebody else has become it."""

    was: str = ""
    """Name of the owner when that was asked for; empty: nobody."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Open activities that go to the delivery's owner."""

    keys: tuple[str, ...]
    """Of the deliveries that made them."""
    was: Staff
    """Who had them: what people gave to somebody else meanwhile stays there."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What a person had done in the CRM before the delivery came; so nothing was written."""

    how: Literal["gone", "done", "moved", "given", "taken", "closed"]
    what: str = ""
    """The new due date (ISO), or the name of whoever has it now."""


@dataclass(frozen=True, slots=True)
class Note:
    """Goes into the opportunity's history, signed by the author. Plain text."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    """Label and text."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The opportunity is lost, or is taken up again after it was."""

    state: Literal["lost", "restored"]
    reason: Mapping[str, str] = field(default_factory=dict)
    """The lost reason's names by language."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture for the record, as data until it is drawn."""

    name: str
    """Of the file."""
    drawing: Drawing
    png: bytes = b""
    """Once it is drawn, on its way to the CRM."""


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail to somebody at the customer. Plain text."""

    to: str
    """The address."""
    name: str
    """Of the person, as far as it is known."""
    subject: str
    body: str
    contact: int | None = None
    """The person in the CRM."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Something the customer asks for."""

    text: str
    """As it was said, unit included."""
    quantity: str
    """Text of a decimal."""
    price: str | None = None
    """Of one, text of a decimal; None where it was not said."""
    product: int | None = None
    """The product of the CRM that it is; None: whichever has that name, if any."""


@dataclass(frozen=True, slots=True)
class Order:
    """A draft quotation."""

    lines: tuple[OrderLine, ...]
    terms: str = ""
    due: str = ""
    """ISO date by which the customer wants it; empty where they did not say."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One entry for the CRM."""

    key: str
    """`<case>-<kind>-<n>`: letters, digits and dashes; the exactly-once key."""
    case: str
    """Key of the opportunity: the same for all deliveries of a case."""
    kind: str
    """Id of the playbook's form or step that it comes from."""
    author: Staff
    owner: Staff
    title: str
    """Name of the opportunity, used when it is created."""
    customer: Customer | None
    note: Note
    opportunity: Mapping[str, Value] = field(default_factory=dict)
    stage: str | None = None
    """Id of the playbook's stage to move to; None leaves the stage alone."""
    meeting: Meeting | None = None
    activity: Activity | None = None
    after: tuple[str, ...] = ()
    """Keys of the deliveries of the case before this one: without any, it makes the opportunity."""
    finishes: tuple[str, ...] = ()
    """Keys of earlier deliveries whose activity is now done."""
    tag: str | None = None
    untag: str | None = None
    """A tag that holds no longer."""
    closing: Closing | None = None
    passed_on: bool = False
    """The opportunity becomes its owner's, whoever had it until now."""
    team: str | None = None
    """Name of the sales team that it goes to."""
    lead: int | None = None
    """The opportunity, where it stood in the CRM before there was a case of it."""
    errand: Errand | None = None
    claim: Claim | None = None
    hands: Hands | None = None
    files: tuple[Attached, ...] = ()
    """Those without content could not be had: the note names them."""
    pictures: tuple[Drawn, ...] = ()
    """Attached to the opportunity, beside the note."""
    mail: Mail | None = None
    order: Order | None = None
    partner: Mapping[str, Value] = field(default_factory=dict)
    """Facts about the customer, by the field of the company in the CRM."""
    contact: Contact | None = None
    """Who of the customer's takes part in the meeting; a new one is made below the company."""
    attendees: tuple[Staff, ...] = ()
    """Colleagues who take part in the meeting."""
    joins: str = ""
    """Key of the delivery whose meeting they take part in, where this one brings none."""
    agreed: bool = False
    """Whether those who join it have said yes themselves."""


@dataclass(frozen=True, slots=True)
class DeliveryReceipt:
    """Where the entry stands."""

    opportunity: int
    url: str
    customer: int | None = None
    overtaken: Overtaken | None = None
    """Set: nothing was written, because a person was faster."""
    order: str = ""
    """Address of the quotation; empty where none was to be made, or the CRM has no quotations."""


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """A field of ours on the opportunity, derived from the playbook."""

    name: str
    type: FieldType
    label: Mapping[str, str]
    options: tuple[tuple[str, Mapping[str, str]], ...] = ()
    shown: bool = True
    """False: for counting alone; people neither see it on the form nor hear of its changes."""


@dataclass(frozen=True, slots=True)
class StageNeed:
    """A stage of the playbook and the names it may have in the CRM."""

    id: str
    names: tuple[str, ...]
    won: bool = False
    team: str = ""
    """Name of the sales team that it is for; empty: for all."""


@dataclass(frozen=True, slots=True)
class CrmNeeds:
    """What the playbook expects to find in the CRM."""

    fields: tuple[FieldNeed, ...]
    stages: tuple[StageNeed, ...]
    lost_reasons: tuple[Mapping[str, str], ...] = ()
    language: str = "en"
    teams: tuple[str, ...] = ()
    """Names of the sales teams that customers are handed over to, or that have own stages."""


@dataclass(frozen=True, slots=True)
class KeyReport:
    """What the CRM says about somebody's own key that it accepts."""

    ends: int | None
    """Epoch milliseconds; None: it has no end, or `known` is False."""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `dealdesk check` or `odoo setup`."""

    subject: str
    state: Literal["ok", "missing", "wrong", "created", "would create", "unknown"]
    remedy: str = ""
