"""The turn: take an event from the inbox, decide, write down all that follows. In batches.

Runs on the writer's thread, inside its transaction. Nothing here waits for a network.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot import codec
from bot.memory import Memory
from bot.outgoing import Outgoing, order_of, outgoing
from bot.ownkeys import OwnKeys
from bot.people import People, spoke_at
from bot.questions import codes, questions
from bot.rounds import Open, Rows, about_decisions, apart, locked
from dialogs.books import Books
from dialogs.credentials import unkept
from dialogs.desk import Desk
from dialogs.events import Arrival, Fired
from dialogs.people import Address
from dialogs.phrases import say as phrase
from dialogs.ports import Clock, Waker
from dialogs.rows import (
    Arrived,
    Done,
    Intent,
    StoredCase,
    StoredTimer,
    Taken,
    Verdict,
)
from dialogs.shows import FormReply, Notice, Say
from dialogs.turns import Facts, OwnKey, Turn

log = logging.getLogger(__name__)

LEASE_MS = 120_000
"""Longer than a channel may take to show something (75 s) and than a call to the CRM."""
SEARCH_PATIENCE_MS = 4_000
TRIES = 3
ROUNDS = 50
"""Follow-up turns run in one transaction at most; the sweep does what is left."""


@dataclass(slots=True)
class Batch:
    """What one transaction of turns yields."""

    outgoing: list[Outgoing] = field(default_factory=list)
    replies: dict[str, FormReply] = field(default_factory=dict)
    """Form replies by event id."""
    blocked: Counter[str] = field(default_factory=Counter)
    """How many new intents of an order key must wait for older ones."""
    forged: set[str] = field(default_factory=set)
    """Ids of events that named what was never offered."""


class Turns:
    """Runs turns with one desk for one installation."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        clock: Clock,
        waker: Waker,
        management: Address | None,
        *,
        keys: OwnKeys | None = None,
        mails: bool = False,
        zone: str = "",
    ) -> None:
        """Everything it needs; nothing is opened here.

        Without `keys` nobody has one of their own; `mails`: the CRM can send link codes; `zone` is
        the company's.
        """
        self._keys, self._zone = keys, zone
        self._desk, self._people, self._clock, self._waker = desk, people, clock, waker
        self._management, self._mails = management, mails
        self._memory = Memory()

    def arrived(self, arrival: Arrival) -> Arrived:
        """Address an event to its conversation and give it its lasting id."""
        happened = codec.Happened(unkept(arrival.event), arrival.address)
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
        opened = [one for one in (self._opened(books, row, batch) for row in taken) if one]
        opened, later = apart(opened)
        if about_decisions(opened):  # who decides must be entitled at this moment
            self._people.refresh(books)
        rows = locked(books, opened)
        turns = [self._turn(books, one, rows, batch) for one in opened]
        kept = [(one, turn) for one, turn in zip(opened, turns, strict=True) if turn]
        done = [self._done(one, turn) for one, turn in kept]
        if done:
            self._write(books, done, [turn for _, turn in kept], batch)
        told = {tell.conversation for _, turn in kept for tell in turn.tells}
        return sorted(told | later | _with_more(taken, expected))

    def _opened(self, books: Books, row: Taken, batch: Batch) -> Open | None:
        try:
            conversation = self._memory.conversation_of(row)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the others go on
            self._stumble(books, row, error, batch, final=True)
            return None
        try:
            happened = self._memory.event_of(row)
            wants = self._desk.wants(conversation, happened.event)
            return Open(row, conversation, happened.event, happened.address, wants)
        except Exception as error:  # noqa: BLE001 - one unreadable row may not stop the others
            self._stumble(books, row, error, batch)
            return None

    def _turn(self, books: Books, one: Open, rows: Rows, batch: Batch) -> Turn | None:
        try:
            facts = self._facts(books, one, rows)
            turn = self._desk.decide(one.conversation, one.event, facts)
        except Exception as error:  # noqa: BLE001 - a poison event is set aside, the others go on
            self._stumble(books, one.taken, error, batch)
            return None
        self._note_person(books, facts, turn)
        if turn.key and self._keys is not None:
            self._keys.note(books, facts, turn)
        if turn.reply is not None:
            batch.replies[one.taken.event_id] = turn.reply
        if turn.forged:
            batch.forged.add(one.taken.event_id)
        return turn

    def _facts(self, books: Books, one: Open, rows: Rows) -> Facts:
        return Facts(
            event_id=one.taken.event_id,
            at=datetime.fromtimestamp(one.taken.at / 1000, UTC),
            address=one.address,
            person=self._people.person_of(one.taken.conversation),
            people=self._people.directory,
            cases={key: codec.case.read(rows.cases[key]) for key in rows.about(one.wants)},
            approvals={
                row.id: codec.asked(row, rows.votes.get(row.id, ()))
                for row in rows.asked(one.wants)
            },
            management=self._management,
            own_key=self._own_key(one) if one.wants.own_key else None,
            codes=codes(books, one.wants) if one.wants.codes else {},
            mails=self._mails,
            zone=self._zone,
        )

    def _own_key(self, one: Open) -> OwnKey | None:
        person = self._people.person_of(one.taken.conversation)
        return self._keys.fact(person) if self._keys and person else None

    def _note_person(self, books: Books, facts: Facts, turn: Turn) -> None:
        """Keep where the person spoke last, changed settings, and whoever else has changed."""
        for changed in turn.people:
            books.keep_person(changed)
        if turn.people:
            self._people.refresh(books)
        person = turn.person or facts.person
        if person is None or turn.people or (facts.address and facts.address.outside):
            return
        if facts.address is None:
            if turn.person is not None:
                books.keep_person(turn.person)
                self._people.refresh(books)
            return
        if spoke_at(person, facts.address) is facts.person:
            return
        # An administrator may have changed, unlinked or erased them since we read the people.
        self._people.refresh(books)
        now = self._people.behind(facts.address)
        if now is not None and now.id == person.id:
            books.keep_person(spoke_at(replace(now, language=person.language), facts.address))
            self._people.refresh(books)

    def _stumble(
        self, books: Books, row: Taken, error: Exception, batch: Batch, *, final: bool = False
    ) -> None:
        """Count a failed try; `final` for what another try would not read better."""
        dead = final or row.tries + 1 >= TRIES
        log.error(
            "event %s of conversation %s failed (try %d%s)",
            row.seq,
            row.conversation,
            row.tries + 1,
            ", set aside" if dead else "",
            exc_info=error,
        )
        books.stumble(row.seq, type(error).__name__, dead=dead)
        if dead:
            self._apologise(books, row, batch)

    def _apologise(self, books: Books, row: Taken, batch: Batch) -> None:
        """Tell whoever did it that nothing comes of it."""
        address = _sender(row)
        if address is None:
            return
        person, now = self._people.person_of(row.conversation), self._clock.now()
        text = phrase(person.language if person else "en", "set_aside", number=row.seq)
        said = Say(address, f"dead:{row.seq}", Notice(text, tone="warning"))
        body = codec.said.write(said)
        wanted = Intent(f"{row.seq}:dead", "chat", order_of(said), row.conversation, body)
        claimed = books.apologise(wanted, now, now + LEASE_MS)
        batch.outgoing += outgoing(books, claimed, {wanted.key: said})

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

    def _done(self, one: Open, turn: Turn) -> Done:
        now = self._clock.now()
        seq = one.taken.seq
        channel = one.address.channel if one.address else ""
        return Done(
            seq=seq,
            conversation=one.taken.conversation,
            state=codec.conversation.write(turn.conversation),
            version=one.taken.version,
            cases=tuple(
                StoredCase(case.id, case.owner, case.step, codec.case.write(case))
                for case in turn.cases
            ),
            approvals=tuple(codec.stored(asked) for asked in turn.approvals),
            votes=tuple(codec.cast(voted) for voted in turn.votes),
            verdicts=(
                (Verdict(turn.ruling.approval, turn.ruling.status, turn.ruling.by),)
                if turn.ruling
                else ()
            ),
            intents=tuple(_intents(seq, one.taken.conversation, turn, now)),
            arrivals=tuple(self._told(turn, one.taken.at)),
            audit=tuple(replace(line, channel=channel) for line in turn.audit),
            timers=tuple(_timers(one.taken.conversation, turn)),
            cancelled=turn.cancelled,
            burnt=turn.burnt,
        )

    def _told(self, turn: Turn, at: int) -> Iterator[Arrived]:
        for tell in turn.tells:
            payload = codec.happened.write(codec.Happened(tell.event, None))
            yield Arrived(tell.key, tell.conversation, self._clock.new_id(), at, payload)


