"""Working hours, quiet times and holidays, reckoned on the clock where somebody is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.playbook.hours import Quiet

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = Quiet(holidays=frozenset({date(2026, 12, 25)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "rests"),
    [
        ("2026-11-20 08:00", False),
        ("2026-11-20 07:59", True),
        ("2026-11-20 18:59", False),
        ("2026-11-20 19:00", True),
        ("2026-11-21 12:00", True),
        ("2026-12-25 12:00", True),
    ],
)
def test_nights_weekends_and_holidays_are_quiet(moment: str, rests: bool) -> None:  # noqa: FBT001 - the expected answer
    assert USUAL.rests(at(moment)) is rests


@pytest.mark.parametrize(
    ("moment", "awake"),
    [
        ("2026-11-20 10:00", "2026-11-20 10:00"),
        ("2026-11-20 06:00", "2026-11-20 08:00"),
        ("2026-11-20 20:00", "2026-11-23 08:00"),
        ("2026-12-24 19:30", "2026-12-28 08:00"),
        ("2026-10-24 23:00", "2026-10-26 08:00"),
    ],
)
def test_a_quiet_time_ends_when_the_next_working_day_begins(moment: str, awake: str) -> None:
    assert USUAL.awake(at(moment)) == at(awake)


def test_a_company_that_never_works_ends_the_search() -> None:
    never = Quiet(days=frozenset())
    assert never.first_after(date(2026, 11, 20)) == date(2026, 11, 21)
