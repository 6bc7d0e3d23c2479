"""Who is taken for dead, who leads, and who stops leading by itself."""

from dataclasses import dataclass, field

from bot.replicas import FENCE_S, MISSED, Replicas
from dialogs.rows import Roll
from tests.transcripts.clock import StillClock

ME, OLDER, YOUNGER = 5, 3, 8


@dataclass
class Book:
    """The page of the books on which replicas count."""

    beats: dict[int, int] = field(default_factory=lambda: {ME: 0})
    struck: list[int] = field(default_factory=list)

    def beat(self) -> Roll:
        self.beats[ME] += 1
        return Roll(ME, dict(self.beats))

    def strike_off(self, numbers: list[int], now: int) -> int:
        self.struck += numbers
        for number in numbers:
            del self.beats[number]
        return 0


@dataclass
class Watch:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def beaten(replicas: Replicas, book: Book, times: int) -> None:
    for _ in range(times):
        replicas.beat(book)  # type: ignore[arg-type] # as far as the test goes


def test_a_program_that_does_not_count_on_is_struck_off() -> None:
    replicas, book = Replicas(StillClock(), alone=False), Book({ME: 0, YOUNGER: 17})
    beaten(replicas, book, MISSED)
    assert book.struck == []
    beaten(replicas, book, 1)
    assert book.struck == [YOUNGER]


def test_a_program_that_counts_slowly_is_alive() -> None:
    replicas, book = Replicas(StillClock(), alone=False), Book({ME: 0, YOUNGER: 0})
    for _ in range(10):
        beaten(replicas, book, MISSED)
        book.beats[YOUNGER] += 1
    assert book.struck == []


def test_the_oldest_leads_and_the_next_one_after_it() -> None:
    replicas, book = Replicas(StillClock(), alone=False), Book({ME: 0, OLDER: 0, YOUNGER: 0})
    beaten(replicas, book, 1)
    assert not replicas.leads
    for _ in range(MISSED):
        book.beats[YOUNGER] += 1
        beaten(replicas, book, 1)
    assert replicas.leads


def test_who_can_not_count_on_stops_leading() -> None:
    watch, book = Watch(), Book()
    replicas = Replicas(StillClock(), alone=False, seconds=watch)
    beaten(replicas, book, 1)
    assert replicas.leads
    watch.now += FENCE_S
    assert not replicas.leads
    assert replicas.due


def test_the_only_program_there_can_be_leads_and_counts_nothing() -> None:
    replicas = Replicas(StillClock(), alone=True)
    assert replicas.leads
    assert not replicas.due
