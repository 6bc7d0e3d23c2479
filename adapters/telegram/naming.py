"""The bot's username, for a link into a chat with it. Asked once, from outside a loop."""

import asyncio

from telegram.error import TelegramError

from adapters.telegram.api import Api


def username(token: str, base_url: str) -> str | None:
    """Return it, or None when Telegram does not tell."""
    return asyncio.run(_asked(token, base_url))


async def _asked(token: str, base_url: str) -> str | None:
    api = Api(token, base_url, base_url)
    try:
        return (await api.get_me()).username
    except TelegramError:
        return None
    finally:
        await api.close_connections()
