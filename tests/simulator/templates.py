"""Where stories begin: with nothing, with a case to assess, with reviews, with a verdict to come.

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
"""What a seller says; None presses the first button of the screen."""


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
    """A world in which two sellers say their words, one after another, and that is all."""

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
        if word is not None:
            return Said(word)
        show = self.chats.of(at)[-1].say.show
        return Pressed((*show.choices, *show.controls)[0].token)


@cache
def templates():
    """All of them, by name."""
    nothing = _nothing()
    save = ("save",)
    assess = _after(nothing, "first", RECORD + save)
    review = _after(assess, "second", ASSESS, RECORD)
    decide = _after(review, "third", save)
    return {"nothing": nothing, "assess": assess, "review": review, "decide": decide}


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
