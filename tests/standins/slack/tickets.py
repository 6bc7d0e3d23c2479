"""Rights that run out: trigger ids (3 s, one use) and response URLs (30 min, five uses).

Knows when one is still good; knows nothing of what it is exchanged for.
"""

import re
import secrets
from dataclasses import dataclass

from .clock import Clock
from .refusal import Refusal

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """The right to open one modal for `user`; `view_id` is the view it came from, if any."""

    user: str
    view_id: str | None
    issued: float
    used: bool = False


@dataclass
class ResponseRight:
    """The right to answer an interaction in `channel`; `ts` is the message it came from, if any."""

    user: str
    channel: str
    ts: str | None
    issued: float
    uses: int = 0


class Tickets:
    """All rights ever issued."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseRight] = {}

    def trigger(self, user: str, view_id: str | None = None) -> str:
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._triggers[name] = Trigger(user, view_id, self._clock.now())
        return name

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger.

        Raises:
            Refusal: invalid_arguments, invalid_trigger_id, exchanged_trigger_id or
                expired_trigger_id.
        """
        if not re.fullmatch(r"\d+\.\d+\.\w+", str(trigger_id)):
            told = "[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]"
            raise Refusal("invalid_arguments", [told])
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self._clock.now() - trigger.issued > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def response(self, user: str, channel: str, ts: str | None = None) -> str:
        """A new response right; its unguessable path is answered."""
        path = f"{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._responses[path] = ResponseRight(user, channel, ts, self._clock.now())
        return path

    def use_response(self, path: str) -> ResponseRight:
        """Use a response URL once more.

        Raises:
            Refusal: no_such_url, expired_url or used_url.
        """
        right = self._responses.get(path)
        if right is None:
            raise Refusal("no_such_url")
        if self._clock.now() - right.issued > RESPONSE_SECONDS:
            raise Refusal("expired_url")
        if right.uses >= RESPONSE_USES:
            raise Refusal("used_url")
        right.uses += 1
        return right
