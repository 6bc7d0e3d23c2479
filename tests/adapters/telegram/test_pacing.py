"""The gate and the waits, on a clock of their own."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.pacing import Backoff, Gate, Pauses
from tests.adapters.telegram.shows import unhurried


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_the_first_thirty_pass_and_the_next_waits_a_second():
    gate = Gate(30, Hand())
    assert [gate.reserve() for _ in range(31)] == [0.0] * 30 + [1.0]


@unhurried
@given(st.lists(st.floats(0, 0.7), min_size=40, max_size=120), st.integers(1, 30))
def test_never_do_more_than_that_pass_in_any_second(steps: list[float], rate: int):
    clock = Hand()
    gate, passed = Gate(rate, clock), []
    for step in steps:
        clock.time += step
        passed.append(clock.time + gate.reserve())
    assert passed == sorted(passed)
    pairs = zip(passed, passed[rate:], strict=False)
    assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in pairs)


async def test_a_free_gate_is_passed_at_once():
    hand = Hand()
    gate = Gate(1, hand)
    await gate.passage()
    hand.time += 1.0
    await gate.passage()
    assert gate.reserve() == 1.0


async def test_a_busy_gate_is_waited_for():
    hand = Hand()
    gate = Gate(1, hand)
    await gate.passage()
    hand.time += 0.99
    await gate.passage()
    assert gate.reserve() > 1.0


def test_waits_grow_to_their_longest_and_begin_anew():
    backoff = Backoff(Pauses(first=1.0, most=60.0), Random(1))
    waits = [backoff.next() for _ in range(40)]
    lengths = [min(2.0**number, 60.0) for number in range(40)]
    assert all(length / 2 <= wait <= length for wait, length in zip(waits, lengths, strict=True))
    backoff.reset()
    assert backoff.next() <= 1.0
