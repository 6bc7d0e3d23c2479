"""`python -m bench.turns`: turns of one scripted dialogue, against limits and a peer, in one run.

Prints turns per second, CPU for each turn, latency, and memory for each live conversation.
Rounds are interleaved and the best of each series counts: the machine is shared.
"""

import argparse
import asyncio
import gc
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import dealdesk, peers
from bench.figures import Figures, table
from bench.script import MESSAGES
from tests.rig.postgres import PostgresServer, empty_cluster, serve_cluster
from tests.rig.processes import Workshop

PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder, Workshop() as workshop:
        postgres = serve_cluster(workshop, empty_cluster(), synced=True)
        rounds = [
            _round(Path(folder), number, arguments.dialogues, postgres)
            for number in range(arguments.rounds)
        ]
        best = [_best(several) for several in zip(*rounds, strict=True)]
        print(table(best))
        print(_marks(best))
        print(asyncio.run(_memory(Path(folder), arguments.live)))


def _best(several: Sequence[Figures]) -> Figures:
    """Of each figure the best: what the machine's other work did not spoil."""
    first = several[0]
    return Figures(
        first.name,
        first.at_once,
        max(one.turns_per_second for one in several),
        min(one.cpu_us for one in several),
        min(one.p50_ms for one in several),
        min(one.p99_ms for one in several),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dialogues", type=int, default=320)
    parser.add_argument("--live", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to be measured")
    return parser.parse_args()


def _round(folder: Path, number: int, many: int, postgres: PostgresServer) -> list[Figures]:
    place = folder / str(number)
    place.mkdir()
    few = many // 4
    return [
        asyncio.run(peers.conversation_handler(few)),
        peers.dictionary_machine(many, place),
        asyncio.run(peers.shared_machine(many, 64, place)),
        asyncio.run(_sqlite(place, few, 1)),
        asyncio.run(_sqlite(place, many, 64)),
        asyncio.run(_postgres(postgres, few, 1)),
        asyncio.run(_postgres(postgres, many, 64)),
    ]


async def _sqlite(place: Path, dialogues: int, at_once: int) -> Figures:
    url = dealdesk.sqlite_url(place, f"dealdesk{at_once}")
    return await dealdesk.series("dealdesk, SQLite FULL", url, dialogues, at_once)


async def _postgres(server: PostgresServer, dialogues: int, at_once: int) -> Figures:
    url = server.new_database()
    return await dealdesk.series("dealdesk, PostgreSQL", url, dialogues, at_once)


def _marks(lines: list[Figures]) -> str:
    """The first marks: a third of the one-commit line, twice the undurable turn's CPU."""
    by_name = {(one.name, one.at_once): one for one in lines}
    peer = by_name["python-telegram-bot, nothing kept", 1]
    limit = by_name["limit: dictionary, a commit each turn", 1]
    ours = by_name["dealdesk, SQLite FULL", 64]
    speed = ours.turns_per_second / limit.turns_per_second
    cpu = ours.cpu_us / peer.cpu_us
    return (
        f"\nat 64 at once: {speed:.2f} of the one-commit-per-turn line (mark: at least 0.33); "
        f"CPU {cpu:.2f} x ConversationHandler's undurable turn (mark: at most 2)"
    )


async def _memory(folder: Path, live: int) -> str:
    """Resident memory for each conversation in the middle of its dialogue."""
    rig = await dealdesk.rigged(dealdesk.sqlite_url(folder, "memory"), live)
    for user in range(1, 201):
        await rig.say(user, "/record")
    gc.collect()
    before = _resident()
    for first in range(201, live + 1, 64):
        users = range(first, min(first + 64, live + 1))
        for text in ("/record", *(typed for _, typed in MESSAGES[:2]), "2026-11-19", "Papenburg"):
            await asyncio.gather(*(rig.say(user, text) for user in users))
    gc.collect()
    each = (_resident() - before) / (live - 200)
    await rig.deliveries.drain(10)
    await rig.core.stop()
    return f"memory: {each:,.0f} bytes for each of {live:,} conversations (mark: at most 4,096)"


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


if __name__ == "__main__":
    main()
