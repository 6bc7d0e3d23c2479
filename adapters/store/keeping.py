"""What each table keeps of people, for how long and why: declared once, next to the tables.

docs/privacy.md is derived from it, erasure and export walk along it, and a test fails when a
table or a column of text is missing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Table

from adapters.store.tables import (
    address,
    approval,
    audit,
    audit_head,
    case_file,
    conversation,
    heartbeat,
    inbox,
    intent,
    link_code,
    message,
    moved_chat,
    own_key,
    person,
    place,
    replica,
    ticket,
    timer,
    upload,
    vote,
)

DAYS = "`DEALDESK_KEEP_DAYS`"


@dataclass(frozen=True, slots=True)
class Keeping:
    """One table's rows as data protection sees them."""

    what: str
    why: str
    until: str
    texts: tuple[str, ...] = ()
    """Columns that can hold what somebody typed, or a name: JSON or plain."""
    words: tuple[str, ...] = ()
    """Columns that hold ids and words of ours only."""


KEPT: Mapping[Table, Keeping] = {
    inbox: Keeping(
        "each message, press and answer of the CRM, as it came in",
        "accepted means kept: it is worked off after a crash too, and once",
        f"text emptied {DAYS} after it was worked off or set aside; row deleted 7 days later",
        texts=("payload", "error"),
        words=("source_key", "conversation", "event_id", "status"),
    ),
    conversation: Keeping(
        "the forms a person is filling in, the titles of their open and last lost cases, their "
        "meetings of the last week with customer and participants, and leads that came in quiet "
        "times",
        "a form can be gone on with at any time, and nobody is asked twice about a meeting",
        "until the form is finished or cancelled, the case is closed, and another meeting "
        "a week later is told of; a stranger's "
        "conversation as long as their last message",
        texts=("state",),
        words=("id",),
    ),
    case_file: Keeping(
        "the answers about one opportunity, with customer and contacts",
        "the next form and the decision card show them",
        f"text emptied {DAYS} after the case was closed; ids stay",
        texts=("state",),
        words=("id", "owner", "step"),
    ),
    approval: Keeping(
        "a question to management, with the case as it was shown, and who decided when",
        "a decision counts once, and for the case that was shown",
        f"text emptied {DAYS} after the decision; ids and the decision stay",
        texts=("subject",),
        words=("id", "case_id", "owner", "status", "decided_by"),
    ),
    vote: Keeping(
        "who of management said what to a question, and when",
        "a question can need several approvals, of which each person gives one",
        "for good; the id of an erased person names nobody any more",
        words=("approval", "person", "verdict"),
    ),
    timer: Keeping(
        "an event to come",
        "reminders and deadlines",
        f"text emptied {DAYS} after it rang; row deleted 7 days later",
        texts=("payload",),
        words=("id", "conversation", "kind", "status"),
    ),
    intent: Keeping(
        "what goes to a chat or into the CRM",
        "it arrives after an outage too, and once",
        "a chat message's text until it was shown; an entry's text "
        f"{DAYS} after it was made; one the CRM refused until it is retried or dropped; "
        "row deleted 7 days later",
        texts=("body", "error", "result"),
        words=("key", "target", "order_key", "conversation", "status"),
    ),
    place: Keeping(
        "which message of a chat shows what",
        "a message is changed in its place instead of posted again",
        "until the person is erased",
        words=("channel", "chat", "slot", "ref"),
    ),
    moved_chat: Keeping(
        "under which name a group of a chat platform goes on",
        "what was begun there goes on",
        "for good: names of rooms, of nobody",
        words=("channel", "chat", "goes_on"),
    ),
    heartbeat: Keeping(
        "when a channel worked last",
        "after an outage what may be lost is shown again",
        "replaced every few seconds",
        words=("name",),
    ),
    replica: Keeping(
        "the programs that share the database, and how far each has counted",
        "what a dead one had begun another takes up",
        "until the program ends or is struck off",
        words=("name",),
    ),
    person: Keeping(
        "name, role, language, time zone and CRM login of a member of staff",
        "dealdesk talks to people it knows",
        "until the person is erased",
        texts=("name", "login"),
        words=("id", "role", "language", "zone", "crm_role"),
    ),
    link_code: Keeping(
        "the hash of a one-time code with which somebody connects a chat, and for whom it is",
        "a code counts once, for one person, within ten minutes",
        "a day after it ended, or until the person is erased",
        words=("hash", "person", "subject"),
    ),
    own_key: Keeping(
        "a person's own key for the CRM, encrypted",
        "their entries are made under their name and with their rights",
        "until they let it be forgotten, or are erased",
        texts=("login",),
        words=("person", "sealed", "given"),
    ),
    ticket: Keeping(
        "the hash of the one-time address of the page on which a key is given",
        "the page is for one person, once",
        "ten minutes, or until the person is erased",
        words=("id", "person"),
    ),
    address: Keeping(
        "a member of staff's account on a chat platform",
        "to know who speaks, and to answer",
        "until the account is unlinked or the person erased",
        words=("channel", "account", "chat", "person"),
    ),
    audit: Keeping(
        "who did what to which thing and when, in ids and words of ours",
        "it can be shown who recorded and who decided",
        "for good; the id of an erased person names nobody any more",
        words=("actor", "action", "subject", "channel", "programme", "hash"),
    ),
    audit_head: Keeping(
        "number and hash of the last audit row",
        "rows taken from the end are noticed",
        "for good",
        words=("hash",),
    ),
    message: Keeping(
        "the web chat's messages, of both sides",
        "the page shows them again when it is opened",
        f"deleted after {DAYS}",
        texts=("body",),
        words=("channel", "chat", "ref"),
    ),
    upload: Keeping(
        "the content of a file that somebody sent on the page",
        "no chat platform keeps it until its record goes to the CRM",
        f"deleted within an hour after it is in the CRM, else after {DAYS}; with the person's "
        "account when they are erased. Names are not looked for in it",
        words=("chat", "ref"),
    ),
}

OF_STAFF = frozenset({person})
"""Tables whose texts are about staff alone: a customer's contact is not looked for in them."""


def searched() -> list[tuple[Table, Column[int] | Column[str], Column[str]]]:
    """Every column in which a name can stand: its table, the table's key, the column."""
    return [
        (table, table.primary_key.columns[0], table.c[name])
        for table, kept in KEPT.items()
        if table not in OF_STAFF
        for name in kept.texts
    ]
