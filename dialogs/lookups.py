"""What the CRM can be asked to read, and what it answers: in CRM terms, of no product.

A turn asks (`Asking`), the answer comes back to the same conversation as the event `LookedUp`, and
`dialogs.answered` says who takes it. Nothing here writes anything anywhere.
"""

from dataclasses import dataclass
from typing import Literal

from dialogs.agenda import Agenda, MeetingList
from dialogs.crm import Staff
from dialogs.customer_lookups import (
    Choices,
    Colleagues,
    ContactList,
    Contacts,
    CustomerHistory,
    History,
    Openings,
    Unknown,
)
from dialogs.lead_lookups import DuplicateList, Duplicates, NewLeadList, NewLeads
from dialogs.lookups_figures import FigureList, Figures, Pipeline, PipelineFigures
from dialogs.mail_lookups import MailFate, MailState
from dialogs.order_lookups import ProductList, Products, QuotationList, Quotations

STARTED = "▶ "
"""Before the summary of an activity that somebody has begun: whoever looks at it sees so."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The open activities of a colleague, whoever made them."""

    colleague: Staff
    until: str
    """ISO date of the last day that is wanted."""
    limit: int = 20
    only: int | None = None
    """The one with this id, if it is theirs and open, whenever it is due."""
    skip: int = 0
    """How many that are due before have been told already."""
    type: Literal["duties"] = "duties"


@dataclass(frozen=True, slots=True)
class Duty:
    """An open activity about an opportunity."""

    id: int
    summary: str
    due: str
    """ISO date."""
    note: str
    opportunity: int
    title: str
    """Name of the opportunity."""
    customer: str
    stars: int
    """Importance of the opportunity, 0 to 3."""
    url: str
    """Of the opportunity."""


@dataclass(frozen=True, slots=True)
class DutyList:
    """What is due first comes first."""

    duties: tuple[Duty, ...]
    more: int = 0
    """How many there are beyond the limit."""
    skipped: int = 0
    """How many came before these."""
    type: Literal["duty_list"] = "duty_list"


Lookup = (
    Agenda
    | Duplicates
    | Duties
    | NewLeads
    | Pipeline
    | Figures
    | Contacts
    | Openings
    | Colleagues
    | History
    | MailState
    | Quotations
    | Products
)
"""A union; each member has a `type` of its own, by which it is told apart when stored."""
Answer = (
    DuplicateList
    | DutyList
    | MeetingList
    | NewLeadList
    | PipelineFigures
    | FigureList
    | ContactList
    | Choices
    | CustomerHistory
    | Unknown
    | MailFate
    | QuotationList
    | ProductList
)
"""A union like `Lookup`."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A lookup on behalf of a conversation."""

    lookup: Lookup
    purpose: str
    """Who takes the answer: a key of `dialogs.answered`."""
    subject: str = ""
    """What it is about, for whoever takes the answer: an id."""
    patience_ms: int | None = 4_000
    """After so long the answer is None; None waits for the CRM however long it is away."""
