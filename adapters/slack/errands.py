"""Work that goes on after Slack was answered, and must not hold up the answer."""

import asyncio
import logging
from collections.abc import Coroutine

from dialogs.errors import ChatRefused, ChatUnavailable

_log = logging.getLogger(__name__)


class Errands:
    """Keeps its tasks from being collected half-way, and ends with all of them done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, errand: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(_harmless(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for what is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))


async def _harmless(errand: Coroutine[None, None, None]) -> None:
    """Nothing depends on an errand: what it shows stands in the chat as well."""
    try:
        await errand
    except (ChatUnavailable, ChatRefused) as trouble:
        _log.warning("Left out something in Slack: %s", trouble)
    except Exception:  # noqa: BLE001 - it has no caller that could hear of it
        _log.exception("An errand in Slack failed; please report it")
