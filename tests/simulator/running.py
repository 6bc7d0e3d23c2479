"""Runs seeds: one, or many side by side in OS processes."""

import gc
import logging
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from random import Random

from tests.simulator.templates import templates
from tests.simulator.watch import Violation
from tests.simulator.world import World

STARTS = (
    *("nothing", "assess", "review", "review", "decide", "decide"),
    *("handed", "qualify", "parking", "parked", "won"),
)
OTHERS = 0.3
"""The share of stories that begin anywhere else: at any form of the playbook, or with a lead."""
SLICE = 250
COLLECTED = 50
"""Worlds are full of cycles; so often the collector looks."""


@dataclass(slots=True)
class Tally:
    """What many seeds came to."""

    seeds: int = 0
    struck: Counter = field(default_factory=Counter)
    broken: list[tuple[int, Violation]] = field(default_factory=list)

    def add(self, other):
        self.seeds += other.seeds
        self.struck += other.struck
        self.broken += other.broken


def live(seed, only=()):
    """Run a seed and return its world, judged; `only` are the kinds of fault that may strike."""
    world = World(seed, templates()[_start(Random(seed))], only=only)
    with quiet():
        world.run()
    return world


def _start(dice):
    known = [one for one in templates() if one not in STARTS]
    return dice.choice(known if dice.random() < OTHERS else STARTS)


@contextmanager
def quiet():
    """The program warns of each fault; here they are the rule."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def run(seeds, only=()):
    """Run these seeds here."""
    tally = Tally()
    templates()
    gc.collect()
    gc.freeze()  # what all seeds share is no seed's garbage
    gc.disable()
    try:
        for number, seed in enumerate(seeds):
            world = live(seed, only)
            tally.seeds += 1
            tally.struck += world.faults.struck
            tally.broken += [(seed, one) for one in world.watch.violations]
            if number % COLLECTED == 0:
                gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()
    return tally


def run_many(first, count, processes):
    """Run so many seeds from `first`, side by side."""
    total = Tally()
    slices = [
        range(at, min(at + SLICE, first + count)) for at in range(first, first + count, SLICE)
    ]
    if processes == 1:
        for one in slices:
            total.add(run(one))
        return total
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for tally in pool.map(run, slices):
            total.add(tally)
    return total


def message(seed, violation):
    """What a failing seed says: the promise, the piece of history, and how to see all of it."""
    world = live(seed)
    about = world.history.text(violation.about) if violation.about else ""
    piece = "\n".join(islice(about.splitlines(), 40))
    return (
        f"seed {seed} breaks {violation.oracle}: {violation.text}\n{piece}\n"
        f"All of it: python -m tests.simulator {seed}"
    )
