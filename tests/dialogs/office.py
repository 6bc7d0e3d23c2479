"""Several people around one desk, without a program: what they do, and what follows for all.

Keeps what the store would keep, and its promise: a question to management is closed once.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from dialogs.cards import mark
from dialogs.case import Case
from dialogs.crm import Customer
from dialogs.events import Event, Found, Hit, Pressed, Said, Vouched
from dialogs.linkcodes import LIFETIME_MS, LinkCode, digest
from dialogs.people import Address, Directory, Person
from dialogs.rows import AuditLine
from dialogs.shows import Card, Notice, Say
from dialogs.turns import Approval, CaseRef, Conversation, Copy, Facts, Inquiry, Turn
from tests.dialogs.walking import DESK, buttons
from tests.transcripts.clock import START

RULES = DESK.library.current
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
    numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg] # of int

    @classmethod
    def of(cls, *people: Person, mails: bool = False) -> "Office":
        return cls({person.id: person for person in people}, mails=mails)

    def passes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)

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
        turn = DESK.decide(self.conversation(talk), event, self._facts(talk, event, address))
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
        wants = DESK.wants(self.conversation(talk), event)
        rows = {key: self.approvals[key] for key in wants.approvals if key in self.approvals}
        named = (*wants.cases, *(one.case.id for one in rows.values()))
        if wants.open_approvals:
            rows |= {key: one for key, one in self.approvals.items() if one.status == "open"}
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
        return int(self.at.timestamp() * 1000)

    def has_asked(self, owner: str, name: str = "case1") -> Approval:
        """A case of theirs that waits for management, with a card for everybody entitled."""
        case = Case(
            name, owner, RULES.playbook.edition, "decide", "Airbus", Customer("Airbus"),
            forms={form: dict(record) for form, record in ASSESSED.items()},
            approval=f"q-{name}",
        )  # fmt: skip
        deciders = [one for one in self.directory.managers() if one.id != owner]
        copies = tuple(Copy(one.addresses[0], one.language) for one in deciders if one.addresses)
        asked = Approval(f"q-{name}", case, owner, copies, mark=mark(RULES, case))
        self.cases[name], self.approvals[asked.id] = case, asked
        self._lists(owner, CaseRef(name, "Airbus", "decide", asked.id))
        return asked

    def _lists(self, owner: str, ref: CaseRef) -> None:
        talk = self.conversation(owner)
        self.conversations[owner] = replace(talk, cases=(*talk.cases, ref))

    def has_recorded(self, owner: str, name: str = "case2") -> Case:
        """A case of theirs that waits for its assessment."""
        record = {"record": dict(ASSESSED["record"])}
        case = Case(name, owner, RULES.playbook.edition, "assess", "Bosch", forms=record)
        self.cases[name] = case
        self._lists(owner, CaseRef(name, "Bosch", "assess"))
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
