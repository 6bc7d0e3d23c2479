"""The turn: take an event from the inbox, decide, write down all that follows. In batches.

Runs on the writer's thread, inside its transaction. Nothing here waits for a network.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot import codec
from bot.memory import Memory
from bot.people import People, spoke_at
from dialogs.desk import Desk
from dialogs.events import Arrival, Event, Stumbled
from dialogs.people import Address
from dialogs.ports import Books, Clock, Waker
from dialogs.rows import (
    Arrived,
    Claimed,
    Done,
    Intent,
    StoredApproval,
    StoredCase,
    Taken,
    Verdict,
)
from dialogs.shows import FormReply, Say
from dialogs.turns import Approval, Conversation, Facts, Turn, Wants

log = logging.getLogger(__name__)

LEASE_MS = 120_000
"""Longer than a channel may take to show something (75 s) and than a call to the CRM."""
SEARCH_PATIENCE_MS = 4_000
TRIES = 3
STUMBLED = "stumbled:"
"""Begins the keys of events that tell of an event set aside; these tell of nothing further."""
QUESTIONS = "questions"
"""Stands for all questions to management together."""
ROUNDS = 50
"""Follow-up turns run in one transaction at most; the sweep does what is left."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed intent on its way out; `say` spares reading its body again."""

    claimed: Claimed
    say: Say | None = None
    previous: str | None = None


