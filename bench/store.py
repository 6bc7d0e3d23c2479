"""What the store costs for each turn: accept, take, write and settle, in batches.

    python -m bench.store [postgresql://…]

Prints microseconds for each turn: the processor time of this process and the time on the clock,
on SQLite (WAL, synchronous=FULL) and, given the address of an empty database, on PostgreSQL. A
turn writes a state of 700 bytes and one chat message of 500 bytes, which is claimed at once and
settled as shown, with its place.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from random import sample
from uuid import uuid4

from adapters.store import open_store
from dialogs.books import Store
from dialogs.rows import Arrived, Claimed, Done, Intent, Settlement, Taken

CONVERSATIONS = 2000
STATE = ('{"form":"appointment","answers":{"customer":"Example & Sons"},' * 20)[:700]
BODY = ('{"type":"say","text":"What was the appointment about?",' * 20)[:500]
EVENT = '{"type":"said","text":"They want forty chairs and a table before the summer"}'
NOW = 1_700_000_000_000
LEASE = NOW + 60_000
ROUNDS = 20  # the quietest one counts: the machine is not ours alone
RUN = uuid4().hex  # no key of an earlier run
numbers = count()


class Meter:
    """Processor and clock time by the part of the turn."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        begun, clock = time.process_time(), time.perf_counter()
        yield
        cpu, wall = self.spent.get(part, (0.0, 0.0))
        took = time.process_time() - begun, time.perf_counter() - clock
        self.spent[part] = cpu + took[0], wall + took[1]

    def total(self) -> tuple[float, float]:
        return sum(cpu for cpu, _ in self.spent.values()), sum(w for _, w in self.spent.values())


def arrivals(batch: int) -> list[Arrived]:
    return [
        Arrived(f"{RUN}:{next(numbers)}", f"telegram:{who}", uuid4().hex, NOW, EVENT)
        for who in sample(range(CONVERSATIONS), batch)
    ]


def outcome(taken: Taken) -> Done:
    order = f"chat:{taken.conversation}"
    say = Intent(f"{taken.seq}:0", "chat", order, taken.conversation, BODY)
    return Done(taken.seq, taken.conversation, STATE, taken.version, intents=(say,))


def shown(claimed: Claimed) -> Settlement:
    place = ("telegram", claimed.conversation, "live")
    return Settlement(claimed.seq, claimed.attempts, "done", result=str(claimed.seq), place=place)


def one_batch(store: Store, batch: int, meter: Meter) -> None:
    come = arrivals(batch)
    with meter.of("accept"), store.transaction() as books:
        books.accept(come)
    with ExitStack() as stack:
        with meter.of("take"):
            books = stack.enter_context(store.transaction())
            taken = books.take([arrived.conversation for arrived in come])
        done = [outcome(event) for event in taken]
        with meter.of("write"):
            claimed = books.write(done, NOW, LEASE)
            stack.close()  # commits
    assert len(claimed) == batch
    settlements = [shown(intent) for intent in claimed]
    with meter.of("settle"), store.transaction() as books:
        books.settle(settlements, NOW)


def measure(store: Store, batch: int, turns: int) -> Meter:
    meters = []
    for _ in range(ROUNDS):
        meters.append(Meter())
        gc.collect()
        for _ in range(turns // batch):
            one_batch(store, batch, meters[-1])
    return min(meters, key=Meter.total)


def report(name: str, store: Store, turns: int) -> None:
    one_batch(store, 64, Meter())
    for _ in range(CONVERSATIONS // 64 + 1):  # every conversation has had a turn
        one_batch(store, 64, Meter())
    for batch in (1, 8, 64, 256):
        run = max(turns, batch * 5) // (4 if batch == 1 else 1)
        meter = measure(store, batch, run)
        parts = "  ".join(
            f"{part} {cpu / run * 1e6:5.1f}" for part, (cpu, _) in meter.spent.items()
        )
        cpu, wall = (spent / run * 1e6 for spent in meter.total())
        row = f"{name:10} batch {batch:3}  CPU {cpu:6.1f}  clock {wall:7.1f}"
        print(f"{row}  ({parts})")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        store.prepare()
        report("SQLite", store, 640)
        store.close()
    for url in sys.argv[1:]:
        store = open_store(url)
        store.prepare()
        report("PostgreSQL", store, 640)
        store.close()


if __name__ == "__main__":
    main()
