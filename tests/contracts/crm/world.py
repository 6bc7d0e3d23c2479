"""What the contract needs of a CRM besides the port: to look at it, to work in it by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dialogs.crm import CrmNeeds, FieldNeed, Staff, StageNeed
from dialogs.ports import Crm


def _both(text: str) -> dict[str, str]:
    return {"en": text, "de": f"{text} (de)"}


NEEDS = CrmNeeds(
    fields=(
        FieldNeed("x_dealdesk_t_char", "char", _both("Char")),
        FieldNeed("x_dealdesk_t_text", "text", _both("Text")),
        FieldNeed("x_dealdesk_t_integer", "integer", _both("Integer")),
        FieldNeed("x_dealdesk_t_float", "float", _both("Float")),
        FieldNeed("x_dealdesk_t_boolean", "boolean", _both("Boolean")),
        FieldNeed("x_dealdesk_t_date", "date", _both("Date")),
        FieldNeed("x_dealdesk_t_datetime", "datetime", _both("Datetime")),
        FieldNeed(
            "x_dealdesk_t_selection",
            "selection",
            _both("Selection"),
            (("go", _both("Go on")), ("stop", _both("Stop"))),
        ),
    ),
    stages=(
        StageNeed("new", ("New", "Neu")),
        StageNeed("qualification", ("Qualified", "Qualification")),
        StageNeed("proposition", ("Proposition",)),
        StageNeed("won", ("Won",), won=True),
    ),
    lost_reasons=({"en": "Too expensive", "de": "Zu teuer"},),
    teams=("Group desk",),
)
ZONE = "Europe/Berlin"
SAM = Staff("Sam Sales", "sam@example.com")
SOFIA = Staff("Sofia Sales", "sofia@example.com")


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    subject: str
    start: datetime
    minutes: int
    location: str
    present: tuple[str, ...] = ()
    """Who takes part beside the owner, by name."""
    held: str = ""
    """What is noted on the meeting itself."""


@dataclass(frozen=True, slots=True)
class SeenNote:
    author: str
    text: str
    """All words of it, as a reader sees them."""


@dataclass(frozen=True, slots=True)
class SeenMail:
    address: str
    """Of the one it is to."""
    author: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class SeenOrder:
    customer: int
    terms: str
    lines: tuple[tuple[str, float, float], ...]
    """Words, quantity, price of one."""
    untaxed: float


@dataclass(frozen=True, slots=True)
class Seen:
    """An opportunity as the CRM holds it; `fields` are those of `NEEDS` that hold something."""

    title: str
    customer: int | None
    owner: str
    stage: str
    tags: tuple[str, ...]
    fields: Mapping[str, object]
    meetings: tuple[SeenMeeting, ...]
    activities: Mapping[str, bool]
    """By summary: True when it is done."""
    notes: tuple[SeenNote, ...]
    probability: float = 0
    lost: str | None = None
    """Why it is lost; None for one that is not."""
    team: str = ""
    doers: Mapping[str, str] = field(default_factory=dict)
    """Who has to do it, by the activity's summary."""


class World(Protocol):
    """A CRM with Sam and Sofia in it; made things stay, so tests make their own."""

    @property
    def crm(self) -> Crm: ...

    @property
    def sends_mail(self) -> bool:
        """Whether it can tell its users anything."""
        ...

    @property
    def administrator(self) -> Crm:
        """The same CRM, for whoever may set it up."""
        ...

    def restarted(self) -> Crm:
        """The same as a new process sees it."""
        ...

    def add_company(self, name: str, city: str = "") -> int: ...

    def companies(self, name: str) -> int:
        """How many have exactly that name."""
        ...

    def opportunities(self, title: str) -> int: ...

    def see(self, opportunity: int) -> Seen: ...

    def add_contact(self, company: int, name: str, email: str) -> int: ...

    def partner(self, company: int) -> dict[str, str]:
        """What is known of a company: its website, its industry, its tags."""
        ...

    def moves_site(self, company: int, website: str) -> None:
        """Somebody changes its website by hand."""

    def mails(self, opportunity: int) -> list[SeenMail]:
        """E-mails to a customer, the oldest first."""
        ...

    def orders(self, opportunity: int) -> list[SeenOrder]:
        """Draft quotations, the oldest first."""
        ...

    def edit(self, opportunity: int, title: str, owner: Staff, text: str) -> None:
        """As a person: `text` goes to x_dealdesk_t_char."""
        ...

    def delete(self, opportunity: int) -> None: ...

    def delete_activities(self, opportunity: int) -> None: ...

    def hire(self, name: str, group: str = "") -> Staff:
        """Make a user whose login is the work e-mail, in that group."""
        ...

    def move(self, colleague: Staff, group: str) -> None:
        """Leave them in that group only."""
        ...

    def dismiss(self, colleague: Staff) -> None:
        """Archive the user."""
        ...

    def plan(
        self,
        host: Staff,
        start: datetime,
        *,
        minutes: int = 60,
        company: int | None = None,
        opportunity: int | None = None,
        guest: str = "",
        colleague: Staff | None = None,
        kind: str = "",
    ) -> int:
        """Put a meeting into the calendar; `guest` is somebody of the company's, by name.

        `kind` is `private` or `allday` for what is no meeting to ask about.
        """
        ...

    def put_off(self, meeting: int, start: datetime, minutes: int) -> None: ...

    def call_off(self, meeting: int) -> None:
        """Delete it."""
        ...

    def decline(self, meeting: int, name: str) -> None:
        """Let the host or the guest of that name say no."""
        ...

    def attached(self, opportunity: int) -> list[tuple[str, bytes]]:
        """Name and content of what hangs on it."""
        ...

    def read_by(self, colleague: Staff) -> list[str]:
        """What the CRM itself has told this user, and they alone can read, as plain text."""
        ...

    def completed(self, opportunity: int) -> dict[str, tuple[str, str]]:
        """Result and day of completion of what is done there, by summary."""
        ...

    def comes_in(self, title: str, email: str = "", phone: str = "") -> int:
        """Make a lead as a website does: nobody's."""
        ...

    def declined(self, opportunity: int) -> str:
        """Why it was closed.

        Raises:
            AssertionError: it is open.
        """
        ...

    def came_by(self, opportunity: int) -> tuple[str, str, str]:
        """Names of source, medium and campaign; each is there once."""
        ...
