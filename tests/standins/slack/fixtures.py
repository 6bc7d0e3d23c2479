"""pytest fixtures: a Slack per test, which must have nothing to complain of at the end.

Load them with `pytest_plugins = ["tests.standins.slack.fixtures"]`. A test module that passes time
by hand defines a fixture `slack_clock` of its own.
"""

from collections.abc import AsyncIterator

import pytest

from .clock import Clock, WallClock
from .standin import SlackStandin


@pytest.fixture
def slack_clock() -> Clock:
    return WallClock()


@pytest.fixture
async def slack(slack_clock: Clock) -> AsyncIterator[SlackStandin]:
    """A fresh stand-in at `slack.url`; the test fails if the app broke one of Slack's rules."""
    async with SlackStandin(clock=slack_clock).running() as standin:
        yield standin
    assert not standin.violations, "\n".join(map(str, standin.violations))
