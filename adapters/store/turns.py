"""Turns: what a conversation needs to decide, locked, and what its decision leaves behind."""

from collections.abc import Collection, Sequence

from sqlalchemy import ClauseElement, func, select, update

from adapters.store.audit import Audit
from adapters.store.errors import LostRace
from adapters.store.inbox import ARMED, keep_arrivals
from adapters.store.outbox import enqueue
from adapters.store.recipes import Recipe, Source, Values, batch, fixed
from adapters.store.tables import (
    approval,
    case_file,
    conversation,
    inbox,
    link_code,
    timer,
    vote,
)
from dialogs.rows import Claimed, Done, StoredApproval, StoredVote, Taken

OPEN = approval.c.status == fixed("open")
EVENT = ("seq", "conversation", "event_id", "at", "payload", "tries")
VOTE = ("approval", "person", "verdict", "at")
APPROVAL = ("id", "case_id", "owner", "status", "subject", "decided_by", "decided_at")


@batch(conversation.c.id)
def new_conversation(brought: Source) -> ClauseElement:
    return brought.insert(conversation).on_conflict_do_nothing(index_elements=["id"])


@batch(conversation.c.id)
def locked_conversation(brought: Source) -> ClauseElement:
    ours = select(conversation.c.id).where(conversation.c.id == brought.c["id"])
    return ours.order_by(conversation.c.id).with_for_update(of=conversation)


@batch(inbox.c.conversation)
def oldest_event(brought: Source) -> ClauseElement:
    other = inbox.alias("other")
    here = (other.c.conversation == brought.c["conversation"], other.c.status == fixed("new"))
    # Grouped, since PostgreSQL walks a bare min(seq) through the whole inbox along its key.
    found = select(func.min(other.c.seq)).where(*here).group_by(other.c.conversation)
    event = [inbox.c[name] for name in EVENT]
    whose = inbox.outerjoin(conversation, conversation.c.id == inbox.c.conversation)
    told = brought.select(*event, conversation.c.state, conversation.c.version)
    return told.select_from(whose).where(inbox.c.seq == found.scalar_subquery())


@batch(case_file.c.id)
def locked_case(brought: Source) -> ClauseElement:
    rows = select(case_file.c.id, case_file.c.state)
    ours = rows.where(case_file.c.id == brought.c["id"])
    return ours.order_by(case_file.c.id).with_for_update(of=case_file)


@batch(approval.c.id)
def locked_approval(brought: Source) -> ClauseElement:
    ours = select(*(approval.c[name] for name in APPROVAL)).where(approval.c.id == brought.c["id"])
    return ours.order_by(approval.c.id).with_for_update(of=approval)


@batch(conversation.c.id, conversation.c.version, conversation.c.state)
def turned_conversation(brought: Source) -> ClauseElement:
    read = brought.c["version"]
    turned = update(conversation).values(state=brought.c["state"], version=read + fixed(1))
    return turned.where(conversation.c.id == brought.c["id"], conversation.c.version == read)


@batch(inbox.c.seq)
def done_event(brought: Source) -> ClauseElement:
    # Asked for "new", PostgreSQL reads all of inbox_new instead of looking up these numbers.
    done = update(inbox).values(status=fixed("done"))
    return done.where(inbox.c.seq == brought.c["seq"], inbox.c.status != fixed("done"))


@batch(
    case_file.c.id,
    case_file.c.owner,
    case_file.c.step,
    case_file.c.state,
    case_file.c.opened,
    case_file.c.updated,
)
def kept_case(brought: Source) -> ClauseElement:
    put = brought.insert(case_file)
    newer = {name: put.excluded[name] for name in ("owner", "step", "state", "updated")}
    return put.on_conflict_do_update(index_elements=["id"], set_=newer)


@batch(
    approval.c.id,
    approval.c.case_id,
    approval.c.owner,
    approval.c.status,
    approval.c.subject,
    approval.c.asked,
)
def kept_approval(brought: Source) -> ClauseElement:
    put = brought.insert(approval)
    newer = {name: put.excluded[name] for name in ("subject", "owner")}
    return put.on_conflict_do_update(index_elements=["id"], set_=newer, where=OPEN)


@batch(approval.c.id, approval.c.status, approval.c.decided_by, approval.c.decided_at)
def decided_approval(brought: Source) -> ClauseElement:
    verdict = {name: brought.c[name] for name in ("status", "decided_by", "decided_at")}
    return update(approval).values(verdict).where(approval.c.id == brought.c["id"], OPEN)


@batch(vote.c.approval)
def votes_about(brought: Source) -> ClauseElement:
    named = [vote.c[name] for name in VOTE]
    ours = select(*named).where(vote.c.approval == brought.c["approval"])
    return ours.order_by(vote.c.approval, vote.c.at, vote.c.person)


@batch(vote.c.approval, vote.c.person, vote.c.verdict, vote.c.at)
def new_vote(brought: Source) -> ClauseElement:
    return brought.insert(vote).on_conflict_do_nothing(index_elements=["approval", "person"])


