"""The audit trail as a chain: each row's hash covers the row and the hash of the one before it.

Pure: knows how rows are linked and how to tell the first one that was tampered with. What it
can't know by itself is that rows at the end are missing, or that a whole end was made anew: for
that an anchor is needed, the head as it stood at a time, kept where the database's owner can't
reach it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

GENESIS = "0" * 64
"""The hash before the first row."""
HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to which thing; ids and words of ours, never what somebody typed."""

    seq: int
    """From 1, without a gap."""
    at: int
    """Epoch milliseconds."""
    actor: str
    """Id of a person; `administrator` for a command, `dealdesk` for the program itself."""
    action: str
    subject: str
    channel: str
    """Where it was done; empty for the program itself."""
    programme: str
    """Version of the program that wrote it."""
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the trail as it stood once: its number and hash."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def anchor(text: str) -> Anchor:
    """Read an anchor as it was written down, `number:hash`.

    Raises:
        ValueError: it is none.
    """
    seq, _, found = text.partition(":")
    if len(found) != HASH_LENGTH:
        raise ValueError(text)
    return Anchor(int(seq), found)


def link(previous: str, facts: Sequence[int | str]) -> str:
    """The hash of a row, from the hash before it and its columns in their order."""
    text = json.dumps(facts, separators=(",", ":"))
    return sha256(f"{previous}{text}".encode()).hexdigest()


def facts(row: AuditRow) -> tuple[int | str, ...]:
    """The columns that a row's hash covers, in their order."""
    return row.seq, row.at, row.actor, row.action, row.subject, row.channel, row.programme


@dataclass(slots=True)
class Inspection:
    """A walk along the trail; `fault` says what is wrong with the first row that is not sound."""

    anchors: Sequence[Anchor] = ()
    after: Anchor = Anchor(0, GENESIS)
    """The row before the first one looked at; taken for sound."""
    rows: int = 0
    fault: str = ""
    _held: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the anchors by the row they are about; those before the walk say nothing."""
        self._held = {one.seq: one.hash for one in self.anchors if one.seq > self.after.seq}

    def follow(self, rows: Iterable[AuditRow]) -> None:
        """Go on along these rows, up to the first fault."""
        for row in rows:
            self.fault = self.fault or self._complaint(row)
            if self.fault:
                return
            self.after, self.rows = Anchor(row.seq, row.hash), self.rows + 1

    def end(self, head: Anchor | None) -> None:
        """All rows were followed: is it where the head says, and where the anchors said?"""
        if self.fault:
            return
        lost = sorted(seq for seq in self._held if seq > self.after.seq)
        if lost:
            self.fault = f"row {self.after.seq + 1} is missing, and all after it up to {lost[-1]}"
        elif head is None:
            self.fault = "the head of the trail was deleted"
        elif head.seq > self.after.seq:
            self.fault = f"row {self.after.seq + 1} is missing, and all after it up to {head.seq}"
        elif head != self.after:
            self.fault = f"row {self.after.seq} is not the one that the head of the trail names"

    def _complaint(self, row: AuditRow) -> str:
        expected = self.after.seq + 1
        if row.seq != expected:
            return f"row {expected} is missing, moved or renumbered: row {row.seq} follows"
        if not _sound(row) or row.hash != link(self.after.hash, facts(row)):
            return f"row {row.seq} was changed, or put in the place of another"
        if self._held.get(row.seq, row.hash) != row.hash:
            return f"row {row.seq} is not as anchored: it, or one before it, was written anew"
        return ""


def _sound(row: AuditRow) -> bool:
    """The columns have the kinds of value they are made with: SQLite would take others too."""
    return all(isinstance(value, int | str) for value in facts(row))
