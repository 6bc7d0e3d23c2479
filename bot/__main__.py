"""The command line: `dealdesk …` or `python -m bot …`. Parses words; each command has its file."""

import argparse
import logging
import sys
from collections.abc import Sequence

from bot.commands import audit, backup, deliveries, people, playbook, privacy, serve, setup
from dialogs.errors import DealdeskError


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Expected errors are a sentence, not a trace."""
    _log()
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments) or 0)
    except DealdeskError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _log() -> None:
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


_TALKATIVE = (
    "alembic", "httpcore", "httpx", "odoorpc", "slack_bolt", "slack_sdk", "telegram", "transitions"
)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dealdesk", description="From the appointment into the CRM, by chat."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for subject in (serve, setup, people, deliveries, playbook, audit, privacy, backup):
        subject.declare(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
