"""The contract of `Channel`: the web chat, Telegram and Slack behave alike."""

from collections.abc import AsyncIterator

import pytest

from tests.contracts.channels.forms import Forms
from tests.contracts.channels.hearing import Hearing
from tests.contracts.channels.hostile import Hostile
from tests.contracts.channels.refusing import Refusals
from tests.contracts.channels.showing import Showing
from tests.contracts.channels.slack_world import SlackWorld
from tests.contracts.channels.telegram_world import TelegramWorld
from tests.contracts.channels.web_world import WebWorld
from tests.contracts.channels.world import World


class Contract(Showing, Hearing, Hostile): ...


class TestWeb(Contract, Forms):
    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        async with WebWorld().running() as world:
            yield world


class TestTelegram(Contract, Refusals):
    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        async with TelegramWorld().running() as world:
            yield world


class TestSlack(Contract, Forms, Refusals):
    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        async with SlackWorld().running() as world:
            yield world
