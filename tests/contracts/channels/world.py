"""What the contract needs of a channel besides the port: somebody there, and trouble on order."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from dialogs.ports import Channel
from dialogs.shows import Say, Show
from tests.contracts.channels.inbox import Inbox
from tests.transcripts import wording
from tests.transcripts.clock import StillClock
from tests.transcripts.platforms import Platform, Somebody, Visible
from tests.transcripts.seeing import missing


class World(ABC):
    """A platform with Sam on it, and our channel listening."""

    def __init__(self) -> None:
        self.clock = StillClock()
        self.inbox = Inbox()
        self.platform: Platform
        self.sam: Somebody
        self.channel: Channel
        self._program = AsyncExitStack()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["World"]:
        self.platform = self.made()
        async with self.platform.running():
            self.sam = self.platform.somebody("Sam", "en")
            async with self._program:
                await self._program.enter_async_context(self.listening())
                yield self

    async def restart(self) -> None:
        """End the program's side and begin it anew, as a new process does."""
        await self._program.aclose()
        await self._program.enter_async_context(self.listening())

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """The program's side, for the length of the block."""
        self.channel = self.opened()
        serving = asyncio.create_task(self.channel.serve(self.inbox.accept))
        try:
            await self.platform.connect("")
            await self.settle()
            yield
            await self.settle()
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            await self.channel.close()

    async def settle(self) -> None:
        await self.platform.settle()

    @abstractmethod
    def made(self) -> Platform: ...

    @abstractmethod
    def opened(self) -> Channel:
        """A new channel, as a new process has it."""

    @abstractmethod
    async def said_twice(self, text: str) -> None:
        """Sam types it, and the platform brings it twice."""

    @abstractmethod
    def asks_to_wait(self, seconds: int) -> None:
        """The next thing shown meets a platform that is busy so long; 0: it does not say."""

    async def shows(self, show: Show, previous: str | None = None, **how: bool) -> str:
        reference = await self.channel.show(Say(self.sam.address, "live", show, **how), previous)
        await self.settle()
        return reference

    def sees(self) -> list[Visible]:
        return list(self.sam.chat())

    def lacks(self, show: Show, seen: Visible) -> list[str]:
        """What of the show is not to be seen in that message."""
        return missing(wording.lines(show), seen, forms=self.platform.forms)


class Refusing(World):
    """A platform that may turn us away, and lose a message."""

    @abstractmethod
    def turns_away(self) -> None:
        """Sam wants nothing of us any more."""

    @abstractmethod
    def loses(self, reference: str) -> None:
        """Somebody deletes the message."""
