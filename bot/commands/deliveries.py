"""`dealdesk deliveries list|show|retry|drop`: what goes to the CRM, and what it refused."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.commands.table import inert, inert_lines, table
from bot.settings import environment, read_settings
from dialogs.books import Books
from dialogs.errors import BadConfiguration
from dialogs.rows import AuditLine, DeliveryLine

LIMIT = 200
ALL = ("pending", "done", "dead", "dropped")
OPEN = ("pending", "dead")


def declare(commands: Any) -> None:
    deliveries = commands.add_parser(
        "deliveries", help="what goes to the CRM: list, show, retry, drop"
    )
    verbs = deliveries.add_subparsers(required=True, metavar="verb")
    listing = verbs.add_parser("list", help="what waits or was refused")
    listing.add_argument("--all", action="store_true", help="the delivered ones too")
    listing.set_defaults(run=_list)
    for word, doing, meaning in (
        ("show", _show, "one delivery whole"),
        ("retry", _retry, "send a refused one again, with the same key"),
        ("drop", _drop, "give a refused one up; later ones of its case go on"),
    ):
        verb = verbs.add_parser(word, help=meaning)
        verb.add_argument("number", type=int)
        verb.set_defaults(run=doing)


def _lines(status: tuple[str, ...]) -> list[DeliveryLine]:
    with opened_books(read_settings(environment())) as books:
        lines: list[DeliveryLine] = books.deliveries(status, LIMIT)
    return lines


def _list(arguments: argparse.Namespace) -> int:
    lines = _lines(ALL if arguments.all else OPEN)
    rows = [
        (str(one.seq), one.key, one.status, str(one.attempts), _when(one.created), one.error[:80])
        for one in lines
    ]
    if not rows:
        sys.stdout.write("Nothing waits and nothing was refused.\n")
        return 0
    heads = ("number", "key", "status", "attempts", "made", "last error")
    sys.stdout.write(table(heads, rows) + "\n")
    return 0


def _when(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _show(arguments: argparse.Namespace) -> int:
    line = next((one for one in _lines(ALL) if one.seq == arguments.number), None)
    if line is None:
        raise BadConfiguration(f"there is no delivery {arguments.number}: see `deliveries list`")
    body = json.dumps(json.loads(line.body), indent=2, ensure_ascii=False)
    head = f"{line.key}: {line.status}, {line.attempts} attempts, made {_when(line.created)}"
    sys.stdout.write(f"{inert(head)}\n{inert(line.error)}\n{inert_lines(body)}\n")
    return 0


def _retry(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        done = books.revive(arguments.number, SystemClock().now())
        _note(books, "retry", arguments.number, done=done)
    return _said(done, arguments.number, "goes out again")


def _drop(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        done = books.drop(arguments.number, SystemClock().now())
        _note(books, "drop", arguments.number, done=done)
    return _said(done, arguments.number, "is given up")


def _note(books: Books, action: str, number: int, *, done: bool) -> None:
    lines = [AuditLine("administrator", action, f"delivery {number}")] if done else []
    books.note(lines, SystemClock().now())


def _said(done: bool, number: int, what: str) -> int:  # noqa: FBT001 - the outcome, as it is
    if not done:
        raise BadConfiguration(
            f"delivery {number} is not a refused one: see `dealdesk deliveries list`"
        )
    sys.stdout.write(f"Delivery {number} {what}.\n")
    return 0
