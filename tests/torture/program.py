"""The real program with traps around its ports, started a thousand times.

Reads a line of JSON for each life: its environment and its trap; writes the process's id, and how
it ended. Each life is a fork of this process, which has done nothing yet but load the code: a
start takes milliseconds, and everything else is as at `dealdesk run`.
"""

import asyncio
import importlib
import json
import os
import sys
from dataclasses import replace
from typing import Any

from bot import wiring
from bot.playbooks import open_library
from bot.running import running, until_told_to_stop
from bot.settings import read_settings
from bot.wiring import Program
from tests.torture.fail_points import Trap
from tests.torture.wrapped import TrappedChannel, TrappedCrm, trapped_opening

READY = "ready\n"
ONCE = (
    "adapters.odoo",
    "adapters.slack",
    "adapters.telegram",
    "adapters.web.server",
    "anyio._backends._asyncio",
    "certifi",
    "httpcore",
    "websockets.asyncio.client",
)
"""Loaded here, for all lives, instead of at first use."""


def assembled(environment: dict[str, str], trap: Trap) -> Program:
    settings = read_settings(environment)
    clock = wiring.SystemClock()
    library = open_library(settings.playbook, settings.data / "playbooks")
    chats = wiring.open_channels(settings, library, clock)
    wiring.open_store = trapped_opening(wiring.open_store, trap)  # type: ignore[assignment] # no argument of `assemble`
    return wiring.assemble(
        replace(settings, telegram=None, slack=None),
        clock,
        crm=TrappedCrm(wiring.open_crm(settings, library), trap),
        channels={name: TrappedChannel(chat, trap) for name, chat in chats.items()},
    )


async def _served(program: Program) -> None:
    async with running(program):
        sys.stdout.write(READY)
        sys.stdout.flush()
        await until_told_to_stop()


def _live(order: dict[str, Any]) -> None:
    """One life; never returns."""
    code = 1
    try:
        with open(order["log"], "ab", buffering=0) as log:  # noqa: PTH123 - a descriptor
            for stream in (1, 2):
                os.dup2(log.fileno(), stream)
        asyncio.run(_served(assembled(order["environment"], Trap(**order["trap"]))))
        code = 0
    finally:
        os._exit(code)


def main() -> None:
    """Until standard input ends: fork, tell the id, wait, tell the end (negative: a signal)."""
    for name in ONCE:
        importlib.import_module(name)
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            _live(json.loads(line))
        sys.stdout.write(f"{life}\n")
        sys.stdout.flush()
        _, status = os.waitpid(life, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
