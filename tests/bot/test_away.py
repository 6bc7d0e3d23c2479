"""After an absence: open decision cards stand anew, and whom we may have missed hears of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.shows import Card, Notice, Say
from tests.attack.company import Company, company

MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as desk:
        yield desk


async def away(desk: Company, milliseconds: int, channel: str = "slack") -> list[Say]:
    """Let the channel come back after so long; return what is shown then."""
    program = desk.program
    then = program.clock.now() - milliseconds
    await program.core.do(lambda books: books.worked(channel, then))
    before = len(desk.channels[channel].said)
    await program.vigil.look({channel})
    await program.core.sweep()
    await program.deliveries.idle()
    return desk.channels[channel].said[before:]


async def test_b9_after_three_minutes_the_card_stands_anew_and_the_old_one_is_closed(
    desk: Company,
) -> None:
    (card,) = await away(desk, 3 * MINUTE)
    assert isinstance(card.show, Card)
    assert card.show.buttons
    assert card.above
    assert card.address.account == "T1:UMIA"


async def test_b9_a_short_gap_costs_no_press_and_shows_nothing(desk: Company) -> None:
    assert await away(desk, MINUTE) == []


async def test_b9_what_was_shown_anew_is_shown_once(desk: Company) -> None:
    assert await away(desk, 3 * MINUTE)
    before = len(desk.channels["slack"].said)
    await desk.program.vigil.look({"slack"})
    await desk.program.core.sweep()
    await desk.program.deliveries.idle()
    assert len(desk.channels["slack"].said) == before


async def test_b9_cards_of_another_channel_stay_where_they_are(desk: Company) -> None:
    assert await away(desk, 3 * MINUTE, "telegram") == []


async def test_b9_a_channel_in_trouble_has_not_come_back(desk: Company) -> None:
    desk.channels["slack"].trouble = "away"
    assert await away(desk, 3 * MINUTE) == []


async def test_b10_after_a_day_those_with_something_open_hear_of_it(desk: Company) -> None:
    shown = await away(desk, 25 * HOUR)
    notices = [one for one in shown if isinstance(one.show, Notice)]
    assert [one.address.account for one in notices] == ["T1:USAM"]
    assert isinstance(notices[0].show, Notice)
    assert "away for 25 hours" in notices[0].show.text
    assert "Continue" in notices[0].show.buttons[0].text
    assert [one.address.account for one in shown if isinstance(one.show, Card)] == ["T1:UMIA"]


async def test_a_first_start_was_no_absence(desk: Company) -> None:
    await desk.program.vigil.look({"slack"})
    await desk.program.core.sweep()
    rows = desk.rows("heartbeat")["heartbeat"]
    assert [name for name, _ in rows] == ["slack"]
