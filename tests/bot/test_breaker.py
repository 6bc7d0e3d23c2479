from bot.breaker import LONGEST_MS, Breaker


class HandClock:
    def __init__(self):
        self.at = 1_000_000

    def now(self):
        return self.at

    def new_id(self):
        return "0" * 26

    def jitter(self):
        return 0.5


def test_all_may_pass_while_calls_succeed():
    assert Breaker(HandClock()).waits_until() == 0


def test_after_a_failure_callers_wait_and_each_failure_makes_the_wait_longer():
    clock = HandClock()
    breaker = Breaker(clock)
    first = breaker.failed() - clock.now()
    second = breaker.failed() - clock.now()
    assert second > first > 0
    assert breaker.waits_until() == clock.now() + second
    clock.at += second
    assert breaker.waits_until() == 0


def test_the_wait_has_an_end_so_that_a_return_is_noticed_within_a_minute_or_so():
    clock = HandClock()
    breaker = Breaker(clock)
    for _ in range(30):
        breaker.failed()
    assert breaker.waits_until() - clock.now() <= LONGEST_MS * 1.25


def test_one_success_opens_the_way_again():
    clock = HandClock()
    breaker = Breaker(clock)
    before = breaker.failed() - clock.now()
    breaker.failed()
    breaker.worked()
    assert breaker.waits_until() == 0
    assert breaker.failed() - clock.now() == before
