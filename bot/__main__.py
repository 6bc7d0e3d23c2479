"""The command line: `dealdesk …` or `python -m bot …`. Parses words; each command has its file."""

import argparse
import sys
from collections.abc import Sequence

from bot.commands import (
    audit,
    backup,
    deliveries,
    keys,
    people,
    playbook,
    privacy,
    serve,
    setup,
)
from bot.logs import catch_crashes, set_up
from bot.redaction import hide
from bot.settings import environment, log_settings, secret_values
from dialogs.errors import BadConfiguration, DealdeskError


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Expected errors are a sentence, not a trace."""
    _log()
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments) or 0)
    except DealdeskError as error:
        sys.stderr.write(f"{hide(str(error))}\n")
        return 2


def _log() -> None:
    """Before anything can be said: what must not be. Wrong settings are the command's to name."""
    try:
        given = environment()
    except BadConfiguration:
        given = {}
    hide.learn(secret_values(given))
    set_up(log_settings(given))
    catch_crashes()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dealdesk", description="From the appointment into the CRM, by chat."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for subject in (serve, setup, people, keys, deliveries, playbook, audit, privacy, backup):
        subject.declare(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
