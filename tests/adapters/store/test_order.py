"""Whatever happens in whatever order, the outbox does what its rules say, said here once more."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from adapters.store import open_store
from dialogs.books import Store
from dialogs.rows import Arrived, Claimed, Done, Intent, Settlement

LEASE = 60_000
RETRY = 30_000
steps = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.sampled_from("ab"), st.integers(1, 3), st.booleans()),
        st.tuples(st.just("claim"), st.integers(1, 3)),
        st.tuples(
            st.just("settle"),
            st.integers(0, 9),
            st.sampled_from(["done", "retry", "dead", "release"]),
        ),
        st.tuples(st.just("wait"), st.sampled_from([1, RETRY, LEASE])),
    ),
    max_size=30,
)


@dataclass
class Row:
    order: str
    blocks_when_dead: bool
    due: int
    attempts: int = 0
    leased: bool = False
    status: str = "pending"

    def in_the_way(self) -> bool:
        return self.status == "pending" or (self.status == "dead" and self.blocks_when_dead)


@dataclass
class Outbox:
    """The store's outbox and what it ought to hold; each step is taken in both and compared."""

    store: Store
    now: int = 1_700_000_000_000
    rows: dict[str, Row] = field(default_factory=dict)
    held: list[Claimed] = field(default_factory=list)

    def turn(self, order: str, number: int, blocks: bool) -> None:  # noqa: FBT001 - drawn
        free = not any(row.order == order and row.in_the_way() for row in self.rows.values())
        keys = [f"{len(self.rows) + n:04}" for n in range(number)]
        intents = [Intent(key, "crm", order, "t", "{}", None, blocks) for key in keys]
        self.rows |= {key: Row(order, blocks, self.now) for key in keys}
        self.expect(keys if free else [], self.written(tuple(intents)))

    def written(self, intents: tuple[Intent, ...]) -> list[Claimed]:
        with self.store.transaction() as books:
            books.accept([Arrived(intents[0].key, "t", "e", self.now, "{}")])
            (taken,) = books.take(["t"])
            done = Done(taken.seq, "t", "{}", taken.version, intents=intents)
            return books.write([done], self.now, self.now + LEASE)

    def claim(self, limit: int) -> None:
        due = [key for key in self.free() if self.rows[key].due <= self.now]
        longest = sorted(due, key=lambda key: self.rows[key].due)[:limit]
        with self.store.transaction() as books:
            self.expect(sorted(longest), books.claim(self.now, self.now + LEASE, limit))

    def settle(self, nth: int, outcome: str) -> None:
        if not self.held:
            return
        mine = self.held[nth % len(self.held)]
        self.settled(mine, outcome)
        settlement = Settlement(mine.seq, mine.attempts, outcome, due=self.now + RETRY)
        with self.store.transaction() as books:
            books.settle([settlement], self.now)

    def settled(self, mine: Claimed, outcome: str) -> None:
        row = self.rows[mine.key]
        if not row.leased or row.attempts != mine.attempts:
            return
        row.leased = False
        row.attempts -= outcome == "release"
        row.due = self.now + RETRY if outcome == "retry" else self.now
        row.status = outcome if outcome in ("done", "dead") else "pending"

    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds

    def free(self) -> list[str]:
        """What is pending with nothing older of its order in the way, the oldest first."""
        first: dict[str, str] = {}
        for key, row in self.rows.items():
            if row.in_the_way():
                first.setdefault(row.order, key)
        return sorted(key for key in first.values() if self.rows[key].status == "pending")

    def expect(self, keys: list[str], claimed: list[Claimed]) -> None:
        assert [one.key for one in claimed] == keys
        for key, one in zip(keys, claimed, strict=True):
            row = self.rows[key]
            row.leased, row.due, row.attempts = True, self.now + LEASE, row.attempts + 1
            assert one.attempts == row.attempts
        self.held += claimed

    def expect_next_due(self) -> None:
        with self.store.transaction() as books:
            next_due = books.next_due()
        assert next_due == min((self.rows[key].due for key in self.free()), default=None)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Copies a file with empty tables into a folder and says its address."""
    path = tmp_path_factory.mktemp("order") / "empty.db"
    store = open_store(f"sqlite:///{path}")
    store.prepare()
    store.close()
    return lambda folder: f"sqlite:///{shutil.copy(path, Path(folder) / 'order.db')}"


@settings(max_examples=60, deadline=None)
@given(steps=steps)
def test_the_outbox_keeps_its_rules(
    copied: Callable[[str], str], steps: list[tuple[object, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        outbox = Outbox(open_store(copied(folder)))
        for step, *values in steps:
            getattr(outbox, str(step))(*values)
            outbox.expect_next_due()
        outbox.store.close()
