"""What the inside needs of the outside. Adapters fill these; `bot.wiring` chooses which."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from dialogs.crm import (
    CrmNeeds,
    Delivery,
    DeliveryReceipt,
    Finding,
    KeyReport,
    Staff,
    Standing,
)
from dialogs.events import Arrival, Hit
from dialogs.people import Person
from dialogs.rows import (
    Arrived,
    AuditLine,
    Claimed,
    DeliveryLine,
    Done,
    Intent,
    Message,
    Passage,
    Roll,
    Settlement,
    StoredApproval,
    StoredCode,
    StoredKey,
    Taken,
    Ticket,
)
from dialogs.shows import FormReply, Say
from dialogs.trail import Anchor, AuditRow


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

    def enqueue(self, books: "Books", conversations: Collection[str]) -> None:
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
        is posted and the old one loses its buttons.

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


class Books(Protocol):
    """The tables, inside one transaction of one writer. All methods take and give batches.

    Times are epoch milliseconds. JSON columns are text: the store never looks into them.
    """

    def accept(self, arrivals: Sequence[Arrived]) -> list[bool]:
        """Put them into the inbox, in this order. False for a source key that is known."""
        ...

    def take(self, conversations: Collection[str]) -> list[Taken]:
        """Lock these conversations (made if new) and return the oldest new event of each."""
        ...

    def cases(self, ids: Collection[str]) -> dict[str, str]:
        """Lock and return the state of these cases by id; the unknown are left out."""
        ...

    def approvals(self, ids: Collection[str]) -> dict[str, StoredApproval]:
        """Lock and return these approvals by id."""
        ...

    def write(self, done: Sequence[Done], now: int, lease_until: int) -> list[Claimed]:
        """Keep the outcome of these turns and mark their events done.

        Returns the new intents that are already claimed (attempts 1, leased until `lease_until`)
        because nothing older blocks their order key; intents of one turn with one order key are
        claimed together, to be run one after another.
        """
        ...

    def stumble(self, seq: int, error: str, *, dead: bool) -> None:
        """Count a failed try of an event; a dead one is kept for the operator and passed over."""
        ...

    def apologise(self, apology: Intent, now: int, lease_until: int) -> list[Claimed]:
        """Keep what is to be said about a dead event; claimed where nothing older blocks it."""
        ...

    def ready(self, limit: int) -> list[str]:
        """Conversations that have new events (the sweep's question)."""
        ...

    def claim(self, now: int, lease_until: int, limit: int) -> list[Claimed]:
        """Claim due intents, at most one of an order key, oldest first; attempts grows by one."""
        ...

    def take_back(self, now: int) -> int:
        """Free what an earlier life of this program had claimed; only where it is the sole one."""
        ...

    def beat(self) -> Roll:
        """Count on for this program, entered at its first beat; say how far the others are."""
        ...

    def strike_off(self, numbers: Collection[int], now: int) -> int:
        """Free what these programs had claimed: they died, or stand still. Counts what was freed.

        One that wakes up again is fenced: its settlements name attempts that are over.
        """
        ...

    def retire(self, now: int) -> int:
        """Leave, and free what this program had claimed and did not finish."""
        ...

    def let_go(self, in_hand: Collection[int], now: int) -> int:
        """Free what this program leased and has not in hand: a commit's answer was lost."""
        ...

    def settle(self, settlements: Sequence[Settlement], now: int) -> None:
        """Write down what became of claimed intents.

        Fenced: a settlement whose `attempts` is not the row's, or whose intent is no longer
        pending, changes nothing. `arrivals` of those that count go into the inbox.
        """
        ...

    def places(self, keys: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
        """Message reference by (channel, chat, slot)."""
        ...

    def move_chat(self, channel: str, chat: str, goes_on: str) -> None:
        """Remember that a chat goes on under another name; its places and addresses go along."""
        ...

    def moved(self, chats: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Under which name chats go on, by (channel, chat); those that stayed are left out."""
        ...

    def worked(self, name: str, at: int) -> None:
        """Note that something of that name worked at that time."""
        ...

    def last_worked(self, name: str) -> int | None: ...

    def fire(self, now: int, limit: int) -> list[str]:
        """Turn due timers into inbox events; returns their conversations."""
        ...

    def next_due(self) -> int | None:
        """When the next timer or intent is due, or None."""
        ...

    def note(self, lines: Sequence[AuditLine], now: int) -> None:
        """Add these to the audit trail, when the transaction commits."""
        ...

    def trail(self, after: int, limit: int) -> list[AuditRow]:
        """Rows of the audit trail after that number, the oldest first."""
        ...

    def trail_head(self) -> Anchor | None:
        """The last row of the audit trail as its head names it; None for a head that is gone."""
        ...

    def people(self) -> list[Person]: ...

    def keep_person(self, person: Person) -> None:
        """Insert or replace, with the addresses; an address taken from another person moves."""
        ...

    def codes(self, hashes: Collection[str]) -> dict[str, StoredCode]:
        """Lock and return these link codes by hash."""
        ...

    def keep_code(self, code: StoredCode) -> None:
        """Keep a new link code, and let go of those that ended a day ago."""
        ...

    def codes_since(self, person: str, expires: int) -> int:
        """How many codes of that person end after that moment."""
        ...

    def deliveries(self, status: Collection[str], limit: int) -> list[DeliveryLine]:
        """CRM intents by status (`pending`, `done`, `dead`, `dropped`), newest first."""
        ...

    def revive(self, seq: int, now: int) -> bool:
        """Make a dead CRM intent pending and due again, keeping its key."""
        ...

    def drop(self, seq: int, now: int) -> bool:
        """Give a dead CRM intent up, so that later ones of its case can go on."""
        ...

    def case_list(self, owner: str | None) -> list[tuple[str, str]]:
        """Id and state of the cases of an owner (or all), newest first."""
        ...

    def open_approvals(self) -> list[StoredApproval]: ...

    def post(self, channel: str, chat: str, ref: str, body: str, now: int) -> None:
        """Keep a message of a channel without a history of its own (the web); same ref replaces."""
        ...

    def history(self, channel: str, chat: str, limit: int) -> list[Message]:
        """The last messages, oldest first."""
        ...

    def own_keys(self) -> list[StoredKey]: ...

    def keep_key(self, key: StoredKey) -> None:
        """Insert, or take the place of the person's earlier one."""
        ...

    def forget_key(self, person: str) -> bool: ...

    def deny_key(self, person: str, given: str) -> bool:
        """Mark that very key as no longer accepted; False when it is not there any more."""
        ...

    def offer(self, ticket: Ticket, now: int) -> None:
        """Keep a one-time address; earlier ones of the person end."""
        ...

    def ticket(self, id_: str, now: int) -> Ticket | None:
        """Return a one-time address that has not ended."""
        ...

    def try_ticket(self, id_: str) -> None:
        """Count a try."""
        ...

    def spend(self, person: str) -> None:
        """End the person's one-time addresses."""
        ...

    def hasten(self, now: int) -> None:
        """Let CRM entries that wait for their next attempt be due now."""
        ...

    def counts(self) -> dict[str, int]:
        """Rows by table and status, and ages: for metrics and readiness."""
        ...

    def forget(self, before: int) -> int:
        """Empty what was finished before then; delete it 7 days later, when its key may be lost."""
        ...

    def old_cases(self, before: int, after: str, limit: int) -> list[tuple[str, str]]:
        """Id and state of cases untouched since then, with an id after that one, by id."""
        ...

    def empty_cases(self, ids: Collection[str]) -> None:
        """Empty these cases; they are unknown from now on."""
        ...

    def passages(self) -> Iterator[Passage]:
        """Every kept text in which somebody can be named."""
        ...

    def put(self, passages: Sequence[Passage]) -> None:
        """Put these texts in the place of those that were there."""
        ...

    def wipe(self, key: str, talks: Collection[str], chats: Collection[tuple[str, str]]) -> None:
        """Delete a person with these conversations and chats (channel, chat).

        What was to be shown or worked off for them is given up; entries for the CRM stay.
        """
        ...

    def withdraw(self, approvals: Collection[str], now: int) -> None:
        """Close these open questions without a verdict."""
        ...


class Store(Protocol):
    """Where the tables live. One writer at a time for each process; the caller sees to that."""

    @property
    def sole(self) -> bool:
        """True when no other program can be at work with these tables."""
        ...

    def transaction(self) -> AbstractContextManager[Books]:
        """Begin, and commit at the end or roll back on an error.

        Raises:
            StoreUnavailable: busy beyond the patience, full, read-only or away; nothing was kept.
        """
        ...

    def prepare(self) -> None:
        """Create or migrate the tables; refuses a schema newer than the program."""
        ...

    def scrub(self) -> None:
        """Overwrite what was deleted, so that no file holds it any more; takes its time.

        Raises:
            StoreUnavailable: another program is just reading or writing; call it again.
        """
        ...

    def close(self) -> None: ...
