"""What colleagues tell each other about a request for information."""

from dataclasses import dataclass
from typing import Literal

from dialogs.files import Attached


@dataclass(frozen=True, slots=True)
class Requested:
    """A colleague asks the person for information about a case."""

    request: str
    """Its id."""
    case: str
    asker: str
    """Id of the colleague."""
    title: str
    question: str
    due: str = ""
    """ISO date by which it is needed; empty where that was not said."""
    type: Literal["requested"] = "requested"


@dataclass(frozen=True, slots=True)
class Informed:
    """What came of a request for information, for whoever asked."""

    request: str
    case: str
    by: str
    given: bool
    """False where they can't say."""
    text: str = ""
    """The answer, or why there is none."""
    files: tuple[Attached, ...] = ()
    type: Literal["informed"] = "informed"
