"""`python -m tests.simulator 17` tells seed 17; `--seeds 20000` runs many; `--bugs` hunts."""

import argparse
import sys
import time

from tests.simulator.bugs import BUGS, hunt
from tests.simulator.faults import RATES
from tests.simulator.running import live, message, run_many


def say(text):
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def main():
    """Read the command line and do it."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    asked.add_argument("seed", nargs="?", type=int)
    asked.add_argument("--seeds", type=int, metavar="N", help="run so many")
    asked.add_argument("--from", dest="first", type=int, default=0, metavar="SEED")
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--bugs", action="store_true", help="find every planted bug")
    given = asked.parse_args()
    if given.bugs:
        return _hunt()
    if given.seeds:
        return _many(given)
    return _one(given.seed or 0)


def _one(seed):
    world = live(seed)
    say(world.history.text())
    say(f"seed {seed}, digest {world.history.digest}, violations:")
    for one in world.watch.violations:
        say(f"  {one.oracle}: {one.text}")
    return 1 if world.watch.violations else 0


def _hunt():
    found = [hunt(bug) for bug in BUGS]
    say("| planted bug | found in seed | by | as |\n| --- | --- | --- | --- |")
    for one in found:
        say(f"| {one.bug} | {one.seed} | {one.oracle} | {one.text} |")
    return 1 if any(one.seed is None for one in found) else 0


def _many(given):
    began = time.perf_counter()
    tally = run_many(given.first, given.seeds, given.processes)
    seconds = time.perf_counter() - began
    for kind in RATES:
        say(f"{tally.struck[kind]:>8}  {kind}")
    say(f"{tally.seeds} seeds in {seconds:.1f} s, {tally.seeds / seconds:.0f} a second")
    for seed, violation in tally.broken[:5]:
        say(message(seed, violation))
    say(f"{len(tally.broken)} violations in {len({seed for seed, _ in tally.broken})} seeds")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
