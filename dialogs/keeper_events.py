"""What colleagues tell each other where one recorded for a customer whom another looks after."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Recorded:
    """A colleague recorded something for a customer whom the person looks after."""

    record: str
    """Its id."""
    case: str
    by: str
    """Id of the colleague."""
    title: str
    """Of the opportunity."""
    what: str
    """Id of the form."""
    at: int
    """Epoch milliseconds."""
    key: str
    """Of the entry for the CRM."""
    customer: str = ""
    url: str = ""
    """The opportunity in the CRM, where it is known."""
    lead: int | None = None
    """The opportunity's number, where it stood in the CRM before the case."""
    answer: Literal["", "allowed", "adopted"] = ""
    """What the person said to it."""
    type: Literal["recorded"] = "recorded"


@dataclass(frozen=True, slots=True)
class Settled:
    """Who looks after the customer has spoken, for whoever recorded; no case changes hands."""

    title: str
    by: str
    how: Literal["allowed", "adopted"]
    """`adopted`: they go on with it themselves, in what is their opportunity already."""
    type: Literal["settled"] = "settled"


@dataclass(frozen=True, slots=True)
class Adopting:
    """Who looks after the customer takes the case over, for whoever has it."""

    record: str
    case: str
    by: str
    type: Literal["adopting"] = "adopting"


@dataclass(frozen=True, slots=True)
class Adopted:
    """The case is the person's now; or it was too late for that."""

    record: str
    case: str
    by: str
    """Id of the colleague who had it."""
    title: str = ""
    approval: str = ""
    """Id of the question that was asked about it last."""
    done: bool = True
    type: Literal["adopted"] = "adopted"


KeeperEvent = Recorded | Settled | Adopting | Adopted
