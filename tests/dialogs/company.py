"""A company at its desk, without a program around it: people, cases, approvals, what is on its way.

Everything is kept as the store keeps it, as text, and read back. What a turn may know is what the
desk asked for beforehand, as in the program.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot import codec
from bot.people import spoke_at
from dialogs.case import Case
from dialogs.crm import Customer, Delivery
from dialogs.customer_lookups import (
    Choice,
    Choices,
    ContactList,
    CustomerHistory,
    KnownContact,
)
from dialogs.desk import Desk
from dialogs.events import Event, LookedUp
from dialogs.library import Library
from dialogs.listing import listed
from dialogs.lookups import Answer, Asking
from dialogs.lookups_figures import Effort, FigureList, PipelineFigures, StageLine
from dialogs.mail_lookups import MailFate
from dialogs.order_lookups import Product, ProductList, QuotationList
from dialogs.people import Address, Directory, Person
from dialogs.shows import Say
from dialogs.turns import Approval, Conversation, Facts, Turn
from tests.transcripts.clock import START

ANNA = KnownContact(1, "Anna \u202eLind", "", "anna@a.example")
ANSWERS: Mapping[str, Answer] = {
    "contacts": ContactList(
        (KnownContact(1, "Anna \u202eLind", "", "anna@a.example"),), None, "de_DE"
    ),
    "openings": Choices((Choice(1, "Airbus", "New"),)),
    "colleagues": Choices(()),
    "history": CustomerHistory(Customer("Airbus", 1)),
    "mail_state": MailFate("", "bounced", "no such user"),
    "quotations": QuotationList(),
    "products": ProductList((Product("Bench", 7, "Bench 3000", "12.50"),)),
    "pipeline": PipelineFigures((StageLine("New", 2, 1000.0, 500.0),), 6),
    "figures": FigureList(2, 1, 1, Effort(1, 3.5, 84.2), Effort(), people=6),
}
"""What the CRM says, by the question's type; to any other nothing."""


def own(channel: str, name: str) -> Address:
    return Address(channel, f"{channel[0]}-{name}", f"{channel[0]}-{name}")


def colleague(name: str, role: Any, **more: Any) -> Person:
    """Somebody with an id as long as they are, and a chat on each channel."""
    addresses = tuple(own(channel, name) for channel in ("web", "telegram", "slack"))
    return Person(f"{name:_<10}", name.title(), role, addresses=addresses, **more)


SAM = colleague("sam", "sales")
TOM = colleague("tom", "sales", language="de", zone="America/New_York")
MIA = colleague("mia", "management")
MAX = colleague("max", "management", language="de")
GIL = colleague("gil", "group")
STAFF = {one.id: one for one in (SAM, TOM, MIA, MAX, GIL)}
STRANGER = "guest:web:w-nobody"
ROOM = Address("slack", "s-sam", "C-ROOM", shared=True)


@dataclass(frozen=True, slots=True)
class Happened:
    """One turn, with what it came from."""

    who: str
    before: Conversation
    event: Event
    turn: Turn
    again: Turn
    """The same turn once more, from what was kept."""


