"""What the CRM is asked about leads: which ones are new, and whether one is known already."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NewLeads:
    """Leads that came in by themselves since a moment and that nobody has worked on yet."""

    since: int
    """Epoch milliseconds."""
    limit: int = 200
    type: Literal["new_leads"] = "new_leads"


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead as it came in."""

    id: int
    title: str
    contact: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    source: str = ""
    """Medium, source and campaign, as far as the CRM knows them."""
    text: str = ""
    """What the sender wrote."""
    stars: int = 0
    owner: str = ""
    """Login of whoever the CRM has given it to; empty: nobody."""
    owner_name: str = ""
    leader: str = ""
    """Login of the leader of its sales team."""
    customer: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class NewLeadList:
    """The oldest first."""

    leads: tuple[NewLead, ...]
    type: Literal["new_lead_list"] = "new_lead_list"


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Opportunities that may be the same: by e-mail, phone, or the name of contact and company."""

    email: str = ""
    phone: str = ""
    contact: str = ""
    company: str = ""
    title: str = ""
    limit: int = 5
    type: Literal["duplicates"] = "duplicates"


Likeness = Literal["email", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An opportunity that stands in the CRM, and in what it is like the new one."""

    id: int
    title: str
    contact: str
    customer: str
    owner: str
    """Name of its owner; empty: nobody."""
    login: str
    like: tuple[Likeness, ...]
    url: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class DuplicateList:
    """The likest first."""

    duplicates: tuple[Duplicate, ...]
    type: Literal["duplicate_list"] = "duplicate_list"
