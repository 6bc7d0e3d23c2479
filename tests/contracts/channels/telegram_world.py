"""Telegram: real polling against the stand-in."""

from adapters.telegram import TelegramChannel
from adapters.telegram.pacing import Pauses
from tests.contracts.channels.world import Refusing
from tests.standins.telegram import BAD_GATEWAY, too_many_requests
from tests.transcripts.player_telegram import Telegram, TelegramPerson

SOON = Pauses(first=0.01, most=0.02)


class TelegramWorld(Refusing):
    def made(self) -> Telegram:
        return Telegram(self.clock)

    def opened(self) -> TelegramChannel:
        standin = self._telegram.standin
        return TelegramChannel.open(
            standin.token, base_url=standin.url, clock=self.clock.now, pauses=SOON
        )

    @property
    def _telegram(self) -> Telegram:
        assert isinstance(self.platform, Telegram)
        return self.platform

    async def said_twice(self, text: str) -> None:
        self.inbox.refusals = 1
        await self.sam.types(text)

    def asks_to_wait(self, seconds: int) -> None:
        trouble = too_many_requests(seconds) if seconds else BAD_GATEWAY
        self._telegram.standin.fail("sendMessage", trouble)

    def turns_away(self) -> None:
        assert isinstance(self.sam, TelegramPerson)
        chat = self._telegram.standin.chats.all[self.sam.person.id]
        self._telegram.standin.welcome(chat, "kicked", self.sam.person.user)

    def loses(self, reference: str) -> None:
        chat, _, number = reference.partition(":")
        chats = self._telegram.standin.chats
        chats.delete(chats.all[int(chat)].messages[int(number)])
