"""Rows of the durable core as the store hands them over. Texts are JSON made by `bot.codec`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Target = Literal["chat", "crm", "search", "lookup", "rights", "invite"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An inbox row to be."""

    source_key: str
    conversation: str
    event_id: str
    """Random and lasting: ids made in the turn derive from it; a repeated turn makes the same."""
    at: int
    payload: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The next event of a locked conversation."""

    seq: int
    conversation: str
    event_id: str
    at: int
    payload: str
    tries: int
    state: str | None
    """The conversation's state; None for a new conversation."""
    version: int


@dataclass(frozen=True, slots=True)
class StoredCase:
    id: str
    owner: str
    step: str
    state: str


@dataclass(frozen=True, slots=True)
class StoredApproval:
    """A question to management; `status` is open, approved, rejected or withdrawn."""

    id: str
    case: str
    owner: str
    status: str
    subject: str
    decided_by: str | None = None
    decided_at: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Close an open approval; exactly one can."""

    approval: str
    status: Literal["approved", "rejected", "withdrawn"]
    by: str


@dataclass(frozen=True, slots=True)
class StoredVote:
    """What one person said to a question; there is one for each person and question."""

    approval: str
    person: str
    verdict: str
    at: int


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A one-time link code; `hash` is all that is kept of the code itself."""

    hash: str
    person: str
    subject: str
    expires: int
    used: int | None = None


@dataclass(frozen=True, slots=True)
class StoredTimer:
    id: str
    conversation: str
    kind: str
    due: int
    payload: str


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to be done outside, in the order of its order key."""

    key: str
    target: Target
    order_key: str
    conversation: str
    body: str
    expires: int | None = None
    """Not worth doing after this (a search); becomes dead and says so."""
    blocks_when_dead: bool = False
    """Later intents of the order key wait for the operator (CRM entries of one case)."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to which thing: ids and words of ours, never what somebody typed."""

    actor: str
    """Id of a person; `administrator` for a command, `dealdesk` for the program itself."""
    action: str
    subject: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of one turn."""

    seq: int
    conversation: str
    state: str
    version: int
    """The version that was read; the row gets version + 1."""
    cases: tuple[StoredCase, ...] = ()
    approvals: tuple[StoredApproval, ...] = ()
    """New questions; of one that is known and open, the subject is replaced."""
    verdicts: tuple[Verdict, ...] = ()
    votes: tuple[StoredVote, ...] = ()
    """Each the first of that person about that question."""
    timers: tuple[StoredTimer, ...] = ()
    cancelled: tuple[str, ...] = ()
    intents: tuple[Intent, ...] = ()
    arrivals: tuple[Arrived, ...] = ()
    """Events for other conversations (a decision for the case's owner)."""
    audit: tuple[AuditLine, ...] = ()
    burnt: tuple[str, ...] = ()
    """Hashes of link codes used up; each must have been unused."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An intent that is ours until the lease ends."""

    seq: int
    key: str
    target: Target
    order_key: str
    conversation: str
    body: str
    attempts: int
    fresh: bool
    """Just written and claimed in the same transaction: no earlier attempt can exist."""
    created: int
    expires: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a claimed intent.

    `done`: it happened. `retry`: due again at `due`. `dead`: refused for good. `release`: it was
    not tried; due at once, the attempt is not counted.
    """

    seq: int
    attempts: int
    outcome: Literal["done", "retry", "dead", "release"]
    due: int = 0
    error: str = ""
    result: str = ""
    place: tuple[str, str, str] | None = None
    """(channel, chat, slot) whose message is now `result`."""
    arrivals: tuple[Arrived, ...] = ()
    audit: tuple[AuditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    """The programs at work on the same tables."""

    mine: int
    """This program's number; a new one after it was struck off."""
    beats: Mapping[int, int]
    """How far each has counted, by its number."""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A CRM intent as the operator sees it."""

    seq: int
    key: str
    status: str
    attempts: int
    created: int
    due: int
    error: str
    body: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Message:
    """A kept chat message of a channel without a history of its own."""

    ref: str
    body: str
    at: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent on the page."""

    ref: str
    content: bytes = field(repr=False)
    at: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One kept text: a column of a row, JSON or plain."""

    table: str
    column: str
    key: int | str
    text: str


@dataclass(frozen=True, slots=True)
class StoredKey:
    """Somebody's own key for the CRM."""

    person: str
    login: str
    """The CRM's user it was checked against."""
    sealed: str
    given: str
    """Id of this key: a later one of the same person has another."""
    ends: int | None
    """Epoch milliseconds; None for one without an end."""
    denied: bool = False
    """The CRM no longer accepts it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time address of somebody's, by its hash."""

    id: str
    person: str
    ends: int
    tries: int = 0
