"""Working hours and quiet times: pure reckoning with days, times and holidays, where somebody is.

Knows nothing of what is told in them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FURTHEST = 60
"""Days without a working day among them, before the search for one gives up."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """The company's `[quiet]`: when somebody may be told what they did not ask for."""

    days: frozenset[int] = frozenset(range(5))
    """Working days, 0 for Monday."""
    begins: time = time(8)
    ends: time = time(19)
    tonight: time = time(18)
    """When who wants to be asked "tonight" is asked."""
    holidays: frozenset[date] = frozenset()
    notice: int = 60
    """Minutes before a meeting."""
    stalled: int = 14
    """Days after which a case counts as stalled."""

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() in self.days and day not in self.holidays

    def rests(self, at: datetime) -> bool:
        """Whether that is a quiet time, on the clock that `at` shows."""
        return not (self.works(at.date()) and self.begins <= at.time() < self.ends)

    def first_after(self, day: date) -> date:
        """The next working day after that one."""
        coming = (day + timedelta(days=ahead) for ahead in range(1, _FURTHEST))
        return next((one for one in coming if self.works(one)), day + timedelta(days=1))

    def awake(self, at: datetime) -> datetime:
        """The first moment from `at` on that is not quiet."""
        if not self.rests(at):
            return at
        early = self.works(at.date()) and at.time() < self.begins
        day = at.date() if early else self.first_after(at.date())
        return datetime.combine(day, self.begins, at.tzinfo)