@dataclass(slots=True)
class Batch:
    """What one transaction of turns yields."""

    outgoing: list[Outgoing] = field(default_factory=list)
    replies: dict[str, FormReply] = field(default_factory=dict)
    """Form replies by event id."""
    blocked: Counter[str] = field(default_factory=Counter)
    """How many new intents of an order key must wait for older ones."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An event taken, read and waiting for its facts."""

    taken: Taken
    conversation: Conversation
    event: Event
    address: Address | None
    wants: Wants


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the turns of a round look at, locked."""

    cases: Mapping[str, str]
    approvals: Mapping[str, StoredApproval]
    open_ids: Sequence[str]

    def asked(self, wants: Wants) -> list[StoredApproval]:
        """The questions to management that one turn may know."""
        known = [self.approvals[key] for key in wants.approvals if key in self.approvals]
        waiting = [self.approvals[key] for key in self.open_ids if wants.open_approvals]
        return known + [row for row in waiting if row.status == "open"]

    def about(self, wants: Wants) -> list[str]:
        """The cases one turn may know: those it names, and those its questions are about."""
        asked = (self.approvals[key].case for key in wants.approvals if key in self.approvals)
        return [case for case in {*wants.cases, *asked} if case in self.cases]


class Turns:
    """Runs turns with one desk for one installation."""

    def __init__(
        self, desk: Desk, people: People, clock: Clock, waker: Waker, management: Address | None
    ) -> None:
        """Everything it needs; nothing is opened here."""
        self._desk, self._people, self._clock, self._waker = desk, people, clock, waker
        self._management = management
        self._memory = Memory()

    def arrived(self, arrival: Arrival) -> Arrived:
        """Address an event to its conversation and give it its lasting id."""
        happened = codec.Happened(arrival.event, arrival.address)
        event_id = self._clock.new_id()
        self._memory.happened[event_id] = happened
        return Arrived(
            source_key=arrival.source_key,
            conversation=self._people.conversation_of(arrival.address),
            event_id=event_id,
            at=arrival.at,
            payload=codec.happened.write(happened),
        )

    def run(self, books: Books, conversations: Iterable[str], expected: set[str]) -> Batch:
        """Run the turns of these conversations until nothing new is left of them.

        `expected` are the event ids just accepted: a conversation whose event was another one has
        more to do.
        """
        batch = Batch()
        todo = sorted(set(conversations))
        for _ in range(ROUNDS):
            if not todo:
                return batch
            todo = self._round(books, todo, expected, batch)
        self._waker.enqueue(books, todo)
        return batch

    def _round(
        self, books: Books, todo: Sequence[str], expected: set[str], batch: Batch
    ) -> list[str]:
        """One event of each conversation; returns those that have more."""
        taken = books.take(todo)
        opened = [one for one in (self._opened(books, row) for row in taken) if one]
        opened, later = _apart(opened)
        rows = self._rows(books, opened)
        turns = [self._turn(books, one, rows, batch) for one in opened]
        kept = [(one, turn) for one, turn in zip(opened, turns, strict=True) if turn]
        done = [self._done(one, turn) for one, turn in kept]
        if done:
            self._write(books, done, [turn for _, turn in kept], batch)
        told = {tell.conversation for _, turn in kept for tell in turn.tells}
        return sorted(told | later | _with_more(taken, expected))

    def _opened(self, books: Books, row: Taken) -> _Open | None:
        try:
            conversation = self._memory.conversation_of(row)
            happened = self._memory.event_of(row)
            wants = self._desk.wants(conversation, happened.event)
            return _Open(row, conversation, happened.event, happened.address, wants)
        except Exception as error:  # noqa: BLE001 - one unreadable row may not stop the others
            self._stumble(books, row, error)
            return None

    def _rows(self, books: Books, opened: Sequence[_Open]) -> "_Rows":
        """Lock and read what these turns look at; who decides must be entitled at this moment."""
        cases = {case for one in opened for case in one.wants.cases}
        asked = {approval for one in opened for approval in one.wants.approvals}
        all_open = any(one.wants.open_approvals for one in opened)
        open_ids = [row.id for row in books.open_approvals()] if all_open else []
        if asked or all_open:
            self._people.refresh(books)
        approvals = books.approvals({*asked, *open_ids}) if asked or open_ids else {}
        cases |= {approvals[key].case for key in asked if key in approvals}
        return _Rows(books.cases(cases) if cases else {}, approvals, open_ids)

    def _turn(self, books: Books, one: _Open, rows: "_Rows", batch: Batch) -> Turn | None:
        try:
            facts = self._facts(one, rows)
            turn = self._desk.decide(one.conversation, one.event, facts)
        except Exception as error:  # noqa: BLE001 - a poison event is set aside, the others go on
            self._stumble(books, one.taken, error)
            return None
        self._note_person(books, facts, turn)
        if turn.reply is not None:
            batch.replies[one.taken.event_id] = turn.reply
        return turn

    def _facts(self, one: _Open, rows: "_Rows") -> Facts:
        return Facts(
            event_id=one.taken.event_id,
            at=datetime.fromtimestamp(one.taken.at / 1000, UTC),
            address=one.address,
            person=self._people.person_of(one.taken.conversation),
            people=self._people.directory,
            cases={key: codec.case.read(rows.cases[key]) for key in rows.about(one.wants)},
            approvals={row.id: _approval(row) for row in rows.asked(one.wants)},
            management=self._management,
        )

    def _note_person(self, books: Books, facts: Facts, turn: Turn) -> None:
        """Keep where the person spoke last, and changed settings."""
        person = turn.person or facts.person
        if person is None or facts.address is None:
            return
        moved = spoke_at(person, facts.address)
        if moved is not facts.person:
            books.keep_person(moved)
            self._people.refresh(books)

    def _stumble(self, books: Books, row: Taken, error: Exception) -> None:
        dead = row.tries + 1 >= TRIES
        log.error(
            "event %s of conversation %s failed (try %d%s)",
            row.seq,
            row.conversation,
            row.tries + 1,
            ", set aside" if dead else "",
            exc_info=error,
        )
        books.stumble(row.seq, type(error).__name__, dead=dead)
        if dead and not row.event_id.startswith(STUMBLED):
            books.accept([self._stumbled(row)])

    def _stumbled(self, row: Taken) -> Arrived:
        """The word to the person that something of theirs was set aside."""
        key, now = f"{STUMBLED}{row.seq}", self._clock.now()
        payload = codec.happened.write(codec.Happened(Stumbled(), None))
        return Arrived(key, row.conversation, key, now, payload)

    def _write(
        self, books: Books, done: Sequence[Done], turns: Sequence[Turn], batch: Batch
    ) -> None:
        now = self._clock.now()
        claimed = books.write(done, now, now + LEASE_MS)
        self._memory.keep(done, turns)
        pairs = zip(done, turns, strict=True)
        says = {key: say for one, turn in pairs for key, say in _says(one, turn)}
        batch.outgoing += outgoing(books, claimed, says)
        started = {one.key for one in claimed}
        left = (intent for one in done for intent in one.intents if intent.key not in started)
        batch.blocked.update(intent.order_key for intent in left)

    def _done(self, one: _Open, turn: Turn) -> Done:
        now = self._clock.now()
        seq = one.taken.seq
        return Done(
            seq=seq,
            conversation=one.taken.conversation,
            state=codec.conversation.write(turn.conversation),
            version=one.taken.version,
            cases=tuple(
                StoredCase(case.id, case.owner, case.step, codec.case.write(case))
                for case in turn.cases
            ),
            approvals=tuple(
                StoredApproval(
                    one.id, one.case.id, one.owner, one.status, codec.approval.write(one)
                )
                for one in turn.approvals
            ),
            verdicts=(
                (Verdict(turn.ruling.approval, turn.ruling.status, turn.ruling.by),)
                if turn.ruling
                else ()
            ),
            intents=tuple(_intents(seq, one.taken.conversation, turn, now)),
            arrivals=tuple(self._told(turn, one.taken.at)),
            audit=turn.audit,
        )

    def _told(self, turn: Turn, at: int) -> Iterator[Arrived]:
        for tell in turn.tells:
            payload = codec.happened.write(codec.Happened(tell.event, None))
            yield Arrived(tell.key, tell.conversation, self._clock.new_id(), at, payload)


def _apart(opened: Sequence[_Open]) -> tuple[list[_Open], set[str]]:
    """Turns that touch no case or approval of one another, and the conversations left for later.

    A turn that decides about a case must see what the one before it made of the case; and who is
    shown every open question writes to each of them.
    """
    seen: set[str] = set()
    now, later = [], set()
    every = any(one.wants.open_approvals for one in opened)
    for one in opened:
        wanted = _touched(one.wants, every=every)
        if wanted & seen:
            later.add(one.taken.conversation)
            continue
        seen |= wanted
        now.append(one)
    return now, later


def _touched(wants: Wants, *, every: bool) -> set[str]:
    """Cases and questions by id; all questions as one where somebody is shown `every` one."""
    asks = every and (wants.approvals or wants.open_approvals)
    return {*wants.cases, *wants.approvals, *((QUESTIONS,) if asks else ())}


def outgoing(
    books: Books, claimed: Sequence[Claimed], says: Mapping[str, Say] | None = None
) -> list[Outgoing]:
    """Claimed intents with what they say and the message that stands in its place now."""
    known = says or {}
    read = [
        (one, (known.get(one.key) or codec.said.read(one.body)) if one.target == "chat" else None)
        for one in claimed
    ]
    keys = {place(say) for _, say in read if say and (say.edit or say.above)}
    places = books.places(keys) if keys else {}
    return [Outgoing(one, say, places.get(place(say)) if say else None) for one, say in read]


def place(say: Say) -> tuple[str, str, str]:
    return (say.address.channel, say.address.chat, say.slot)


def _with_more(taken: Sequence[Taken], expected: set[str]) -> set[str]:
    """Conversations that may have another event: theirs was an older one, or more are expected."""
    older = {row.conversation for row in taken if row.event_id not in expected}
    expected.difference_update(row.event_id for row in taken)
    return older | ({row.conversation for row in taken} if expected else set())


def _says(done: Done, turn: Turn) -> Iterator[tuple[str, Say]]:
    for number, say in enumerate(turn.says):
        yield f"{done.seq}:{number}", say


def _intents(seq: int, conversation: str, turn: Turn, now: int) -> Iterator[Intent]:
    for number, say in enumerate(turn.says):
        order = f"chat:{say.address.channel}:{say.address.chat}"
        yield Intent(f"{seq}:{number}", "chat", order, conversation, codec.said.write(say))
    for delivery in turn.deliveries:
        body, order = codec.delivery.write(delivery), f"crm:{delivery.case}"
        yield Intent(delivery.key, "crm", order, conversation, body, blocks_when_dead=True)
    for number, search in enumerate(turn.searches):
        key = f"{seq}:s{number}"
        body, end = codec.search.write(search), now + SEARCH_PATIENCE_MS
        yield Intent(key, "search", f"search:{key}", conversation, body, expires=end)


def _approval(row: StoredApproval) -> Approval:
    subject = codec.approval.read(row.subject)
    return replace(
        subject,
        status=row.status,  # type: ignore[arg-type] # the store keeps one of the four words
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
