"""Somebody at a desk, without a program around it: what they do, and what they are shown."""

from dataclasses import dataclass, field, replace
from itertools import count

from bot.playbooks import playbook_text
from dialogs.case import Case
from dialogs.desk import Desk
from dialogs.events import Event, Found, Hit, LookedUp, Pressed, Said
from dialogs.library import Library
from dialogs.people import Address, Directory, Person
from dialogs.playbook import load_playbook
from dialogs.shows import Ask, Button, Card, Notice, Picture, Review, Say
from dialogs.turns import Approval, Conversation, Facts, Turn
from tests.dialogs.company import ANSWERS
from tests.transcripts.clock import START

DESK = Desk(Library(load_playbook(*playbook_text(None))))
SAM = Person("sam", "Sam", "management", addresses=(Address("web", "s", "s"),))
MIA = Person("mia", "Mia", "management", addresses=(Address("web", "m", "m"),))
PEOPLE = Directory({"sam": SAM, "mia": MIA})


def buttons(say: Say) -> tuple[Button, ...]:
    match say.show:
        case Ask() as ask:
            return ask.choices + ask.controls
        case Review() as review:
            return review.controls + tuple(row.edit for row in review.rows)
        case Notice() | Picture() as notice:
            return notice.buttons
        case Card() as card:
            return card.buttons


@dataclass
class Walker:
    """One person's conversation and cases, and the approvals of all."""

    person: Person = SAM
    conversation: Conversation = field(default_factory=lambda: Conversation("sam"))
    cases: dict[str, Case] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    shown: list[Say] = field(default_factory=list)
    desk: Desk = DESK
    numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg] # of int

    def does(self, event: Event, address: Address | None = None) -> Turn:
        """Let it happen and keep what follows; searches find two Airbuses, the CRM answers."""
        turn = self.desk.decide(self.conversation, event, self._facts(event, address))
        self.conversation = turn.conversation
        self.cases |= {case.id: case for case in turn.cases}
        self.approvals |= {one.id: one for one in turn.approvals}
        self.person = turn.person or self.person
        self.shown += [say for say in turn.says if say.address in self.person.addresses]
        for search in turn.searches:
            hits = (Hit(1, "Airbus Bremen"), Hit(2, "Airbus Hamburg"))
            turn = self.does(Found(search.query, hits))
        for ask in turn.asks:
            answer = ANSWERS.get(ask.lookup.type)
            turn = self.does(LookedUp(ask.purpose, ask.subject, answer))
        return turn

    def says(self, text: str) -> Turn:
        return self.does(Said(text), self.person.addresses[0])

    def presses(self, token: str) -> Turn:
        return self.does(Pressed(token), self.person.addresses[0])

    def there(self) -> list[Button]:
        """Every button that was ever shown, old ones too."""
        return [button for say in self.shown for button in buttons(say)]

    def _facts(self, event: Event, address: Address | None) -> Facts:
        wants = self.desk.wants(self.conversation, event)
        return Facts(
            event_id=f"e{next(self.numbers)}",
            at=START,
            address=address,
            person=self.person,
            people=replace(PEOPLE, persons={**PEOPLE.persons, self.person.id: self.person}),
            cases={case: self.cases[case] for case in wants.cases if case in self.cases},
            approvals=self.approvals,
        )
