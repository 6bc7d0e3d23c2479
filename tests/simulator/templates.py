"""Where stories begin: with nothing, with a case to assess, with reviews, with a verdict to come,
and with what comes after it.

The later ones are made once for each OS process, by the program itself and without faults.
"""

import asyncio
from collections import Counter
from functools import cache

from dialogs.events import Pressed, Said
from dialogs.trail import GENESIS
from tests.simulator import ground
from tests.simulator.known import DUTY
from tests.simulator.life import declared
from tests.simulator.people import TYPED, kinds, persons
from tests.simulator.world import Template, World

RECORD = ("record", "Nordlicht", None, "no", "ill", "skip", "skip")
ASSESS = ("assess", "1", "3", "3", "none", "1000", "50", "1", "skip")
PARK = ("park", "A merger comes first", "tomorrow", "Ask again")
CRITERIA = ("stage", "> Answer all 4", "a", "b", "c", "d", "status nord")
WINNING = ("won", "> Answer all 3 of Proposition", *"abc", "> Answer all 3 of Negotiation", *"def")
PRESSES, FILLS = "> ", "…"
"""What people say; None presses the first button of the screen, "> …" the newest of that name, and
"…" answers whatever is asked until it is to be checked."""
LONGEST = 30


class Calm:
    """Nothing goes wrong."""

    def __init__(self):
        """Nothing was struck."""
        self.struck = Counter()

    def has(self, kind):
        return False

    def strikes(self, kind):
        return False

    def stop(self):
        """Nothing was going on."""


class Rehearsal(World):
    """A world in which people say their words, one after another, and that is all."""

    words, lead = ((), ()), False

    async def story(self):
        await self.start("one")
        for person, words in zip(persons(), self.words, strict=False):
            for word in words:
                await self._says(person.addresses[0], word)
        if self.lead:
            self._lead()
            self._looked_for()
        await self._rest()
        self.over = True
        await self.replicas[0].stop()

    async def _says(self, at, word):
        for _ in range(LONGEST if word == FILLS else 1):
            event = self._event(at, word)
            if event is None:
                return
            await self.platform.send(at, event)
            await asyncio.sleep(3)

    def _event(self, at, word):
        if word == FILLS:
            live = [one.say.show for one in self.chats.of(at) if one.say.slot == "live"]
            return _answer(live[-1]) if live[-1].type == "ask" else None
        shows = [one.say.show for one in reversed(self.chats.of(at))]
        if word is None:
            return Pressed((*shows[0].choices, *shows[0].controls)[0].token)
        if not word.startswith(PRESSES):
            return Said(word)
        text = word.removeprefix(PRESSES)
        there = (one for show in shows for one in getattr(show, "buttons", ()) if one.text == text)
        return Pressed(next(there).token)


def _answer(show):
    """The least that goes on."""
    controls = {button.token.split(".")[2]: button.token for button in show.controls}
    if "keep" in controls:
        return Pressed(controls["keep"])
    if "done" in controls and any(one.selected for one in show.choices):
        return Pressed(controls["done"])
    if show.choices:
        return Pressed(show.choices[0].token)
    return Said(TYPED.get(kinds().get(show.prompt), ("a",))[0])


@cache
def templates():
    """All of them, by name."""
    nothing = _nothing()
    save = ("save",)
    assess = _after(nothing, "first", RECORD + save)
    review = _after(assess, "second", ASSESS, RECORD)
    decide = _after(review, "third", save)
    begun = {"nothing": nothing, "assess": assess, "review": review, "decide": decide}
    begun |= _later(decide)
    filled = dict(_reviews(begun))
    return begun | filled | _between(assess, filled)


def _between(assess, filled):
    """What comes to somebody: a colleague's question, their tasks, a lead."""
    tasks = _after(assess, "tasks", ("tasks", f"> 1 · {DUTY.summary}"))
    return {
        "invited": _after(filled["participants"], "invited", ("save",)),
        "tasks": tasks,
        **{name: _after(tasks, f"of-{name}", (f"> {text}", FILLS)) for name, text in _errands()},
        "came": _after(assess, "came", lead=True),
    }


def _errands():
    """The forms about tasks, by what their buttons say; one asks for a colleague first."""
    for name, form in declared().forms.items():
        if form["opens"] == "task" and form["errand"] != "hand_on":
            yield name, form["description"]["en"]


def _reviews(bases):
    """Each form of the playbook that a word begins, filled in and to be checked."""
    for name, form in declared().forms.items():
        base = _base(form)
        if base and "words" in form:
            yield name, _after(bases[base], f"of-{name}", (form["words"]["en"][0], FILLS))


def _base(form):
    """The story in which somebody has a case that the form is about."""
    if "moves" in form:
        return {"won": "ready", "requested": "met"}.get(form["moves"], "qualify")
    return {"case": "nothing", "any_case": "assess", "open_case": "assess"}.get(form["opens"])


def _later(decide):
    """Stories about what comes after the verdict; in most there is a verdict to come, too."""
    handed = _after(decide, "no", (), (), ("> Reject", "No capacity", None))
    approved = _after(decide, "yes", (), (), ("> Approve",))
    qualify = _after(approved, "asked", (), ("save", *ASSESS, "save"))
    parking = _after(qualify, "parking", ("> Begin round 1", *PARK))
    parked = _after(parking, "parked", ("save", "lost", None, "skip"))
    met = _after(qualify, "met", CRITERIA)
    asked = ("> The customer has a specific inquiry", FILLS, "save")
    requested = _after(met, "requested", asked)
    ready = _after(requested, "ready", WINNING)
    cases = {"handed": handed, "qualify": qualify, "met": met, "requested": requested}
    cases["ready"] = ready
    return cases | {"parking": parking, "parked": parked}


def _after(template, prefix, *words, lead=False):
    world = Rehearsal(prefix, template, Calm(), prefix)
    world.words, world.lead = words, lead
    world.run()
    assert not world.watch.violations, world.watch.violations
    return world.template()


def _nothing():
    """The people and their addresses, and nothing that ever happened."""
    people = [
        (p.id, p.name, p.role, p.language, p.zone, p.login, p.crm_user, p.crm_role)
        for p in persons()
    ]
    addresses = [
        (at.channel, at.account, at.chat, person.id, place)
        for person in persons()
        for place, at in enumerate(person.addresses)
    ]
    tables = ground.database().copy()
    head = [(1, 0, GENESIS)]
    rows = dict.fromkeys(tables, ()) | {"person": people, "address": addresses, "audit_head": head}
    return Template(rows, {}, ({}, {}, []))
