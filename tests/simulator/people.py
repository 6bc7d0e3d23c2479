"""Sellers and managers who do what their screens offer, mostly the sensible thing.

They see only what a chat shows them.
"""

import asyncio
from functools import cache

from dialogs.events import Pressed, Said, Shared, Submitted
from dialogs.people import Address, Person
from tests.simulator.crm import CUSTOMERS
from tests.simulator.ground import library

TYPED = {
    "text": ("Fog over the Elbe", "Anna, Ben"),
    "long_text": ("They want to automate the final assembly.", "Wings\nand landing gear"),
    "moment": ("yesterday 10:00", "today 9:00"),
    "date": ("tomorrow", "24 December 2026"),
    "number": ("2", "1.5"),
    "money": ("1000", "250,000"),
    "percent": ("50", "60"),
    "customer": (*CUSTOMERS, "Meyer", "Elbtal Logistik", "Nordlicht"),
    "yes_no": ("yes", "no"),
    "email": ("ann@example.com", "Ben <ben@example.org>"),
    "phone": ("0351 1234567", "+49 40 765432"),
}
OFFERED = (
    *(".start.assess.", ".reply.", ".hand.", ".stage.", ".move.", ".onward.", ".tick."),
    *(".start.park.", ".start.lose.", ".start.won.", ".start.override.", ".start.record."),
)
ASIDE = (
    *("help", "status", "summary", "back", "record", "cancel", "continue", "assess", "pending"),
    *("stage", "park", "lost", "won", "withdraw"),
)


def persons():
    """The people of the installation."""
    return (
        _person("sam", "Sam", "sales"),
        _person("sue", "Sue", "sales"),
        _person("mia", "Mia", "management"),
        _person("max", "Max", "management", login="max"),
        _person("gus", "Gus", "group"),
    )


def _person(key, name, role, login=None):
    at = (Address("telegram", f"t-{key}", f"t-{key}"), Address("slack", f"T:{key}", f"D{key}"))
    return Person(key, name, role, login=login, addresses=at)


@cache
def kinds():
    """The kind of answer that each prompt asks for."""
    forms = library().current.playbook.forms
    return {
        question.prompt.of("en"): question.kind.name
        for form in forms
        for question in form.questions
    }


class Somebody:
    """A person at work, with a number of things to do."""

    def __init__(self, world, person, doings):
        self._world, self._dice = world, world.dice
        self._person, self._doings = person, doings
        self._address = person.addresses[0]
        self._read = None
        """The message whose button is pressed, where that is no dialogue's."""

    async def work(self):
        for _ in range(self._doings):
            await asyncio.sleep(self._dice.expovariate(1 / 4))
            if self._world.faults.strikes("changes the chat"):
                self._address = self._dice.choice(self._person.addresses)
                await self._does(Said(self._dice.choice(("continue", "1"))))
            await self._does(self._chosen())

    async def _does(self, event):
        twice = isinstance(event, Pressed) and self._world.faults.strikes("pressed twice")
        stood, self._read = self._read and self._read.stood, None
        sent = self._world.platform.send(self._address, event, stood)
        if twice:
            self._world.platform.send(self._address, event, stood)
        if self._dice.random() < 0.2:
            return  # and goes on typing before an answer is there
        receipt = await sent
        page = receipt.reply if receipt else None
        if page is not None and page.type == "form_page":
            await asyncio.sleep(self._dice.uniform(1, 20))
            self._world.platform.send(self._address, Submitted(page.token, self._filled(page)))

    def _filled(self, page):
        return {field.id: self._field(field) for field in page.fields}

    def _field(self, field):
        if field.optional and self._dice.random() < 0.7:
            return ()
        if field.options:
            return (self._dice.choice(field.options)[0],)
        return (self._dice.choice(TYPED.get(field.kind, ("3",))),)

    def _chosen(self):
        messages = self._world.chats.of(self._address)
        if self._world.faults.strikes("event that no turn can take"):
            return Said("poison")
        if messages and self._world.faults.strikes("old button pressed"):
            self._read = self._dice.choice(messages)
            buttons = _buttons(self._read.say.show)
            if buttons:
                return Pressed(self._dice.choice(buttons).token)
        if self._dice.random() < 0.07:
            return Shared("voice") if self._dice.random() < 0.2 else self._aside()
        live = [one for one in messages if one.say.slot == "live"]
        if live and live[-1].say.show.type in {"ask", "review"}:
            return self._answer(live[-1].say.show)
        return self._begins([one for one in messages if one.buttons])

    def _aside(self):
        return Said(self._dice.choice(ASIDE))

    def _answer(self, show):  # noqa: PLR0911 - one line for each thing somebody can do
        if show.type == "review":
            if self._dice.random() < 0.85:
                return Pressed(show.controls[0].token)
            return Pressed(self._dice.choice(_buttons(show)).token)
        controls = {button.token.split(".")[2]: button for button in show.controls}
        if "form" in controls and self._dice.random() < 0.6:
            return Pressed(controls["form"].token)
        if "done" in controls and self._dice.random() < 0.8:
            return Pressed(controls["done"].token)
        if "skip" in controls and self._dice.random() < 0.8:
            return Pressed(controls["skip"].token)
        if show.choices:
            return Pressed(self._dice.choice(show.choices).token)
        return Said(self._dice.choice(TYPED.get(kinds().get(show.prompt), CUSTOMERS)))

    def _begins(self, messages):
        """A card to decide, a next step that is offered, or something new."""
        cards = [one.say.show for one in messages if one.say.show.type == "card"]
        open_cards = [card for card in cards if card.buttons]
        if self._person.role in {"management", "group"}:
            if not open_cards or self._dice.random() < 0.2:
                return Said("pending" if self._person.role == "management" else "status")
            return Pressed(self._dice.choice(open_cards[-1].buttons).token)
        offered = [one for one in messages[-4:] if _offered(one)]
        if offered and self._dice.random() < 0.8:
            self._read = offered[-1]
            return Pressed(self._dice.choice(_offered(offered[-1])).token)
        return Said(self._dice.choice(("record", "record", "assess")))


def _offered(message):
    buttons = _buttons(message.say.show)
    return [one for one in buttons if any(way in one.token for way in OFFERED)]


def _buttons(show):
    match show.type:
        case "ask":
            return (*show.choices, *show.controls)
        case "review":
            return (*show.controls, *(row.edit for row in show.rows))
        case _:
            return show.buttons
