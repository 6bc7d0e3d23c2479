"""Slack: real Socket Mode against the stand-in."""

from adapters.slack import SlackChannel
from adapters.slack.sockets import Patience
from tests.contracts.channels.world import Refusing
from tests.transcripts.player_slack import Slack

SOON = Patience(look=0.05, first_pause=0.01)


class SlackWorld(Refusing):
    def made(self) -> Slack:
        return Slack(self.clock)

    def opened(self) -> SlackChannel:
        standin = self._slack.standin
        return SlackChannel.open(
            standin.tokens.bot,
            standin.tokens.app_level,
            None,
            standin.api_url,
            self.clock.now,
            patience=SOON,
        )

    @property
    def _slack(self) -> Slack:
        assert isinstance(self.platform, Slack)
        return self.platform

    async def said_twice(self, text: str) -> None:
        self._slack.standin.fail("event", "twice")
        await self.sam.types(text)

    def asks_to_wait(self, seconds: int) -> None:
        how = {"how": "ratelimited", "retry_after": seconds} if seconds else {"how": "503"}
        self._slack.standin.fail("chat.postMessage", **how)

    def turns_away(self) -> None:
        self._slack.standin.fail("chat.postMessage", "channel_not_found")

    def loses(self, reference: str) -> None:
        channel, _, ts = reference.partition(":")
        message = self._slack.standin.workspace.message(channel, ts)
        assert message is not None
        self._slack.standin.withdraw(message)
