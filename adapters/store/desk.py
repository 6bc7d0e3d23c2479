"""What people look at: cases, open questions, the history of the web chat."""

from collections.abc import Collection

from sqlalchemy import ClauseElement, select

from adapters.store.engine import Engine
from adapters.store.inbox import LIMIT
from adapters.store.recipes import Source, batch, single
from adapters.store.tables import approval, case_file, message
from adapters.store.turns import APPROVAL, OPEN
from dialogs.rows import Message, StoredApproval

CASES = select(case_file.c.id, case_file.c.state).order_by(
    case_file.c.opened.desc(), case_file.c.id
)


@single()
def any_case(_: Source) -> ClauseElement:
    return CASES


@single(case_file.c.owner)
def own_case(brought: Source) -> ClauseElement:
    return CASES.where(case_file.c.owner == brought.c["owner"])


@single()
def open_approval(_: Source) -> ClauseElement:
    asked = select(*(approval.c[name] for name in APPROVAL)).where(OPEN)
    return asked.order_by(approval.c.asked, approval.c.id)


@batch(approval.c.id)
def open_beside(brought: Source) -> ClauseElement:
    named = approval.alias("named")
    same = named.c.case_id == approval.c.case_id
    found = select(approval.c.id).join_from(approval, named, same)
    return found.where(OPEN, named.c.id == brought.c["id"])


@batch(message.c.channel, message.c.chat, message.c.ref, message.c.body, message.c.at)
def kept_message(brought: Source) -> ClauseElement:
    put = brought.insert(message)
    newer = {name: put.excluded[name] for name in ("body", "at")}
    return put.on_conflict_do_update(index_elements=["channel", "chat", "ref"], set_=newer)


@single(message.c.channel, message.c.chat, LIMIT)
def last_message(brought: Source) -> ClauseElement:
    here = [message.c[name] == brought.c[name] for name in ("channel", "chat")]
    told = select(message.c.ref, message.c.body, message.c.at).where(*here)
    return told.order_by(message.c.seq.desc()).limit(brought.c["limit"])


class Desk:
    """The part of `Books` that shows."""

    _engine: Engine

    def case_list(self, owner: str | None) -> list[tuple[str, str]]:
        ask = self._engine.ask
        rows = ask(any_case) if owner is None else ask(own_case, owner)
        return [(name, state) for name, state in rows if state]

    def open_approvals(self) -> list[StoredApproval]:
        return [StoredApproval(*row) for row in self._engine.ask(open_approval)]

    def open_beside(self, approvals: Collection[str]) -> list[str]:
        found = self._engine.rows(open_beside, [(one,) for one in sorted(approvals)])
        return sorted({name for (name,) in found})

    def post(self, channel: str, chat: str, ref: str, body: str, now: int) -> None:
        self._engine.count(kept_message, [(channel, chat, ref, body, now)])

    def history(self, channel: str, chat: str, limit: int) -> list[Message]:
        rows = self._engine.ask(last_message, channel, chat, limit)
        return [Message(*row) for row in reversed(rows)]
