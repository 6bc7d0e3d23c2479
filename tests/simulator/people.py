"""Sellers and managers who do what their screens offer, mostly the sensible thing.

They see only what a chat shows them.
"""

import asyncio
from functools import cache

from dialogs import tokens
from dialogs.events import Pressed, Said, Shared, Submitted
from dialogs.files import attached
from dialogs.people import Address, Person
from dialogs.routes import BY_BUTTON
from tests.simulator.crm import CUSTOMERS
from tests.simulator.ground import library
from tests.simulator.life import declared

TYPED = {
    "text": ("Fog over the Elbe", "Anna, Ben"),
    "long_text": ("They want to automate the final assembly.", "Wings\nand landing gear"),
    "past moment": ("yesterday 10:00", "today 9:00"),
    "future moment": ("tomorrow 10:00", "24 December 2026 9:00"),
    "past date": ("today", "yesterday"),
    "future date": ("tomorrow", "24 December 2026"),
    "number": ("2", "1.5"),
    "money": ("1000", "250,000"),
    "percent": ("50", "60"),
    "customer": (*CUSTOMERS, "Meyer", "Elbtal Logistik", "Nordlicht"),
    "yes_no": ("yes", "no"),
    "email": ("ann@example.com", "Ben <ben@example.org>"),
    "contact": ("Ann Lee", "Anna"),
    "opportunity": ("Airbus", "New robots"),
    "person": ("Sue", "Sam"),
    "recipient": ("ann@example.com", "Ann"),
    "lines": ("3 x Welding robot 12,500 €", "2 days training at 950"),
    "phone": ("0351 1234567", "+49 40 765432"),
}
ASIDE = (
    *("help", "status", "summary", "back", "cancel", "continue", "stage", "withdraw"),
    *("help", "status", "back", "cancel", "continue", "withdraw", "pending", "record"),
)
TOLD = "Met Mr Peters at Airbus yesterday at 14:00, we talked about robots"
READ = ("status", "process", "figures", "settings", "help", "withdraw")
"""Rights of what only looks, and of what nobody does unless they mean to."""
LOOKS = ("tasks", "kpi", "pipeline", "process", "stage")


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
    """The kind of answer that each prompt asks for, and each field of a page."""
    questions = [one for form in library().current.playbook.forms for one in form.questions]
    told = {one.prompt.of("en"): _kind(one.kind) for one in questions}
    return told | {one.id: _kind(one.kind) for one in questions}


def _kind(kind):
    return f"{getattr(kind, 'rule', '')} {kind.name}".strip()


@cache
def words():
    """What the playbook's forms are begun by."""
    return tuple(one["words"]["en"][0] for one in declared().forms.values() if "words" in one)


@cache
def leading():
    """The codes of the buttons that lead on: the desk's own table says which."""
    known = {code for (code, _), (right, _) in BY_BUTTON.items() if right not in READ}
    return known | {"start", "offer", "anew"}


class Somebody:
    """A person at work, with a number of things to do."""

    def __init__(self, world, person, doings):
        self._world, self._dice = world, world.dice
        self._person, self._doings = person, doings
        self._address = person.addresses[0]
        self._read = None
        """The message whose button is pressed, where that is no dialogue's."""
        self._looking = False
        """A customer's name is being said, which the CRM will look up."""

    async def work(self):
        for _ in range(self._doings):
            await asyncio.sleep(self._dice.expovariate(1 / 4))
            if self._world.faults.strikes("changes the chat"):
                self._address = self._dice.choice(self._person.addresses)
                await self._does(Said(self._dice.choice(("continue", "1"))))
            await self._does(self._chosen())

    def verdict(self):
        """Where they are, and a press on the newest card that is open there, if one is."""
        shows = [one.say.show for one in self._world.chats.of(self._address)]
        cards = [one for one in shows if one.type == "card" and one.buttons]
        return (self._address, Pressed(cards[-1].buttons[0].token)) if cards else None

    async def _does(self, event):
        twice = isinstance(event, Pressed) and self._world.faults.strikes("pressed twice")
        stood, self._read = self._read and self._read.stood, None
        looking, self._looking = self._looking, False
        sent = self._world.platform.send(self._address, event, stood)
        if twice:
            self._world.platform.send(self._address, event, stood)
        if looking and self._dice.random() < 0.3:  # and corrects the name before it is found
            await asyncio.sleep(self._dice.uniform(0.1, 2))
            self._world.platform.send(self._address, Said(self._dice.choice(TYPED["customer"])))
            return
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
        kind = kinds().get(field.id, field.kind)
        return (self._dice.choice(TYPED.get(kind, ("3",))),)

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
            return self._shared() if self._dice.random() < 0.2 else self._aside()
        live = [one for one in messages if one.say.slot == "live"]
        if live and live[-1].say.show.type in {"ask", "review"}:
            return self._answer(live[-1].say.show)
        return self._begins([one for one in messages if one.buttons])

    def _aside(self):
        return Said(self._dice.choice((*ASIDE, *words(), *LOOKS)))

    def _shared(self):
        name = f"F{self._dice.randrange(100)}"
        file = attached(self._address.channel, name, f"{name}.pdf", 1000)
        return Shared("voice") if self._dice.random() < 0.3 else Shared("file", (file,))

    def _answer(self, show):  # noqa: PLR0911 - one line for each thing somebody can do
        if show.type == "review":
            if self._dice.random() < 0.85:
                return Pressed(show.controls[0].token)
            return Pressed(self._dice.choice(_buttons(show)).token)
        if (
            not show.choices
            and kinds().get(show.prompt) == "customer"
            and self._dice.random() < 0.7
        ):
            self._looking = True
            return Said(self._dice.choice(TYPED["customer"]))
        controls = {button.token.split(".")[2]: button for button in show.controls}
        if "form" in controls and self._dice.random() < 0.6:
            return Pressed(controls["form"].token)
        if "keep" in controls and self._dice.random() < 0.8:
            return Pressed(controls["keep"].token)
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
        offered = [one for one in messages[-4:] if _offered(one)]
        decides = self._person.role in {"management", "group"}
        newest = offered[-1:] == messages[-1:]
        if decides and not (offered and self._dice.random() < (0.7 if newest else 0.2)):
            if not open_cards or self._dice.random() < 0.2:
                return Said("pending" if self._person.role == "management" else "status")
            return Pressed(self._dice.choice(open_cards[-1].buttons).token)
        if offered and self._dice.random() < 0.8:
            self._read = offered[-1]
            return Pressed(self._dice.choice(_offered(offered[-1])).token)
        if self._dice.random() < 0.1:
            return self._shared()
        return Said(self._dice.choice(("record", "record", "assess", TOLD, *words(), *LOOKS)))


def _offered(message):
    buttons = _buttons(message.say.show)
    return [one for one in buttons if _leads_on(tokens.read(one.token))]


def _leads_on(token):
    """A form is begun about something; the bare menu is for who has nothing to do."""
    free = isinstance(token, tokens.FreeToken) and token.code in leading()
    return free and (token.code not in {"start", "offer"} or len(token.args) > 1)


def _buttons(show):
    match show.type:
        case "ask":
            return (*show.choices, *show.controls)
        case "review":
            return (*show.controls, *(row.edit for row in show.rows))
        case _:
            return show.buttons
