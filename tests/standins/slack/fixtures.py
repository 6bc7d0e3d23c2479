"""pytest fixtures: a Slack per test, which must have nothing to complain of at the end.

Use them with `pytest_plugins = ["tests.standins.slack.fixtures"]`.
"""

from collections.abc import AsyncIterator

import pytest

from .standin import SlackStandin


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandin]:
    """A fresh stand-in at `slack.url`; the test fails if the app broke one of Slack's rules."""
    async with SlackStandin().running() as standin:
        yield standin
    assert not standin.violations, [str(each) for each in standin.violations]
