"""Pictures on their way out: drawn just before they are shown, and given up where that takes long.

Knows shows and entries that hold a drawing, and a painter; a picture that is not drawn leaves the
text as it is.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from dialogs.crm import Delivery, Drawn
from dialogs.drawings import Drawing
from dialogs.errors import NotDrawn
from dialogs.ports import Painter
from dialogs.shows import Picture, Say

log = logging.getLogger(__name__)

PATIENCE_S = 10.0
"""The first picture loads the library, which takes seconds on a small machine."""


class Painting:
    """Draws in a thread of its own."""

    def __init__(self, painter: Painter, patience_s: float = PATIENCE_S) -> None:
        """Nothing is loaded before the first picture."""
        self._painter, self._patience_s = painter, patience_s
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="dealdesk-paint")

    async def said(self, say: Say) -> Say:
        """The same with its picture drawn, if it holds one."""
        if not isinstance(say.show, Picture):
            return say
        return replace(say, show=replace(say.show, png=await self.png(say.show.drawing)))

    async def entered(self, delivery: Delivery) -> Delivery:
        """The same with its pictures drawn; one that can't be is left out, its figures stay."""
        if not delivery.pictures:
            return delivery
        drawn = [
            Drawn(one.name, one.drawing, await self.png(one.drawing)) for one in delivery.pictures
        ]
        return replace(delivery, pictures=tuple(one for one in drawn if one.png))

    async def png(self, drawing: Drawing) -> bytes:
        """The picture; empty where it could not be drawn in time. Never raises."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience_s):
                return await loop.run_in_executor(self._pool, self._painter.paint, drawing)
        except (NotDrawn, TimeoutError) as error:
            log.warning("a picture is left out: %s", error or type(error).__name__)
            return b""

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
