"""Telegram. The only folder that imports `telegram`; of it, the Bot, its errors and constants."""

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.naming import username

__all__ = ["TelegramChannel", "username"]
