"""Where the platform says no for good, or asks to wait, or has lost a message."""

import pytest

from dialogs.errors import ChatRefused, ChatUnavailable
from tests.contracts.channels.showing import CARD, DECIDED, NOTICE
from tests.contracts.channels.world import Refusing


class Refusals:
    async def test_a_platform_that_asks_to_wait_says_how_long(self, world: Refusing) -> None:
        world.asks_to_wait(7)
        with pytest.raises(ChatUnavailable) as told:
            await world.shows(NOTICE)
        assert told.value.retry_after == 7

    async def test_somebody_who_wants_nothing_of_us_is_let_be(self, world: Refusing) -> None:
        world.turns_away()
        with pytest.raises(ChatRefused):
            await world.shows(NOTICE)

    async def test_an_edit_of_a_message_that_is_gone_posts_it_anew(self, world: Refusing) -> None:
        reference = await world.shows(CARD)
        world.loses(reference)
        assert await world.shows(DECIDED, reference, edit=True) != reference
        (seen,) = world.sees()
        assert world.lacks(DECIDED, seen) == []

    async def test_above_a_message_that_is_gone_there_is_nothing_to_take(
        self, world: Refusing
    ) -> None:
        reference = await world.shows(CARD)
        world.loses(reference)
        await world.shows(NOTICE, reference, above=True)
        (seen,) = world.sees()
        assert world.lacks(NOTICE, seen) == []
