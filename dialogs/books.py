"""The tables as the core sees them: what it may do with them inside one transaction.

Adapters fill these ports; how a table is made or asked is theirs.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

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
    StoredVote,
    Taken,
    Ticket,
    Upload,
)
from dialogs.trail import Anchor, AuditRow


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

    def votes(self, approvals: Collection[str]) -> list[StoredVote]:
        """What was said to these questions, the earliest first; they are locked already."""
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

    def open_beside(self, approvals: Collection[str]) -> list[str]:
        """Ids of the open ones about the same cases as these."""
        ...

    def post(self, channel: str, chat: str, ref: str, body: str, now: int) -> None:
        """Keep a message of a channel without a history of its own (the web); same ref replaces."""
        ...

    def history(self, channel: str, chat: str, limit: int) -> list[Message]:
        """The last messages, oldest first."""
        ...

    def keep_upload(self, chat: str, ref: str, content: bytes, now: int) -> None:
        """Keep a file that was sent on the page; one that is known stays as it is."""
        ...

    def upload_sizes(self, chat: str, refs: Collection[str]) -> dict[str, int]:
        """Bytes of these files of a chat by reference; the unknown are left out."""
        ...

    def upload(self, chat: str, ref: str) -> bytes | None:
        """The content of one of them."""
        ...

    def uploads(self, chat: str) -> list[Upload]:
        """All files of a chat that are kept, the oldest first."""
        ...

    def uploaded(self, chat: str, ref: str, now: int) -> None:
        """It is in the CRM: the next `forget` deletes it here."""
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
