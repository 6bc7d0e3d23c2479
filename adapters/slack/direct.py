"""Which direct message is whose. Slack never changes the answer, so it is asked for once."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import answered


class DirectMessages:
    """The direct messages between dealdesk and people, by account (`TEAM:USER`)."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._channels: dict[str, str] = {}

    def learn(self, account: str, channel: str) -> None:
        """Take it from an event, which saves the call."""
        self._channels[account] = channel

    async def of(self, account: str) -> str:
        """Return the channel id.

        Raises:
            ChatUnavailable: Slack could not be asked.
            ChatRefused: there can be none with that person.
        """
        if account not in self._channels:
            user = account.rpartition(":")[2]
            opened = await answered(self._client.conversations_open(users=user))
            self._channels[account] = opened["channel"]["id"]
        return self._channels[account]
