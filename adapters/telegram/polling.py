"""The getUpdates loop: fetch, keep all, and only then let the next call confirm them.

Knows how Telegram hands updates over and what to do when it does not; nothing of their content.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from random import Random

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.api import Api
from adapters.telegram.faults import UNKNOWN_BOT, told, waiting_time
from adapters.telegram.inbound import Json, Me
from adapters.telegram.intake import Intake
from adapters.telegram.pacing import Backoff, Pauses

log = logging.getLogger(__name__)

_OTHERS = (
    "another program receives this bot's messages (%s); stop it, for Telegram allows only one."
    " Standing by until it ends"
)
_POLLS = "other getUpdates"
LOOKS = 3
"""Updates that were there at so many looks, one after another, are fetched by nobody."""
_UNKEPT = "the inbox keeps nothing at the moment; the updates stay with Telegram until it does"
_AWAY = "Telegram can't be reached (%s); trying again"


class Polling:
    """Receives by long polling. `prepare` registers us with Telegram and says who we are."""

    def __init__(
        self, api: Api, prepare: Callable[[], Awaitable[Me]], pauses: Pauses, random: Random
    ) -> None:
        self.last_poll: float | None = None
        """When Telegram last answered a poll, if only with a refusal (`time.monotonic`)."""
        self.trouble = ""
        """Why nothing is received at the moment; empty when all is well."""
        self._api = api
        self._prepare = prepare
        self._pauses = pauses
        self._backoff = Backoff(pauses, random)
        self._me: Me | None = None
        self._offset: int | None = None

    async def run(self, intake: Intake) -> None:
        """Receive until cancelled, whatever happens."""
        while True:
            try:
                kept = await self._round(intake)
            except TelegramError as error:
                await self._recover(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, polling must not end
                await self._stumble(error)
            else:
                await self._settle(kept=kept)

    async def _round(self, intake: Intake) -> bool:
        """Fetch once and keep what came; return whether all of it was kept."""
        self._me = self._me or await self._prepare()
        updates = await self._api.updates(self._offset, self._pauses.poll)
        self.last_poll = time.monotonic()
        missed = await _take(updates, intake, self._me)
        self._offset = _next(updates) if missed is None else missed
        return missed is None

    async def _settle(self, *, kept: bool) -> None:
        if not kept:
            self._complain(_UNKEPT)
            await asyncio.sleep(self._backoff.next())
            return
        self._backoff.reset()
        if self.trouble:
            self.trouble = ""
            log.info("receiving from Telegram again")

    async def _recover(self, error: TelegramError) -> None:
        if isinstance(error, Conflict | InvalidToken | RetryAfter):
            self.last_poll = time.monotonic()
        match error:
            case Conflict():
                self._me = None  # a webhook may have been set: prepare again, which removes it
                self._complain(_OTHERS % told(error, self._api.token))
                await self._stand_by(error)
            case InvalidToken():
                self._complain(UNKNOWN_BOT)
                await asyncio.sleep(self._backoff.spread(self._pauses.token))
            case RetryAfter():
                await asyncio.sleep(max(self._backoff.next(), waiting_time(error)))
            case _:
                await self._stumble(error)

    async def _stand_by(self, error: Conflict) -> None:
        """Leave the updates to the other program until it fetches none any more.

        To poll would send the other away, which would send us away in turn, for ever.
        """
        await asyncio.sleep(self._backoff.spread(self._pauses.conflict))
        unfetched = 0 if _POLLS in error.message else LOOKS
        while unfetched < LOOKS:
            unfetched = unfetched + 1 if await self._unfetched() else 0
            self.last_poll = time.monotonic()
            await asyncio.sleep(self._backoff.spread(self._pauses.standby))

    async def _unfetched(self) -> bool:
        try:
            return await self._api.waiting() > 0
        except TelegramError:
            return False  # who can't reach Telegram has nothing to take over

    async def _stumble(self, error: Exception) -> None:
        self._complain(_AWAY % told(error, self._api.token))
        await self._api.renew()
        await asyncio.sleep(self._backoff.next())

    def _complain(self, trouble: str) -> None:
        """Say it once, not at every try."""
        if trouble != self.trouble:
            self.trouble = trouble
            log.error("%s", trouble)


async def _take(updates: Sequence[Json], intake: Intake, me: Me) -> int | None:
    """Keep them, chats side by side, each chat in its order; return the first that was not kept."""
    lanes = (_take_lane(lane, intake, me) for lane in _lanes(updates))
    missed = [number for number in await asyncio.gather(*lanes) if number is not None]
    return min(missed, default=None)


async def _take_lane(lane: Iterable[Json], intake: Intake, me: Me) -> int | None:
    for update in lane:
        if not await intake.take(update, me):
            return int(update["update_id"])
    return None


def _lanes(updates: Sequence[Json]) -> Iterable[list[Json]]:
    lanes: dict[object, list[Json]] = {}
    for update in updates:
        lanes.setdefault(_chat(update), []).append(update)
    return lanes.values()


def _chat(update: Json) -> object:
    """Return the chat's id; what has none, or can't be read, shares one lane."""
    match update:
        case (
            {"message": {"chat": {"id": int(chat)}}}
            | {"edited_message": {"chat": {"id": int(chat)}}}
            | {"callback_query": {"message": {"chat": {"id": int(chat)}}}}
        ):
            return chat
    return None


def _next(updates: Sequence[Json]) -> int | None:
    """Return the offset that confirms these.

    None after an empty answer: all is confirmed then, and after a quiet week Telegram goes on with
    a random number, which an old offset could pass over.
    """
    return int(updates[-1]["update_id"]) + 1 if updates else None
