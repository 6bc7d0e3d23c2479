"""What a chat can be asked to show: one frozen value for each outcome, in the reader's language.

Texts are plain; each channel escapes them for its own sink, lays out the buttons and keeps to its
own limits. A button's text is for the reader, its token is opaque and at most 64 bytes.
"""

from dataclasses import dataclass
from typing import Literal

from dialogs.drawings import Drawing
from dialogs.people import Address

Style = Literal["plain", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    text: str
    token: str
    style: Style = "plain"
    selected: bool = False
    """Ticked, in a multiple choice."""
    opens_form: bool = False
    """Pressing it asks for a form page; channels without forms leave it out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled fact."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The current question of a dialogue."""

    title: str
    """The dialogue's title, with the customer where known."""
    prompt: str
    hint: str = ""
    echo: str = ""
    """What was understood of the answer before: "Date: Thu 24 December 2026"."""
    refusal: str = ""
    """Why the last answer was not taken, and what to type instead."""
    step: int = 0
    steps: int = 0
    choices: tuple[Button, ...] = ()
    controls: tuple[Button, ...] = ()
    """Back, skip, cancel, fill in as a form …"""
    type: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An answer as it will be kept, with the button that changes it."""

    label: str
    value: str
    edit: Button


@dataclass(frozen=True, slots=True)
class Review:
    """All answers before they are kept."""

    title: str
    prompt: str
    rows: tuple[ReviewRow, ...]
    echo: str = ""
    refusal: str = ""
    controls: tuple[Button, ...] = ()
    type: Literal["review"] = "review"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark, an explanation, a list of things to choose from."""

    text: str
    tone: Literal["info", "good", "warning"] = "info"
    rows: tuple[Row, ...] = ()
    buttons: tuple[Button, ...] = ()
    link: Link | None = None
    type: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Section:
    """A short list under a heading, as on the decision card."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What management decides about; with a verdict it has no buttons any more."""

    title: str
    facts: tuple[Row, ...]
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    verdict: str = ""
    tone: Literal["open", "approved", "rejected", "withdrawn"] = "open"
    link: Link | None = None
    type: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Picture:
    """Something drawn, with all that it says as text; where it can't be seen, the text stands."""

    text: str
    drawing: Drawing
    alt: str
    """What is to be seen, for whoever can't see it."""
    rows: tuple[Row, ...] = ()
    """The figures, as text."""
    buttons: tuple[Button, ...] = ()
    link: Link | None = None
    png: bytes = b""
    """The picture once it is drawn, on its way to a channel; empty: it could not be."""
    type: Literal["picture"] = "picture"

    @property
    def told(self) -> Notice:
        """The same without the picture."""
        return Notice(self.text, rows=self.rows, buttons=self.buttons, link=self.link)


Show = Ask | Review | Notice | Card | Picture


@dataclass(frozen=True, slots=True)
class FormField:
    """A question as a field of a form page."""

    id: str
    label: str
    kind: str
    """Name of the answer kind: text, long_text, choice, multi_choice, date, money, scale …"""
    hint: str = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """Option id and text, where the answer is chosen."""
    initial: tuple[str, ...] = ()
    """Option ids, or one text as a person would type it."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """Several questions at once, for channels that have forms (Slack's modal, the web page)."""

    title: str
    token: str
    submit: str
    close: str
    fields: tuple[FormField, ...]
    type: Literal["form_page"] = "form_page"


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Sentences by question id; the page stays open with what was typed."""

    errors: tuple[tuple[str, str], ...]
    type: Literal["form_errors"] = "form_errors"


@dataclass(frozen=True, slots=True)
class FormClosed:
    """The page is finished or no longer valid; the dialogue goes on in the chat."""

    type: Literal["form_closed"] = "form_closed"


FormReply = FormPage | FormErrors | FormClosed


@dataclass(frozen=True, slots=True)
class Say:
    """Something to show at an address."""

    address: Address
    slot: str
    """The place it takes: a later `edit` of the same slot and address replaces it."""
    show: Show
    edit: bool = False
    """Change the message in that place; where there is none, post it."""
    above: bool = False
    """Somebody typed below the message in that place: post anew and take the old one's buttons."""
    closed: tuple[str, ...] = ()
    """Channels on which its reader could not be reached with it before."""
