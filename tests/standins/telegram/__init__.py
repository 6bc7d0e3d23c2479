"""A strict stand-in of Telegram's Bot API server.

    async with TelegramStandin() as telegram:
        ada = telegram.person(1, "Ada", "en")
        await ada.starts()
        await ada.hears("Welcome")

Rules come from the published specification (`methods.json`), from `telegram.constants` and from
what the Bot API server is known to do.
"""

from tests.standins.telegram.clock import HandClock, WallClock
from tests.standins.telegram.faults import (
    ACCEPT_THEN_HANG,
    ACCEPT_THEN_RESET,
    BAD_GATEWAY,
    HANG,
    RESET,
    Fault,
)
from tests.standins.telegram.flood import FloodLimit
from tests.standins.telegram.groups import Group
from tests.standins.telegram.messages import Message
from tests.standins.telegram.people import Person, Press
from tests.standins.telegram.refusals import (
    Refusal,
    bad_request,
    forbidden,
    migrated,
    server_error,
    too_many_requests,
)
from tests.standins.telegram.standin import TelegramStandin
from tests.standins.telegram.violations import Violation

__all__ = [
    "ACCEPT_THEN_HANG",
    "ACCEPT_THEN_RESET",
    "BAD_GATEWAY",
    "HANG",
    "RESET",
    "Fault",
    "FloodLimit",
    "Group",
    "HandClock",
    "Message",
    "Person",
    "Press",
    "Refusal",
    "TelegramStandin",
    "Violation",
    "WallClock",
    "bad_request",
    "forbidden",
    "migrated",
    "server_error",
    "too_many_requests",
]