def _with_more(taken: Sequence[Taken], expected: set[str]) -> set[str]:
    """Conversations that may have another event: theirs was an older one, or more are expected."""
    older = {row.conversation for row in taken if row.event_id not in expected}
    expected.difference_update(row.event_id for row in taken)
    return older | ({row.conversation for row in taken} if expected else set())


def _sender(row: Taken) -> Address | None:
    """Return who did it; None for what the core told itself, or what can't be read."""
    try:
        return codec.happened.read(row.payload).address
    except ValueError:
        return None


def _says(done: Done, turn: Turn) -> Iterator[tuple[str, Say]]:
    for number, say in enumerate(turn.says):
        yield f"{done.seq}:{number}", say


def _intents(seq: int, conversation: str, turn: Turn, now: int) -> Iterator[Intent]:
    for number, say in enumerate(turn.says):
        body = codec.said.write(say)
        yield Intent(f"{seq}:{number}", "chat", order_of(say), conversation, body)
    for delivery in turn.deliveries:
        body, order = codec.delivery.write(delivery), f"crm:{delivery.case}"
        blocks = delivery.errand is None  # nothing else rests on what was done about a task
        yield Intent(delivery.key, "crm", order, conversation, body, blocks_when_dead=blocks)
    for number, search in enumerate(turn.searches):
        key = f"{seq}:s{number}"
        body, end = codec.search.write(search), now + SEARCH_PATIENCE_MS
        yield Intent(key, "search", f"search:{key}", conversation, body, expires=end)
    yield from questions(seq, conversation, turn, now)


def _timers(conversation: str, turn: Turn) -> Iterator[StoredTimer]:
    """Rows that hold the event they become."""
    for one in turn.timers:
        event = codec.Happened(Fired(one.id, one.kind, one.payload), None)
        payload = codec.happened.write(event)
        yield StoredTimer(one.id, conversation, one.kind, one.due, payload)
