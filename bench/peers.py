"""Peers and limits on the same dialogue: what is known to be fast, measured in the same run.

python-telegram-bot's ConversationHandler keeps nothing; the limits are hand-written loops with one
commit for each turn, no product.
"""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from transitions import Machine

from bench.figures import Figures, figures
from bench.script import LINES, MESSAGES
from bench.telegram import Captured, update

END = len(LINES)


def _reply(step: int) -> str:
    return LINES[step].prompt if step < END else "Is everything right?"


def _taken(step: int, typed: str) -> tuple[int, Any]:
    """The next step and the answer; the same step and None when it is refused."""
    with suppress(ValueError, KeyError):
        return step + 1, LINES[step].check(typed)
    return step, None


async def conversation_handler(dialogues: int) -> Figures:
    """python-telegram-bot without any persistence: one turn after another, nothing is kept."""
    request = Captured()
    app = ApplicationBuilder().token("1:x").request(request).updater(None).build()

    async def begin(message: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        context.user_data["answers"] = {}  # type: ignore[index] # a fresh dictionary
        await message.effective_message.reply_text(_reply(0))  # type: ignore[union-attr] # a message
        return 0

    def step(number: int) -> Callable[..., Any]:
        async def answer(message: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
            following, value = _taken(number, message.effective_message.text)  # type: ignore[union-attr, arg-type] # text
            context.user_data["answers"][LINES[number].id] = value  # type: ignore[index] # begun
            await message.effective_message.reply_text(_reply(following))  # type: ignore[union-attr] # a message
            return following if following < END else ConversationHandler.END

        return answer

    states = {n: [MessageHandler(filters.TEXT & ~filters.COMMAND, step(n))] for n in range(END)}
    begins = [CommandHandler("record", begin)]
    app.add_handler(ConversationHandler(begins, states, [], allow_reentry=True))  # type: ignore[arg-type] # handlers by step
    await app.initialize()
    number, latencies = 0, []
    ready = []
    for user in range(1, dialogues + 1):
        number += 1
        await app.process_update(update(number, user, "/record", app.bot))
        for _, typed in MESSAGES:
            number += 1
            ready.append(update(number, user, typed, app.bot))
    wall, cpu = time.perf_counter(), time.process_time()
    for one in ready:
        before = time.perf_counter()
        await app.process_update(one)
        latencies.append(time.perf_counter() - before)
    result = figures("python-telegram-bot, nothing kept", 1, latencies, wall, cpu)
    await app.shutdown()
    assert len(request.sent) == dialogues * (len(MESSAGES) + 1)
    return result


def _database(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE conversation (id INTEGER PRIMARY KEY, state TEXT)")
    return db


_KEEP = (
    "INSERT INTO conversation VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state"
)


def dictionary_machine(dialogues: int, folder: Path) -> Figures:
    """A dictionary as state machine and one SQLite commit before each reply."""
    db = _database(folder / "dictionary.sqlite3")
    latencies: list[float] = []
    wall, cpu = time.perf_counter(), time.process_time()
    for user in range(dialogues):
        state: dict[str, Any] = {"step": 0, "answers": {}}
        for _, typed in MESSAGES:
            before = time.perf_counter()
            line = LINES[state["step"]]
            state["step"], value = _taken(state["step"], typed)
            state["answers"][line.id] = str(value)
            db.execute(_KEEP, (user, json.dumps(state)))
            _reply(state["step"])
            latencies.append(time.perf_counter() - before)
    return figures("limit: dictionary, a commit each turn", 1, latencies, wall, cpu)


class _Talk:
    __slots__ = ("answers", "state")

    def __init__(self) -> None:
        self.state, self.answers = "0", {}  # type: ignore[var-annotated] # any answer


async def shared_machine(dialogues: int, at_once: int, folder: Path) -> Figures:
    """A shared `transitions` machine and one commit for all turns that wait."""
    db = _database(folder / "machine.sqlite3")
    machine = Machine(None, [str(n) for n in range(END + 1)], initial="0", auto_transitions=False)
    for number in range(END):
        machine.add_transition("next", str(number), str(number + 1))
    waiting: list[tuple[int, str, asyncio.Future[None]]] = []

    def commit() -> None:
        batch, waiting[:] = list(waiting), []
        db.execute("BEGIN IMMEDIATE")
        db.executemany(_KEEP, [(user, state) for user, state, _ in batch])
        db.execute("COMMIT")
        for _, _, kept in batch:
            kept.set_result(None)

    latencies: list[float] = []
    loop = asyncio.get_running_loop()

    async def play(users: Sequence[int]) -> None:
        for user in users:
            talk = _Talk()
            for _, typed in MESSAGES:
                before = time.perf_counter()
                step = int(talk.state)
                following, value = _taken(step, typed)
                if following > step:
                    talk.answers[LINES[step].id] = str(value)
                    machine.events["next"].trigger(talk)
                kept = loop.create_future()
                if not waiting:
                    loop.call_soon(commit)
                waiting.append((user, json.dumps([talk.state, talk.answers]), kept))
                await kept
                _reply(int(talk.state))
                latencies.append(time.perf_counter() - before)

    wall, cpu = time.perf_counter(), time.process_time()
    lanes = [range(lane, dialogues, at_once) for lane in range(at_once)]
    await asyncio.gather(*(play(lane) for lane in lanes))
    return figures("limit: transitions, group commit", at_once, latencies, wall, cpu)
