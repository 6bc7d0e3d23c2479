"""Several people around one desk, without a program: what they do, and what follows for all.

Keeps what the store would keep, and its promise: a question to management is closed once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from dialogs.cards import mark
from dialogs.case import Case
from dialogs.crm import Customer
from dialogs.deadlines import armed
from dialogs.desk import Desk
from dialogs.events import Event, Fired, Found, Hit, Pressed, Said, Vouched
from dialogs.library import Library, Rulebook
from dialogs.linkcodes import LIFETIME_MS, LinkCode, digest
from dialogs.people import Address, Directory, Person
from dialogs.playbook import load_playbook
from dialogs.rows import AuditLine
from dialogs.shows import Card, Notice, Say
from dialogs.turns import (
    Approval,
    CaseRef,
    Conversation,
    Copy,
    Enquiry,
    Facts,
    Inquiry,
    Timer,
    Turn,
)
from tests.dialogs.edited import decided_by
from tests.dialogs.walking import DESK, buttons
from tests.transcripts.clock import START

RULES = DESK.library.current
QUALIFY = str(list(RULES.playbook.steps).index("qualify"))
"""In a button: that the case stood at that step."""
ASSESSED = {
    "record": {"customer": {"id": None, "name": "Airbus"}, "held": False, "why_not": "Fog"},
    "assess": {"revenue": "1000.00", "probability": "50", "recommendation": "pursue"},
}


def seat(name: str, channel: str = "telegram") -> Address:
    """Where somebody sits, by a number that never changes."""
    return Address(channel, name, name)


def colleague(name: str, role: str, *channels: str, **more: object) -> Person:
    """Somebody with accounts on these channels."""
    addresses = tuple(seat(name, channel) for channel in channels or ("telegram",))
    return Person(name, name.capitalize(), role, addresses=addresses, **more)  # type: ignore[arg-type] # a role's word


@dataclass
class Office:
    """The people, and all that is kept about them."""

    people: dict[str, Person]
    conversations: dict[str, Conversation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    codes: dict[str, LinkCode] = field(default_factory=dict)
    says: list[Say] = field(default_factory=list)
    audit: list[AuditLine] = field(default_factory=list)
    inquiries: list[tuple[str, Inquiry]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    at: datetime = START
    mails: bool = False
    desk: Desk = DESK
    timers: dict[str, tuple[str, Timer]] = field(default_factory=dict)
    """Those that are armed, with the conversation in which they ring."""
    numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg] # of int

    @classmethod
    def of(cls, *people: Person, mails: bool = False) -> "Office":
        return cls({person.id: person for person in people}, mails=mails)

    @classmethod
    def under(cls, rules: str, *people: Person) -> "Office":
        """With these lines in the playbook's [decision], in the place of its own."""
        playbook = load_playbook(decided_by(rules.splitlines()))
        office = cls.of(*people)
        office.desk = Desk(Library(playbook))
        return office

    @property
    def rules(self) -> Rulebook:
        return self.desk.library.current

    def passes(self, minutes: float) -> None:
        """Let time pass; what comes due rings at its time."""
        until = self.at + timedelta(minutes=minutes)
        while due := [key for key, (_, one) in self.timers.items() if one.due <= _ms(until)]:
            key = min(due, key=lambda key: self.timers[key][1].due)
            talk, timer = self.timers.pop(key)
            self.at = max(self.at, datetime.fromtimestamp(timer.due / 1000, self.at.tzinfo))
            self.happens(talk, Fired(timer.id, timer.kind, timer.payload))
        self.at = until

    def says_at(self, address: Address, text: str, *, command: bool = False) -> Turn:
        return self.happens(self.talk_at(address), Said(text, command=command), address)

    def presses_at(self, address: Address, token: str) -> Turn:
        return self.happens(self.talk_at(address), Pressed(token), address)

    def talk_at(self, address: Address) -> str:
        person = self.directory.behind(address)
        return person.id if person else f"guest:{address.channel}:{address.account}"

    @property
    def directory(self) -> Directory:
        return Directory(dict(self.people))

    def conversation(self, talk: str) -> Conversation:
        return self.conversations.get(talk, Conversation(talk))

    def happens(self, talk: str, event: Event, address: Address | None = None) -> Turn:
        """Let it happen, keep what follows, and let that happen too."""
        turn = self.desk.decide(self.conversation(talk), event, self._facts(talk, event, address))
        self._keep(talk, turn)
        for search in turn.searches:
            self.happens(talk, Found(search.query, (Hit(1, "Airbus Bremen"),)))
        for tell in turn.tells:
            self.happens(tell.conversation, tell.event)
        return turn

    def answers(self, *groups: str, active: bool = True) -> Turn:
        """The CRM's answer to the oldest question about somebody."""
        talk, inquiry = self.inquiries.pop(0)
        return self.happens(talk, Vouched(active, groups, inquiry.approval))

    def _facts(self, talk: str, event: Event, address: Address | None) -> Facts:
        wants = self.desk.wants(self.conversation(talk), event)
        rows = {key: self.approvals[key] for key in wants.approvals if key in self.approvals}
        named = (*wants.cases, *(one.case.id for one in rows.values()))
        about = {one.case.id for one in rows.values()} if wants.beside else set()
        rows |= {
            key: one
            for key, one in self.approvals.items()
            if one.status == "open" and (wants.open_approvals or one.case.id in about)
        }
        return Facts(
            event_id=f"e{next(self.numbers)}",
            at=self.at,
            address=address,
            person=self.people.get(talk),
            people=self.directory,
            cases={key: self.cases[key] for key in named if key in self.cases},
            approvals=rows,
            codes={key: self.codes[key] for key in wants.codes if key in self.codes},
            mails=self.mails,
        )

    def _keep(self, talk: str, turn: Turn) -> None:
        self.turns.append(turn)
        self.conversations[talk] = turn.conversation
        self.cases |= {case.id: case for case in turn.cases}
        self.approvals |= {one.id: one for one in turn.approvals}
        for cast in turn.votes:
            asked = self.approvals[cast.approval]
            assert cast.vote.by not in {one.by for one in asked.votes}, "somebody voted twice"
            self.approvals[asked.id] = replace(asked, votes=(*asked.votes, cast.vote))
        self.says += turn.says
        self.audit += turn.audit
        self.inquiries += [(talk, one) for one in turn.inquiries]
        for person in (*turn.people, *((turn.person,) if turn.person else ())):
            self._know(person)
        self._rule(turn)
        self.timers |= {one.id: (talk, one) for one in turn.timers}
        self.timers = {key: one for key, one in self.timers.items() if key not in turn.cancelled}
        for code in turn.burnt:
            assert self.codes[code].used is None, "a code was used twice"
            self.codes[code] = replace(self.codes[code], used=self.now)

    def _know(self, person: Person) -> None:
        """Keep somebody; an account given to them is nobody else's any more."""
        theirs = {(one.channel, one.account) for one in person.addresses}
        for other in list(self.people.values()):
            kept = tuple(a for a in other.addresses if (a.channel, a.account) not in theirs)
            if other.id != person.id:
                self.people[other.id] = replace(other, addresses=kept)
        self.people[person.id] = person

    def _rule(self, turn: Turn) -> None:
        if turn.ruling is None:
            return
        approval = self.approvals[turn.ruling.approval]
        assert approval.status == "open", "a question was closed twice"
        self.approvals[approval.id] = replace(
            approval,
            status=turn.ruling.status,
            decided_by=turn.ruling.by,
            decided_at=self.now,
        )

    @property
    def now(self) -> int:
        return _ms(self.at)

    def has_asked(
        self, owner: str, name: str = "case1", asks: Sequence[str] = ("Who pays?",)
    ) -> Approval:
        """A case of theirs that waits for management, with a card for everybody entitled.

        `asks` is what management wants to know, and has not been told yet.
        """
        case = Case(
            name, owner, self.rules.playbook.edition, "decide", "Airbus", Customer("Airbus"),
            forms={form: dict(record) for form, record in ASSESSED.items()},
            approval=f"q-{name}",
        )  # fmt: skip
        deciders = [one for one in self.directory.managers() if one.id != owner]
        copies = tuple(Copy(one.addresses[0], one.language) for one in deciders if one.addresses)
        who = deciders[0].id if deciders else "mia"
        open_ones = tuple(Enquiry(who, text) for text in asks)
        asked = Approval(
            f"q-{name}",
            case,
            owner,
            copies,
            mark=mark(self.rules, case),
            enquiries=open_ones,
            asked_at=self.now,
        )
        self.cases[name], self.approvals[asked.id] = case, asked
        rule = self.rules.playbook.decision
        self.timers |= {one.id: (owner, one) for one in armed(rule, asked.id, self.now)}
        self._lists(owner, CaseRef(name, "Airbus", "decide", asked.id))
        return asked

    def _lists(self, owner: str, ref: CaseRef) -> None:
        talk = self.conversation(owner)
        self.conversations[owner] = replace(talk, cases=(*talk.cases, ref))

    def has_rejected(self, owner: str, name: str = "case4") -> Approval:
        """A case of theirs that the group is asked to take over."""
        case = Case(
            name, owner, self.rules.playbook.edition, "transfer", "Krones", Customer("Krones"),
            forms={form: dict(record) for form, record in ASSESSED.items()},
            approval=f"h-{name}",
        )  # fmt: skip
        asked = Approval(f"h-{name}", case, owner, mark="m", kind="handover", target="legal")
        self.cases[name], self.approvals[asked.id] = case, asked
        self._lists(owner, CaseRef(name, "Krones", "transfer", asked.id))
        return asked

    def has_recorded(self, owner: str, name: str = "case2") -> Case:
        """A case of theirs that waits for its assessment."""
        record = {"record": dict(ASSESSED["record"])}
        case = Case(name, owner, self.rules.playbook.edition, "assess", "Bosch", forms=record)
        self.cases[name] = case
        self._lists(owner, CaseRef(name, "Bosch", "assess"))
        return case

    def has_approved(self, owner: str, name: str = "case3") -> Case:
        """A case of theirs that management has approved."""
        forms = {form: dict(record) for form, record in ASSESSED.items()}
        edition = RULES.playbook.edition
        case = Case(name, owner, edition, "qualify", "Siemens", forms=forms, stage="qualification")
        self.cases[name] = case
        self._lists(owner, CaseRef(name, "Siemens", "qualify"))
        return case

    def gives(self, text: str, person: Person, channel: str = "", account: str = "") -> None:
        """A link code for somebody."""
        plain = replace(person, addresses=())
        code = LinkCode(digest(text), plain, self.now + LIFETIME_MS, channel, account)
        self.codes[code.hash] = code

    def told(self, address: Address) -> list[str]:
        """The words of all notices at that address, oldest first."""
        shown = [one.show for one in self.says if one.address == address]
        return [show.text for show in shown if isinstance(show, Notice)]

    def card(self, address: Address) -> Card:
        """The card that stands there now."""
        shown = [one.show for one in self.says if one.address == address]
        return [show for show in shown if isinstance(show, Card)][-1]

    def button(self, address: Address, text: str) -> str:
        """The token of the newest button with these words."""
        there = [one for say in self.says if say.address == address for one in buttons(say)]
        return next(one.token for one in reversed(there) if one.text == text)

    def actions(self) -> list[str]:
        return [line.action for line in self.audit]


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
