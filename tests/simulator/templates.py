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
from tests.simulator.people import persons
from tests.simulator.world import Template, World

RECORD = ("record", "Nordlicht", None, "no", "ill", "skip", "skip")
ASSESS = ("assess", "1", "3", "3", "none", "1000", "50", "1", "skip")
PARK = ("park", "A merger comes first", "tomorrow", "Ask again")
CRITERIA = ("stage", "> Answer all 4", "a", "b", "c", "d", "status nord")
WON = ("won", "today", "1000", "Kick-off")
PRESSES = "> "
"""What people say; None presses the first button of the screen, "> …" the newest of that name."""


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

    words = ((), ())

    async def story(self):
        await self.start("one")
        for person, words in zip(persons(), self.words, strict=False):
            for word in words:
                at = person.addresses[0]
                await self.platform.send(at, self._event(at, word))
                await asyncio.sleep(3)
        await self._rest()
        self.over = True
        await self.replicas[0].stop()

    def _event(self, at, word):
        shows = [one.say.show for one in reversed(self.chats.of(at))]
        if word is None:
            return Pressed((*shows[0].choices, *shows[0].controls)[0].token)
        if not word.startswith(PRESSES):
            return Said(word)
        text = word.removeprefix(PRESSES)
        there = (one for show in shows for one in getattr(show, "buttons", ()) if one.text == text)
        return Pressed(next(there).token)


@cache
def templates():
    """All of them, by name."""
    nothing = _nothing()
    save = ("save",)
    assess = _after(nothing, "first", RECORD + save)
    review = _after(assess, "second", ASSESS, RECORD)
    decide = _after(review, "third", save)
    started = {"nothing": nothing, "assess": assess, "review": review, "decide": decide}
    return started | _later(decide)


def _later(decide):
    """Stories about what comes after the verdict; in most there is a verdict to come, too."""
    handed = _after(decide, "no", (), (), ("> Reject", "No capacity", None))
    approved = _after(decide, "yes", (), (), ("> Approve",))
    qualify = _after(approved, "asked", (), ("save", *ASSESS, "save"))
    parking = _after(qualify, "parking", ("> Begin round 1", *PARK))
    parked = _after(parking, "parked", ("save", "lost", None, "skip"))
    inquiry = _after(qualify, "inquiry", (*CRITERIA, "> The customer has a specific inquiry", *WON))
    cases = {"handed": handed, "qualify": qualify, "inquiry": inquiry}
    return cases | {"parking": parking, "parked": parked}


def _after(template, prefix, *words):
    world = Rehearsal(prefix, template, Calm(), prefix)
    world.words = words
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
    return Template(rows, {}, ({}, {}))
