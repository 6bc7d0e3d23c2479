"""People who talk to dealdesk without a platform: into the inbox, and out of what is shown.

Knows arrivals, shows and the questions of a record; does not know how many programs are behind.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from itertools import count

from dialogs.crm import Finding
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, FromPerson, Pressed, Said
from dialogs.people import Address, Person
from dialogs.ports import Accept, Clock, HttpHook, Receipt
from dialogs.shows import Button, Say

CHANNEL = "chat"
RECORD = ("no", "ill", "skip", "skip", "save")
ASSESS = ("1", "3", "3", "none", "1000", "50", "1", "skip", "save")
PATIENCE = 40.0
AGAIN = 0.2


def address(account: str) -> Address:
    return Address(CHANNEL, account, account)


def person(account: str, role: str = "sales") -> Person:
    return Person(account, account.title(), role, addresses=(address(account),))  # type: ignore[arg-type] # one of the four


class Front:
    """Where everybody knocks and listens."""

    def __init__(self, accept: Accept, clock: Clock) -> None:
        self._accept, self._clock = accept, clock
        self._numbers = count(1)
        self._news = asyncio.Event()
        self.shown: dict[str, list[Say]] = defaultdict(list)
        self.refused = 0

    def show(self, say: Say) -> None:
        self.shown[say.address.account].append(say)
        self._news.set()
        self._news = asyncio.Event()

    async def brings(self, account: str, event: FromPerson) -> Receipt:
        """Deliver it again until it is kept, as a platform does."""
        arrival = self.arrival(account, event)
        while True:
            try:
                return await self._accept(arrival)
            except StoreUnavailable:
                self.refused += 1
                await asyncio.sleep(AGAIN)

    def arrival(self, account: str, event: FromPerson) -> Arrival:
        key = f"{CHANNEL}:{account}:{next(self._numbers)}"
        return Arrival(key, address(account), self._clock.now(), event)

    async def until(self, true: Callable[[], bool], patience: float = PATIENCE) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while not true():
            if loop.time() > end:
                raise TimeoutError
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait([news], timeout=0.5)
            news.cancel()

    def texts(self, account: str) -> list[str]:
        return [say.show.text for say in self.shown[account] if say.show.type == "notice"]

    async def hears(self, account: str, words: str, patience: float = PATIENCE) -> None:
        await self.until(lambda: any(words in text for text in self.texts(account)), patience)

    async def says(self, account: str, *texts: str) -> None:
        for text in texts:
            await self.brings(account, Said(text))

    async def records(self, account: str, customer: str) -> None:
        """Fill in a record of an appointment and save it."""
        await self.says(account, "record", customer)
        while not self._asked(account, "Did the appointment take place?"):
            await self._presses_new(account)
        await self.says(account, *RECORD)

    async def _presses_new(self, account: str) -> None:
        tokens = [one.token for one in self.buttons(account) if one.token.endswith(".new")]
        if tokens:
            await self.brings(account, Pressed(tokens[-1]))
        try:
            asked = "Did the appointment take place?"
            await self.until(lambda: self._asked(account, asked), 1.0)
        except TimeoutError:
            return

    def _asked(self, account: str, prompt: str) -> bool:
        asked = [say.show for say in self.shown[account] if say.show.type == "ask"]
        return bool(asked) and asked[-1].prompt == prompt

    def buttons(self, account: str) -> Iterator[Button]:
        for say in self.shown[account]:
            match say.show.type:
                case "ask":
                    yield from say.show.choices
                case "notice" | "card":
                    yield from say.show.buttons


class Chat:
    """The channel of the people in front. See `dialogs.ports.Channel`."""

    name = CHANNEL
    trouble = ""

    def __init__(self, shown: Callable[[Say], Awaitable[None] | None]) -> None:
        self._shown = shown
        self._numbers = count(1)

    async def show(self, say: Say, previous: str | None) -> str:
        waits = self._shown(say)
        if waits is not None:
            await waits
        return previous if previous and say.edit else f"{say.address.chat}:{next(self._numbers)}"

    async def serve(self, accept: Accept) -> None: ...

    def hooks(self, accept: Accept) -> dict[str, HttpHook]:
        return {}

    async def examine(self) -> tuple[Finding, ...]:
        return ()

    async def close(self) -> None: ...
