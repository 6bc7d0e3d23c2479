"""The one clock of a story: it stands at Friday 20 November 2026, 16:00 in Berlin, until turned.

Ids are counted, so that a run makes the same ones each time. The stand-ins live by it too.
"""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import ulid
from tests.standins.slack.clock import HandClock as SlackClock
from tests.standins.telegram.clock import HandClock as TelegramClock

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 20, 16, 0, tzinfo=BERLIN)


class StillClock:
    """See `dialogs.ports.Clock`."""

    def __init__(self, start: datetime = START) -> None:
        """Stand at `start`."""
        seconds = start.timestamp()
        self.telegram, self.slack = TelegramClock(seconds), SlackClock(seconds)
        self._now = int(seconds * 1000)
        self._ids = itertools.count(1)

    def now(self) -> int:
        return self._now

    def new_id(self) -> str:
        return ulid(self._now, next(self._ids))

    def jitter(self) -> float:
        return 0.5

    def turn(self, seconds: float) -> None:
        """Let so much time pass, for the program and for the platforms."""
        self._now += int(seconds * 1000)
        self.telegram.advance(seconds)
        self.slack.advance(seconds)
