"""The clock by which leases and pauses are reckoned, while somebody turns the wall clock."""

import pytest

from bot.clock import SystemClock

HOUR = 3_600_000


class Wall:
    """Two clocks of one machine; only one of them can be set."""

    def __init__(self):
        self.passed, self.set_by = 0, 0

    def steady(self):
        return self.passed

    def wall(self):
        return 1_000 * HOUR + self.passed + self.set_by


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_f4_a_wall_clock_that_jumps_ends_no_lease_and_makes_nothing_wait(jump):
    machine = Wall()
    clock = SystemClock(machine.wall, machine.steady)
    before = clock.now()
    machine.set_by = jump
    machine.passed += 60_000
    assert 54_000 <= clock.now() - before <= 66_000


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_f4_the_clock_comes_back_to_the_time_of_day_little_by_little(jump):
    machine = Wall()
    clock = SystemClock(machine.wall, machine.steady)
    machine.set_by = jump
    seen = []
    for _ in range(11 * 60):
        machine.passed += 60_000
        seen.append(clock.now())
    assert seen == sorted(seen)
    assert seen[-1] == machine.wall()


def test_a_clock_that_nobody_sets_tells_the_time_of_day():
    machine = Wall()
    clock = SystemClock(machine.wall, machine.steady)
    machine.passed += 12_345
    assert clock.now() == machine.wall()
