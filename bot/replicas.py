"""The programs that share these tables: who died and is to be struck off, and who leads.

Judged by counting: whoever did not count on while this program counted six times is taken for dead.
No clocks are compared, and a database that was away makes nobody look dead.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialogs.books import Books
from dialogs.ports import Clock

log = logging.getLogger(__name__)

BEAT_S = 1.0
MISSED = 6
"""A takeover after seven seconds; a program that stands still for five is left alone."""
FENCE_S = 4.0
"""Who leads and could not count on for so long stops, before another can begin."""


@dataclass(frozen=True, slots=True)
class _Seen:
    beat: int
    missed: int = 0


class Replicas:
    """This program's view of the others."""

    def __init__(
        self, clock: Clock, *, alone: bool, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """`alone`: no other program can be at work; `seconds` passes evenly, also while stopped."""
        self._clock, self._alone, self._seconds = clock, alone, seconds
        self._seen: dict[int, _Seen] = {}
        self._first = False
        self._at = 0.0

    @property
    def due(self) -> bool:
        """Whether it is time to count on."""
        return not self._alone and self._seconds() - self._at >= BEAT_S

    @property
    def leads(self) -> bool:
        """Whether this program is the one to do what only one may; the oldest is."""
        return self._alone or (self._first and self._seconds() - self._at < FENCE_S)

    def beat(self, books: Books) -> None:
        """Count on, strike off who did not, and see who leads."""
        at, roll = self._seconds(), books.beat()
        self._look(roll.beats)
        dead = [n for n, seen in self._seen.items() if seen.missed >= MISSED and n != roll.mine]
        if dead:
            freed = books.strike_off(dead, self._clock.now())
            log.warning("replicas %s are gone; %d of their intents are taken over", dead, freed)
        self._first = roll.mine == min(set(roll.beats) - set(dead))
        self._at = at

    def _look(self, beats: Mapping[int, int]) -> None:
        old, self._seen = self._seen, {}
        for number, beat in beats.items():
            before = old.get(number)
            still = before is not None and before.beat == beat
            self._seen[number] = _Seen(beat, before.missed + 1 if before and still else 0)
