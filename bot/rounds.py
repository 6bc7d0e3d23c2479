"""A round: one event of each conversation, and the rows that their turns look at, locked at once.

Knows what turns want and which of them would step on one another; what they decide is not known.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.books import Books
from dialogs.events import Event
from dialogs.people import Address
from dialogs.rows import StoredApproval, StoredVote, Taken
from dialogs.turns import Conversation, Wants

QUESTIONS = "questions"
"""Stands for all questions to management together."""


@dataclass(frozen=True, slots=True)
class Open:
    """An event taken, read and waiting for its facts."""

    taken: Taken
    conversation: Conversation
    event: Event
    address: Address | None
    wants: Wants


@dataclass(frozen=True, slots=True)
class Rows:
    """What the turns of a round look at, locked."""

    cases: Mapping[str, str]
    approvals: Mapping[str, StoredApproval]
    open_ids: Sequence[str]
    """Of the questions that all, or those beside the named ones, are wanted of."""
    votes: Mapping[str, Sequence[StoredVote]]
    """By question."""

    def asked(self, wants: Wants) -> list[StoredApproval]:
        """The questions to management that one turn may know."""
        known = [self.approvals[key] for key in wants.approvals if key in self.approvals]
        about = {row.case for row in known} if wants.beside else set()
        waiting = [self.approvals[key] for key in self.open_ids if key in self.approvals]
        shown = [row for row in waiting if wants.open_approvals or row.case in about]
        return known + [row for row in shown if row.status == "open"]

    def about(self, wants: Wants) -> list[str]:
        """The cases one turn may know: those it names, and those its questions are about."""
        asked = (self.approvals[key].case for key in wants.approvals if key in self.approvals)
        return [case for case in {*wants.cases, *asked} if case in self.cases]


def apart(opened: Sequence[Open]) -> tuple[list[Open], set[str]]:
    """Turns that touch no case or approval of one another, and the conversations left for later.

    A turn that decides about a case must see what the one before it made of the case; and who is
    shown every open question writes to each of them.
    """
    seen: set[str] = set()
    now, later = [], set()
    every = any(one.wants.open_approvals or one.wants.beside for one in opened)
    for one in opened:
        wanted = _touched(one.wants, every=every)
        if wanted & seen:
            later.add(one.taken.conversation)
            continue
        seen |= wanted
        now.append(one)
    return now, later


def locked(books: Books, opened: Sequence[Open]) -> Rows:
    """Lock and read what these turns look at."""
    cases = {case for one in opened for case in one.wants.cases}
    asked = {approval for one in opened for approval in one.wants.approvals}
    open_ids = _open_ids(books, opened, asked)
    approvals = books.approvals({*asked, *open_ids}) if asked or open_ids else {}
    cases |= {approvals[key].case for key in asked if key in approvals}
    votes = defaultdict[str, list[StoredVote]](list)
    for vote in books.votes(approvals) if approvals else ():
        votes[vote.approval].append(vote)
    return Rows(books.cases(cases) if cases else {}, approvals, open_ids, votes)


def about_decisions(opened: Sequence[Open]) -> bool:
    """Whether one of these turns looks at a question to management."""
    return any(one.wants.approvals or one.wants.open_approvals for one in opened)


def _open_ids(books: Books, opened: Sequence[Open], asked: set[str]) -> Sequence[str]:
    """The open questions that these turns look at beside those they name."""
    if any(one.wants.open_approvals for one in opened):
        return [row.id for row in books.open_approvals()]
    return books.open_beside(asked) if any(one.wants.beside for one in opened) else []


def _touched(wants: Wants, *, every: bool) -> set[str]:
    """Cases and questions by id; all questions as one where somebody is shown `every` one."""
    asks = every and (wants.approvals or wants.open_approvals)
    return {*wants.cases, *wants.approvals, *wants.codes, *((QUESTIONS,) if asks else ())}