@dataclass
class Company:
    """All that is kept, and all that is on its way."""

    library: Library
    watch: Callable[[Happened], None] = lambda _: None
    """Looks at every turn."""
    people: dict[str, Person] = field(default_factory=lambda: dict(STAFF))
    conversations: dict[str, Conversation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    told: list[tuple[str, Event]] = field(default_factory=list)
    """Words to other conversations, on their way."""
    searches: list[tuple[str, str]] = field(default_factory=list)
    asks: list[tuple[str, Asking]] = field(default_factory=list)
    """What the CRM was asked to look up, and by whom."""
    deliveries: list[tuple[str, Delivery]] = field(default_factory=list)
    shown: dict[str, list[Say]] = field(default_factory=dict)
    """All that was ever shown, by who reads it."""
    at: datetime = START
    zone: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        self.desk = Desk(self.library)

    def conversation(self, who: str) -> Conversation:
        return self.conversations.get(who) or Conversation(who)

    def does(self, who: str, event: Event, address: Address | None = None) -> Turn:
        """Let it happen in that conversation and keep what follows."""
        before = self.conversation(who)
        facts = self._facts(before, event, address)
        turn = self.desk.decide(before, event, facts)
        again = self.desk.decide(kept(codec.conversation, before), event, facts)
        self.watch(Happened(who, before, event, turn, again))
        self._keep(who, turn, facts)
        return turn

    def would(self, who: str, event: Event, address: Address | None) -> Turn:
        """What would follow; nothing is kept."""
        before = self.conversation(who)
        return self.desk.decide(before, event, self._facts(before, event, address))

    def answers_lookups(self, place: int = 0, *, away: bool = False) -> None:
        """The CRM answers one of the questions there are; it knows little."""
        if not self.asks:
            return
        who, asking = self.asks.pop(place % len(self.asks))
        answer = None if away else ANSWERS.get(asking.lookup.type)
        self.does(who, LookedUp(asking.purpose, asking.subject, answer))

    def passes(self, time: timedelta) -> None:
        self.at += time

    def _facts(self, before: Conversation, event: Event, address: Address | None) -> Facts:
        wants = self.desk.wants(before, event)
        self.number += 1
        about = {self.approvals[one].case.id for one in wants.approvals if one in self.approvals}
        beside = about if wants.beside else set()
        asked = [one for one in self.approvals.values() if self._asked(one, wants, beside)]
        named = {*wants.cases, *(one.case.id for one in asked if one.id in wants.approvals)}
        return Facts(
            event_id=f"{self.number:026d}",
            at=self.at,
            address=address,
            person=self.people.get(before.id),
            people=Directory(dict(self.people)),
            cases={one: self.cases[one] for one in sorted(named) if one in self.cases},
            approvals={one.id: one for one in asked},
            zone=self.zone,
        )

    def _asked(self, approval: Approval, wants: Any, beside: set[str]) -> bool:
        shown = wants.open_approvals or approval.case.id in beside
        return (shown and approval.status == "open") or approval.id in wants.approvals

    def _keep(self, who: str, turn: Turn, facts: Facts) -> None:
        self.conversations[who] = kept(codec.conversation, turn.conversation)
        self.cases |= {one.id: kept(codec.case, one) for one in turn.cases}
        self.approvals |= {
            one.id: self._status(kept(codec.approval, one)) for one in turn.approvals
        }
        for cast in turn.votes:
            asked = self.approvals[cast.approval]
            assert cast.vote.by not in {one.by for one in asked.votes}, "somebody voted twice"
            self.approvals[asked.id] = replace(asked, votes=(*asked.votes, cast.vote))
        self._rule(turn)
        self._learn(turn, facts)
        self.told += [(one.conversation, one.event) for one in turn.tells]
        self.searches += [(who, kept(codec.search, one).query) for one in turn.searches]
        self.asks += [(who, kept(codec.ask, one)) for one in turn.asks]
        self.deliveries += [(who, kept(codec.delivery, one)) for one in turn.deliveries]
        for say in turn.says:
            self.shown.setdefault(self.reader(say.address), []).append(kept(codec.said, say))

    def _status(self, approval: Approval) -> Approval:
        """A turn opens approvals and copies them; only a ruling changes what became of one."""
        known = self.approvals.get(approval.id)
        if known is None:
            return approval
        by, at = known.decided_by, known.decided_at
        return replace(approval, status=known.status, decided_by=by, decided_at=at)

    def _rule(self, turn: Turn) -> None:
        """As the store does: exactly one ruling closes an open approval."""
        if turn.ruling is None:
            return
        approval = self.approvals[turn.ruling.approval]
        assert approval.status == "open", "a second ruling"
        at = int(self.at.timestamp() * 1000)
        ruled = replace(
            approval, status=turn.ruling.status, decided_by=turn.ruling.by, decided_at=at
        )
        self.approvals[approval.id] = ruled

    def _learn(self, turn: Turn, facts: Facts) -> None:
        """Where somebody spoke last, and their settings."""
        person = turn.person or facts.person
        if person is None or facts.address is None:
            return
        self.people[person.id] = spoke_at(person, facts.address)

    def reader(self, address: Address) -> str:
        return _READERS.get((address.channel, address.account), STRANGER)


_READERS = {(at.channel, at.account): one.id for one in STAFF.values() for at in one.addresses}


def kept(how: codec.Codec[Any], value: Any) -> Any:
    """The value after it was written down and read back."""
    return how.read(how.write(value))


def with_case(company: Company, owner: Person, step: str, case_id: str) -> Case:
    """A case that stands at that step already, without any record."""
    edition = company.library.current.playbook.edition
    customer = Customer("Airbus Hamburg", 1)
    case = Case(case_id, owner.id, edition, step, "Airbus Hamburg", customer)
    before = company.conversation(owner.id)
    company.conversations[owner.id] = listed(before, company.library.current, case)
    company.cases[case.id] = case
    return case
