"""Serves the stand-in until it is interrupted: `python -m tests.standins.telegram --port 8081`."""

from __future__ import annotations

import argparse
import asyncio

from tests.standins.telegram.flood import FloodLimit
from tests.standins.telegram.standin import TOKEN, TelegramStandin


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in of Telegram's Bot API server.")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN, help="the bot token that is accepted")
    parser.add_argument("--flood", action="store_true", help="limit messages as Telegram does")
    wanted = parser.parse_args()
    try:
        asyncio.run(_serve(wanted))
    except KeyboardInterrupt:
        print()  # noqa: T201 - leaves the shell's prompt on a line of its own


async def _serve(wanted: argparse.Namespace) -> None:
    flood = FloodLimit() if wanted.flood else None
    async with TelegramStandin(token=wanted.token, port=wanted.port, flood=flood) as standin:
        print(f"DEALDESK_TELEGRAM_BASE_URL={standin.url}")  # noqa: T201 - the reader wants it
        print(f"DEALDESK_TELEGRAM_TOKEN={standin.token}")  # noqa: T201 - this too
        print(f"people: {standin.url}/__page", flush=True)  # noqa: T201 - and this
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
