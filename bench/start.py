"""`python -m bench.start`: from a killed program to the first answer, with many conversations.

Open ones are in the middle of a record; finished ones are over. The file is checked, opened and
taken up as `dealdesk run` does it; the page cache of the machine is warm.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from adapters.store import open_store
from bench.dealdesk import rigged, sqlite_url
from bot import codec
from dialogs.rows import Arrived, Done
from dialogs.turns import Conversation

OPEN, FINISHED, STARTS, STEPS = 10_000, 100_000, 5, 200
BATCH = 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder), "start")
        for finished in (0, FINISHED):
            asyncio.run(_filled(url, finished))
            starts = sorted(asyncio.run(_started(url)) for _ in range(STARTS))
            steps = sorted(asyncio.run(_steps(url)))
            print(
                f"{OPEN:,} open, {finished:,} finished: start to first answer "
                f"{starts[0][0]:.2f} s (longest {starts[-1][0]:.2f}, CPU {starts[0][1]:.2f}); "
                f"a step p95 {steps[int(len(steps) * 0.95)] * 1000:.1f} ms"
            )


async def _filled(url: str, finished: int) -> None:
    """People in the middle of a record, and the rows that finished conversations leave."""
    if finished:
        store = open_store(url)
        for first in range(0, finished, BATCH):
            _finished(store, range(first, first + BATCH))
        store.close()
        return
    rig = await rigged(url, OPEN)
    for first in range(1, OPEN + 1, 16):
        users = range(first, min(first + 16, OPEN + 1))
        await asyncio.gather(*(rig.say(user, "/record") for user in users))
    await rig.end()


def _finished(store, numbers: range) -> None:  # type: ignore[no-untyped-def] # a store
    names = [f"finished{n}" for n in numbers]
    state = codec.conversation.write(Conversation(id="finished"))
    with store.transaction() as books:
        books.accept([Arrived(name, name, name, 1, "{}") for name in names])
        taken = books.take(names)
        books.write([Done(t.seq, t.conversation, state, t.version) for t in taken], 1, 1)


async def _started(url: str) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    before, cpu = time.perf_counter(), time.process_time()
    rig = await rigged(url, 1)
    rig.number = int(time.time() * 1000)
    await rig.say(1, "help")
    took = time.perf_counter() - before, time.process_time() - cpu
    await rig.end()
    return took


async def _steps(url: str) -> list[float]:
    rig = await rigged(url, 1)
    rig.number = int(time.time() * 1000)
    took = []
    for _ in range(STEPS):
        before = time.perf_counter()
        await rig.say(1, "help")
        took.append(time.perf_counter() - before)
    await rig.end()
    return took


if __name__ == "__main__":
    main()
