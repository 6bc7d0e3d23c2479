"""The state of the tables in numbers, and the clearing of what nobody needs any more."""

from collections.abc import Collection
from typing import Any, get_args

from sqlalchemy import (
    ClauseElement,
    Select,
    Table,
    and_,
    delete,
    func,
    not_,
    or_,
    select,
    union_all,
    update,
)

from adapters.store.engine import Engine
from adapters.store.inbox import ARMED, LIMIT, NEW
from adapters.store.outbox import DEAD, PENDING
from adapters.store.recipes import Column, Source, batch, fixed, single
from adapters.store.tables import (
    approval,
    case_file,
    conversation,
    inbox,
    intent,
    message,
    person,
    timer,
)
from adapters.store.turns import OPEN, decided_approval
from adapters.store.uploads import old_upload
from dialogs.rows import Target

KEYS_KNOWN = 7 * 24 * 3600 * 1000
"""How long a key outlives what it stood for: longer than any platform delivers an event again."""
DEAD_EVENT = inbox.c.status == fixed("dead")
SEEN = inbox.c.status == fixed("done")
OVER = inbox.c.status.in_([fixed("done"), fixed("dead")])
GUEST = "guest:"
ENDED = and_(  # a dead CRM entry is the operator's, whatever its age
    intent.c.blocking == fixed(0),
    or_(intent.c.status != fixed("dead"), intent.c.target != fixed("crm")),
)
NAMES = (
    *("inbox.new", "inbox.dead", "timer.armed", "approval.open"),
    *(f"intent.{target}.pending" for target in get_args(Target)),
    *(f"intent.{target}.dead" for target in get_args(Target)),
    *("conversation", "case_file", "person"),
)


@single()
def numbers(_: Source) -> ClauseElement:
    # Only what is not finished is counted: to count the finished rows is to read them all.
    return union_all(
        _numbers(fixed("inbox.new"), inbox.c.at).where(NEW),
        _numbers(fixed("inbox.dead"), inbox.c.at).where(DEAD_EVENT),
        _numbers(fixed("timer.armed"), timer.c.due).where(ARMED),
        _numbers(fixed("approval.open"), approval.c.asked).where(OPEN),
        _numbers(_named("pending"), intent.c.created).where(PENDING).group_by(intent.c.target),
        _numbers(_named("dead"), intent.c.created).where(DEAD).group_by(intent.c.target),
        _sizes(conversation),
        _sizes(case_file),
        _sizes(person),
    )


@batch(inbox.c.at)
def old_event(brought: Source) -> ClauseElement:
    return delete(inbox).where(SEEN, inbox.c.at < brought.c["at"])


@batch(inbox.c.at)
def read_event(brought: Source) -> ClauseElement:
    emptied = update(inbox).values(payload=fixed(""))
    return emptied.where(OVER, inbox.c.at < brought.c["at"], inbox.c.payload != fixed(""))


@batch(intent.c.created)
def old_intent(brought: Source) -> ClauseElement:
    return delete(intent).where(ENDED, intent.c.created < brought.c["created"])


@batch(intent.c.created)
def ended_intent(brought: Source) -> ClauseElement:
    full = or_(*(intent.c[name] != fixed("") for name in ("body", "error", "result")))
    emptied = update(intent).values(body=fixed(""), error=fixed(""), result=fixed(""))
    return emptied.where(ENDED, intent.c.created < brought.c["created"], full)


@batch(timer.c.due)
def old_timer(brought: Source) -> ClauseElement:
    return delete(timer).where(not_(ARMED), timer.c.due < brought.c["due"])


@batch(timer.c.due)
def rung_timer(brought: Source) -> ClauseElement:
    emptied = update(timer).values(payload=fixed(""))
    return emptied.where(not_(ARMED), timer.c.due < brought.c["due"], timer.c.payload != fixed(""))


@batch(message.c.at)
def old_message(brought: Source) -> ClauseElement:
    return delete(message).where(message.c.at < brought.c["at"])


@batch(approval.c.decided_at)
def old_approval(brought: Source) -> ClauseElement:
    emptied = update(approval).values(subject=fixed(""))
    decided = approval.c.decided_at < brought.c["decided_at"]
    return emptied.where(not_(OPEN), decided, approval.c.subject != fixed(""))


@batch(conversation.c.id)
def silent_guest(brought: Source) -> ClauseElement:
    # Not EXISTS: without a joining by hash PostgreSQL would read the inbox once for each of them.
    spoke = select(inbox.c.conversation)
    strange = func.substr(conversation.c.id, fixed(1), fixed(len(GUEST))) == brought.c["id"]
    return delete(conversation).where(strange, conversation.c.id.not_in(spoke))


@single(case_file.c.updated, case_file.c.id, LIMIT)
def old_case(brought: Source) -> ClauseElement:
    untouched = select(case_file.c.id, case_file.c.state).where(
        case_file.c.id > brought.c["id"],
        case_file.c.updated < brought.c["updated"],
        case_file.c.state != fixed(""),
    )
    return untouched.order_by(case_file.c.id).limit(brought.c["limit"])


@batch(case_file.c.id)
def emptied_case(brought: Source) -> ClauseElement:
    emptied = update(case_file).values(state=fixed(""))
    return emptied.where(case_file.c.id == brought.c["id"])


class Upkeep:
    """The part of `Books` that counts and clears."""

    _engine: Engine
    cleared: bool
    """True once this transaction emptied or deleted something that must not stay in the files."""

    def counts(self) -> dict[str, int]:
        """Count what waits, by `table.status` or `intent.target.status`, and some whole tables.

        `….oldest` is the time of the oldest of them, where there is one; the age is the caller's
        to reckon, who has the clock.
        """
        rows = self._engine.ask(numbers)
        counted = dict.fromkeys(NAMES, 0) | {name: number for name, number, _ in rows}
        return counted | {f"{name}.oldest": oldest for name, _, oldest in rows if oldest}

    def forget(self, before: int) -> int:
        """Empty what was finished before then, and delete it once its key need not be known.

        Keys stay known for `KEYS_KNOWN` milliseconds more. Returns the number of rows emptied or
        deleted this time.
        """
        unknown = before - KEYS_KNOWN
        ends = {old_event: unknown, old_intent: unknown, old_timer: unknown}
        ends |= {read_event: before, ended_intent: before, rung_timer: before}
        ends |= {old_message: before, old_approval: before, old_upload: before}
        cleared = sum(self._engine.count(recipe, [(end,)]) for recipe, end in ends.items())
        cleared += self._engine.count(silent_guest, [(GUEST,)])
        self.cleared = self.cleared or cleared > 0
        return cleared

    def old_cases(self, before: int, after: str, limit: int) -> list[tuple[str, str]]:
        return [(key, state) for key, state in self._engine.ask(old_case, before, after, limit)]

    def empty_cases(self, ids: Collection[str]) -> None:
        self.cleared = self._engine.count(emptied_case, [(key,) for key in ids]) > 0 or self.cleared

    def withdraw(self, approvals: Collection[str], now: int) -> None:
        rows = [(key, "withdrawn", "dealdesk", now) for key in approvals]
        self._engine.count(decided_approval, rows)


def _numbers(name: Column, oldest: Column) -> Select[Any, int, Any]:
    return select(name, func.count(), func.min(oldest))


def _sizes(table: Table) -> Select[Any, int, Any]:
    return select(fixed(table.name), func.count(), fixed(0)).select_from(table)


def _named(status: str) -> Column:
    return fixed("intent.") + intent.c.target + fixed(f".{status}")
