"""What the inside needs of the outside. Adapters fill these; `bot.wiring` chooses which."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from dialogs.books import Books
from dialogs.crm import (
    CrmNeeds,
    Delivery,
    DeliveryReceipt,
    Finding,
    KeyReport,
    Staff,
    Standing,
)
from dialogs.drawings import Drawing
from dialogs.events import Arrival, Hit
from dialogs.lookups import Answer, Lookup
from dialogs.shows import FormReply, Say


@dataclass(frozen=True, slots=True)
class Receipt:
    """The inbox's answer to a channel: the event is kept; only now may it be acknowledged."""

    new: bool
    """False when this source key had been accepted before; nothing happened again."""
    reply: FormReply | None = None
    """What an open form page should do; None when the event was none of a form."""
    forged: bool = False
    """A button was pressed, or a page sent, that was never offered to this person."""


Accept = Callable[[Arrival], Awaitable[Receipt]]
"""The one door in. Raises StoreUnavailable when nothing was kept: then do not acknowledge."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers, names in lower case; they take the place of the web server's own."""


HttpHook = Callable[[bytes, Mapping[str, str]], Awaitable[HttpAnswer]]
"""A webhook of a channel: raw body and headers (names in lower case) in, answer out."""

PathPage = Callable[[str, str, Mapping[str, str], bytes], Awaitable[HttpAnswer]]
"""A page at one-time addresses: method, the token in the path, headers (in lower case), body."""


class Clock(Protocol):
    """The one source of time and of randomness, so that a simulator can be both."""

    def now(self) -> int:
        """Epoch milliseconds."""
        ...

    def new_id(self) -> str:
        """A new id: 26 characters, the time in front, 80 random bits behind (a ULID)."""
        ...

    def jitter(self) -> float:
        """A random number from 0 to 1."""
        ...


class Waker(Protocol):
    """Who sees to work that this process did not finish itself."""

    def enqueue(self, books: Books, conversations: Collection[str]) -> None:
        """Inside the transaction: these conversations have events, or intents, left over."""
        ...

    def flush(self) -> None:
        """After the commit: wake whoever is to look."""
        ...


class Channel(Protocol):
    """A chat platform."""

    @property
    def name(self) -> str: ...

    @property
    def trouble(self) -> str:
        """Why nothing is received or shown at the moment, and what to do; empty: all is well."""
        ...

    async def show(self, say: Say, previous: str | None) -> str:
        """Show it and return the platform's reference of the message that now stands there.

        `previous` is the reference of the message in that slot, if any. With `say.edit` that
        message is changed in place; one that is gone is posted anew. With `say.above` a new one
        is posted and the old one loses its buttons. A `Picture` that is not drawn, or that the
        platform does not take, is shown as its text.

        Raises:
            ChatUnavailable: nothing is known to be shown; try again, after `retry_after` seconds.
            ChatRefused: it will never be shown there.
        """
        ...

    async def serve(self, accept: Accept) -> None:
        """Receive until cancelled. Returns at once where the platform calls us (`hooks`)."""
        ...

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        """Paths of the web server that the platform calls, by path."""
        ...

    async def examine(self) -> tuple[Finding, ...]:
        """For `dealdesk check`: token, webhook, rights."""
        ...

    async def close(self) -> None: ...


@runtime_checkable
class FileKeeper(Protocol):
    """A channel that keeps the files people send, until their record goes to the CRM."""

    async def fetch(self, ref: str, most: int) -> bytes:
        """Return the content of a file by the channel's own name for it, `most` bytes at most.

        Raises:
            ChatUnavailable: not now; try again.
            ChatRefused: it is gone, or larger.
        """
        ...


@runtime_checkable
class OwnFiles(FileKeeper, Protocol):
    """A channel whose files are kept here, until they are in the CRM."""

    async def let_go(self, ref: str) -> None:
        """It is in the CRM and need not be kept here any more. Never raises."""
        ...


class Painter(Protocol):
    """Makes pictures. A plain blocking function, called in a thread that waits a few seconds."""

    def paint(self, drawing: Drawing) -> bytes:
        """Draw it as PNG, to be read on a phone; the same drawing gives the same bytes.

        Raises:
            NotDrawn: it can't be drawn; the text has to do.
        """
        ...


class Crm(Protocol):
    """The company's CRM. Plain blocking functions, called in threads, each within a total deadline.

    All raise CrmUnavailable (outcome unknown or not reached: same call again later) and
    CrmRefused (it will not be taken as it is; the message is fit to show to an administrator).
    """

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        """Make the entry, exactly once for each `delivery.key`, however often it is called.

        A delivery that stands already is left as it is: a person's later edits are not
        overwritten. `fresh` promises that no earlier attempt of this key can exist, which saves
        the look before the write.
        """
        ...

    def stands(self, key: str) -> bool:
        """Was the delivery of that key made, by whatever program and whenever?"""
        ...

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        """Companies whose name contains the words (wildcards are literal), best match first."""
        ...

    def look_up(self, lookup: Lookup) -> Answer:
        """Read it. A colleague, customer or record that is unknown has an empty answer."""
        ...

    def staff(self, login: str) -> Staff | None:
        """Return the active internal CRM user with that login."""
        ...

    def standing(
        self, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        """Say of each whether they are an active internal user, and in which of these groups.

        Asked anew each time. By the user's id where it is known, else by login. A group that the
        CRM does not have has no members.
        """
        ...

    def staff_at(self, email: str) -> Staff | None:
        """Return the one active internal user with that e-mail; None for none or several."""
        ...

    def notify(self, user: int, subject: str, text: str) -> None:
        """Let the CRM tell its user something that nobody else may read, by e-mail or in itself.

        Raises:
            CrmRefused: this CRM has no way to do that.
        """
        ...

    def examine(self, needs: CrmNeeds) -> tuple[Finding, ...]:
        """Say what works, what is missing and what to do; writes nothing. Never raises."""
        ...

    def prepare(self, needs: CrmNeeds, *, dry_run: bool) -> tuple[Finding, ...]:
        """Create what is missing (fields, tab, stages, lost reasons); idempotent."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Somebody's own account in the CRM."""

    login: str
    secret: str = field(repr=False)


@runtime_checkable
class KeyedCrm(Protocol):
    """A CRM that takes people's own keys beside the service account's. Blocking, like `Crm`."""

    def examine_key(self, own: OwnAccount) -> KeyReport:
        """Try the key.

        Raises:
            CrmDenied: the CRM does not know it, or it is another person's.
            CrmUnavailable: not answered.
        """
        ...

    def deliver_as(self, own: OwnAccount, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        """See `Crm.deliver`; what is written is written with that person's key and rights.

        Raises:
            OwnKeyDenied: the CRM no longer accepts their key; nothing was written.
        """
        ...
