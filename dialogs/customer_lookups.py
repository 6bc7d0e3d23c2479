"""What the CRM can be asked about a customer, and about colleagues: things to choose, the history.

In CRM terms, of no product. `dialogs.lookups` takes these into its unions.
"""

from dataclasses import dataclass
from typing import Literal

from dialogs.crm import Customer


@dataclass(frozen=True, slots=True)
class Subject:
    """The opportunity that a case is about."""

    case: str
    """Key of the opportunity that the case made."""
    lead: int | None = None
    """The CRM's id of one that was there before the case."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people at a customer's: at that of a case's opportunity, else at the one named."""

    customer: int | None
    case: Subject | None = None
    limit: int = 60
    type: Literal["contacts"] = "contacts"


@dataclass(frozen=True, slots=True)
class KnownContact:
    id: int
    name: str
    function: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactList:
    """Persons by name; `company` is the customer itself, `language` its own, or empty."""

    contacts: tuple[KnownContact, ...] = ()
    company: KnownContact | None = None
    language: str = ""
    type: Literal["contact_list"] = "contact_list"


@dataclass(frozen=True, slots=True)
class Openings:
    """The open opportunities of a customer, whoever made them."""

    customer: int
    limit: int = 60
    type: Literal["openings"] = "openings"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """The active internal users of the CRM whose name contains the words."""

    words: str
    limit: int = 20
    type: Literal["colleagues"] = "colleagues"


@dataclass(frozen=True, slots=True)
class Choice:
    """A record to choose."""

    id: int
    name: str
    detail: str = ""
    """What tells it from its namesakes: a function, a stage, a login."""
    key: str = ""
    """Of an opportunity that a case of ours made: the case's id."""
    owner: str = ""
    """Of an opportunity: name of whoever looks after it; empty for nobody."""
    user: int | None = None
    """Their id in the CRM."""


@dataclass(frozen=True, slots=True)
class Choices:
    """By name, or the newest first."""

    choices: tuple[Choice, ...]
    type: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class History:
    """What a customer's past says about the next appointment."""

    customer: Customer
    """By the CRM's id; without one, by name."""
    at: str
    """ISO 8601 with offset: now, on the reader's clock."""
    most: int = 3
    """So many of each kind are told, the others counted."""
    type: Literal["history"] = "history"


@dataclass(frozen=True, slots=True)
class Past:
    """Something with a day: a meeting, a task, a message, a quotation."""

    on: str
    """ISO date."""
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The first of a kind, and how many there are beyond them."""

    told: tuple[Past, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """An open opportunity as the briefing tells it."""

    title: str
    stage: str
    revenue: float = 0.0
    chances: int = 0
    risks: int = 0
    """Scores of the assessment; 0: none."""


@dataclass(frozen=True, slots=True)
class CustomerHistory:
    """All of it; the latest of each kind first, what is due first of the tasks."""

    customer: Customer
    openings: tuple[Opening, ...] = ()
    more_openings: int = 0
    wishes: tuple[str, ...] = ()
    """Soft requirements, the latest first."""
    next: Past | None = None
    """The next appointment."""
    meetings: Part = Part()
    tasks: Part = Part()
    quotations: Part = Part()
    messages: Part = Part()
    type: Literal["customer_history"] = "customer_history"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody of that name."""

    type: Literal["unknown"] = "unknown"
