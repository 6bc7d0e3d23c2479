"""`dealdesk keys list|forget`: people's own keys for the CRM, as an administrator sees them."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.commands.table import table
from bot.settings import environment, read_settings
from dialogs.errors import BadConfiguration
from dialogs.rows import StoredKey


def declare(commands: Any) -> None:
    keys = commands.add_parser("keys", help="people's own keys for the CRM: list, forget")
    verbs = keys.add_subparsers(required=True, metavar="verb")
    verbs.add_parser("list", help="whose, and until when; never the key").set_defaults(run=_list)
    forget = verbs.add_parser(
        "forget", help="delete somebody's key; the service account takes over"
    )
    forget.add_argument("name")
    forget.set_defaults(run=_forget)


def _list(_: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        names = {person.id: person.name for person in books.people()}
        rows = [_line(names.get(key.person, "-"), key) for key in books.own_keys()]
    sys.stdout.write(table(("name", "Odoo login", "until", "state"), rows) + "\n")
    return 0


def _line(name: str, key: StoredKey) -> tuple[str, str, str, str]:
    end = f"{datetime.fromtimestamp(key.ends / 1000, UTC):%Y-%m-%d}" if key.ends else "-"
    return name, key.login, end, "denied: entries wait" if key.denied else "in use"


def _forget(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        named = [person.id for person in books.people() if person.name == arguments.name]
        gone = [books.forget_key(person) for person in named]
        books.hasten(SystemClock().now())
    if not any(gone):
        raise BadConfiguration(f"{arguments.name} has no key here: see `dealdesk keys list`")
    sys.stdout.write(f"The key of {arguments.name} is deleted; revoke it in Odoo too.\n")
    return 0