@batch(timer.c.id, timer.c.conversation, timer.c.kind, timer.c.due, timer.c.payload)
def new_timer(brought: Source) -> ClauseElement:
    return brought.insert(timer).on_conflict_do_nothing(index_elements=["id"])


@batch(timer.c.id)
def cancelled_timer(brought: Source) -> ClauseElement:
    cancelled = update(timer).values(status=fixed("cancelled"))
    return cancelled.where(timer.c.id == brought.c["id"], ARMED)


@batch(link_code.c.hash, link_code.c.used)
def burnt_code(brought: Source) -> ClauseElement:
    burnt = update(link_code).values(used=brought.c["used"])
    return burnt.where(link_code.c.hash == brought.c["hash"], link_code.c.used.is_(None))


class Turns(Audit):
    """The part of `Books` that a turn reads from and writes to."""

    _number: int

    def take(self, conversations: Collection[str]) -> list[Taken]:
        events, fresh = self._oldest(conversations)
        if fresh:
            self._engine.count(new_conversation, [(name,) for name in fresh])
            events += self._oldest(fresh)[0]
        return [Taken(*event) for event in sorted(events)]

    def cases(self, ids: Collection[str]) -> dict[str, str]:
        rows = self._engine.rows(locked_case, [(name,) for name in sorted(set(ids))])
        return {key: state for key, state in rows if state}  # an emptied one is unknown

    def approvals(self, ids: Collection[str]) -> dict[str, StoredApproval]:
        rows = self._engine.rows(locked_approval, [(name,) for name in sorted(set(ids))])
        known = (StoredApproval(*row) for row in rows)
        return {one.id: one for one in known if one.subject}

    def votes(self, approvals: Collection[str]) -> list[StoredVote]:
        rows = self._engine.rows(votes_about, [(name,) for name in sorted(set(approvals))])
        return sorted((StoredVote(*row) for row in rows), key=lambda one: (one.at, one.person))

    def write(self, done: Sequence[Done], now: int, lease_until: int) -> list[Claimed]:
        self._must_hit(turned_conversation, [(d.conversation, d.version, d.state) for d in done])
        self._must_hit(done_event, [(d.seq,) for d in done])
        self._keep_cases(done, now)
        self._keep_approvals(done, now)
        self._keep_timers(done)
        self.note([line for d in done for line in d.audit], now)
        self._must_hit(burnt_code, [(code, now) for d in done for code in d.burnt])
        keep_arrivals(self._engine, [arrival for d in done for arrival in d.arrivals])
        intents = [turn.intents for turn in done]
        return enqueue(self._engine, intents, now, lease_until, self._number)

    def _oldest(self, conversations: Collection[str]) -> tuple[list[Values], list[str]]:
        """Lock these; return the events of those held, and the names of those to be made first.

        One that somebody makes after the lock was asked for is not held, though its row is seen.
        """
        ids = [(name,) for name in sorted(set(conversations))]  # sorted: no two wait for each other
        held = self._engine.lock(locked_conversation, ids)
        events = self._engine.rows(oldest_event, ids)  # only now: while we waited it changed
        ours = [event for event in events if event[1:2] in held and event[-1] is not None]
        made = {event[1] for event in ours}
        return ours, sorted(event[1] for event in events if event[1] not in made)

    def _keep_cases(self, done: Sequence[Done], now: int) -> None:
        kept: dict[str, Values] = {}
        for turn in done:
            changed = {c.id: (c.id, c.owner, c.step, c.state, now, now) for c in turn.cases}
            if kept.keys() & changed.keys():
                raise LostRace("Two turns of one batch changed one case: let the second wait.")
            kept |= changed
        self._engine.count(kept_case, list(kept.values()))

    def _keep_approvals(self, done: Sequence[Done], now: int) -> None:
        asked = [
            (a.id, a.case, a.owner, a.status, a.subject, now) for d in done for a in d.approvals
        ]
        self._engine.count(kept_approval, asked)
        votes = [(v.approval, v.person, v.verdict, v.at) for d in done for v in d.votes]
        self._must_hit(new_vote, votes)
        verdicts = [(v.approval, v.status, v.by, now) for d in done for v in d.verdicts]
        self._must_hit(decided_approval, verdicts)

    def _keep_timers(self, done: Sequence[Done]) -> None:
        armed = [(t.id, t.conversation, t.kind, t.due, t.payload) for d in done for t in d.timers]
        self._engine.count(new_timer, armed)
        self._engine.count(cancelled_timer, [(name,) for d in done for name in d.cancelled])

    def _must_hit(self, recipe: Recipe, rows: Sequence[Values]) -> None:
        hit = self._engine.count(recipe, rows)
        if hit != len(rows):
            raise LostRace(
                f"Of {len(rows)} rows only {hit} were as they had been read. Nothing was kept;"
                " please report it: two writers worked without a lock."
            )
