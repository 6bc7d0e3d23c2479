"""The web chat: a real server with an album in memory, and a page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.web.channel import WebChannel
from dialogs.people import Person
from tests.adapters.web.house import House
from tests.contracts.channels.world import World
from tests.transcripts.player_web import Web, WebPerson


class WebWorld(World):
    def made(self) -> Web:
        self.house = House(clock=self.clock)  # type: ignore[arg-type] # a clock is a clock
        self.house.accept = self.inbox.accept  # type: ignore[method-assign] # ours listens instead
        return Web()

    def opened(self) -> WebChannel:
        """The album is the same, as the store's table is."""
        self.house.__post_init__()
        self.house.people[self.sam.address.account] = Person("sam", "Sam", "sales")
        return self.house.chat

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        self.channel = self.opened()
        async with self.house.open():
            await self.platform.connect(self.house.url)
            yield
            assert isinstance(self.sam, WebPerson)
            await self.sam.leave()

    async def said_twice(self, text: str) -> None:
        assert isinstance(self.sam, WebPerson)
        await self.sam.says_again(text)

    def asks_to_wait(self, seconds: int) -> None:
        self.house.shut = 1
