"""A program as `dealdesk run` is, whose people sit at its standard input and output.

A line in is an arrival as JSON with a number, a line out its receipt or something to be shown.
`python -m tests.endurance.replica`; the CRM is one ledger for all, with the delay of CRM_DELAY.
"""

import asyncio
import json
import logging
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from adapters.ledger import LedgerCrm
from bot import codec
from bot.playbooks import playbook_text
from bot.running import running, until_told_to_stop
from bot.settings import environment, read_settings
from bot.wiring import Program, assemble
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, Hit
from dialogs.playbook import load_playbook
from dialogs.shows import Picture, Say
from tests.endurance.front import Chat

ARRIVAL = TypeAdapter(Arrival)


class SlowCrm(LedgerCrm):
    """The ledger, which takes its time."""

    delay = float(os.environ.get("CRM_DELAY", "0"))

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        time.sleep(self.delay)
        return super().deliver(delivery, fresh=fresh)

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        return ()


def without_pixels(say: Say) -> Say:
    """A line is text; nobody in front looks at the drawn picture."""
    return replace(say, show=replace(say.show, png=b"")) if isinstance(say.show, Picture) else say


def tell(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def take(program: Program, number: int, arrival: Arrival) -> None:
    try:
        receipt = await program.core.accept(arrival)
    except StoreUnavailable as error:
        tell(number=number, refused=str(error))
    else:
        tell(number=number, new=receipt.new)


async def listen(program: Program) -> None:
    """Take what comes, side by side."""
    reader = asyncio.StreamReader(limit=2**20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    tasks = set()
    async for line in reader:
        number, arrival = json.loads(line)
        task = asyncio.create_task(take(program, number, ARRIVAL.validate_python(arrival)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


async def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = read_settings(environment())
    needs = load_playbook(*playbook_text(None)).crm_needs
    crm = SlowCrm(Path(os.environ["CRM_FILE"]), needs)
    chat = Chat(lambda say: tell(show=codec.said.write(without_pixels(say))))
    program = assemble(settings, crm=crm, channels={chat.name: chat})
    async with running(program) as url:
        tell(ready=url)
        listening = asyncio.create_task(listen(program))
        await until_told_to_stop()
        listening.cancel()


if __name__ == "__main__":
    asyncio.run(main())
