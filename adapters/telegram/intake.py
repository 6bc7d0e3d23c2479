"""One update's way into the inbox, however it came: read, keep, and answer the button's press.

Knows nothing of polling and webhooks. What can't be read is counted and passed over, so that the
updates behind it flow; its content is never logged, for it is what somebody said.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from telegram.error import TelegramError

from adapters.telegram.api import Api
from adapters.telegram.inbound import Json, Me, query_id, read
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival
from dialogs.ports import Accept

log = logging.getLogger(__name__)

_TRIES = 3  # of an update that the inbox stumbles over
_FAREWELL = 5.0  # seconds that answers under way get at the end


class Presses:
    """Answers button presses, at once: till then the phone shows a spinner. Nobody waits for it."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str) -> None:
        task = asyncio.create_task(self._answer(query))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let those under way end, then give up."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=_FAREWELL)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _answer(self, query: str) -> None:
        try:
            await self._api.answer_callback_query(query)
        except TelegramError as error:
            # "query is too old" and the like: the press counts all the same.
            log.debug("a button's press stays unanswered: %s", type(error).__name__)


class Intake:
    """Takes updates for one inbox. `unreadable` counts those that were passed over."""

    def __init__(self, accept: Accept, presses: Presses, now: Callable[[], int]) -> None:
        self.unreadable = 0
        self._accept = accept
        self._presses = presses
        self._now = now
        self._stumbles: Counter[int] = Counter()

    async def take(self, update: Json, me: Me) -> bool:
        """Return whether it may be acknowledged: kept, of no concern, or beyond help."""
        try:
            arrival, query = read(update, me, self._now()), query_id(update)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the next must flow
            self._pass_over(update, error)
            return True
        kept = arrival is None or await self._keep(update, arrival)
        if kept and query:
            self._presses.answer(query)
        return kept

    async def _keep(self, update: Json, arrival: Arrival) -> bool:
        try:
            await self._accept(arrival)
        except StoreUnavailable:
            return False
        except Exception as error:  # noqa: BLE001 - a fault of ours may not stop everybody's updates
            return self._stumbled(update, error)
        return True

    def _stumbled(self, update: Json, error: Exception) -> bool:
        number = update["update_id"]
        self._stumbles[number] += 1
        if self._stumbles[number] < _TRIES:
            return False
        del self._stumbles[number]
        self._pass_over(update, error)
        return True

    def _pass_over(self, update: Json, error: Exception) -> None:
        self.unreadable += 1
        number, kind = update.get("update_id"), type(error).__name__
        log.error("Telegram's update %r can't be taken (%s); passed over", number, kind)
