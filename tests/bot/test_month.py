"""A month of a team: each ended meeting is told of, none in quiet hours, none twice within 12 h.

The full size, 50 managers with 2,000 meetings, runs with `DEALDESK_MONTH=full`.
"""

import os
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.playbooks import playbook_text
from dialogs.playbook import load_playbook
from tests.bot.month import Month, month

FULL = os.environ.get("DEALDESK_MONTH") == "full"
SIZE = {"managers": 50, "meetings": 2_000, "days": 30} if FULL else {
    "managers": 6, "meetings": 60, "days": 9,
}  # fmt: skip
QUIET = load_playbook(*playbook_text(None)).quiet


@pytest.fixture
async def passed(tmp_path: Path) -> Month:
    async with month(tmp_path, **SIZE) as team:
        await team.passes(SIZE["days"])
    return team


@pytest.mark.timeout(3600 if FULL else 120)
async def test_every_ended_meeting_is_told_of_once_and_in_good_time(passed: Month) -> None:
    asked, digested = passed.asked, passed.digested
    for visit in passed.visits:
        unasked = asked.get(visit.customer, [])[:1] + digested.get(visit.customer, [])
        assert unasked, f"nobody was told of {visit}"
        assert min(unasked) >= visit.stop
        assert min(unasked) <= _latest(visit.stop), f"{visit} was told of late"
        times = len(asked.get(visit.customer, []))
        assert times <= 1 + (visit.customer in passed.put_off), f"{visit} was asked about again"
    assert passed.put_off, "nobody put anything off"
    told = [at for at, _ in passed.notes.told]
    assert all(not QUIET.rests(at) for at in told), "somebody was told something in quiet hours"
    for customer in {*asked, *digested}:
        moments = sorted(asked.get(customer, [])[-1:] + digested.get(customer, []))
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        assert all(gap >= timedelta(hours=12) for gap in gaps), f"{customer} twice within 12 h"
    days = [(who, at.date()) for who, at in passed.digests]
    assert len(days) == len(set(days)), "two digests on one day"


def _latest(stop: datetime) -> datetime:
    """At once in working hours; else with the digest of the next working day."""
    soon = stop + timedelta(seconds=90)
    return soon if not QUIET.rests(soon) else QUIET.awake(soon) + timedelta(minutes=10)
