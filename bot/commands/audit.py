"""`dealdesk audit verify|list`: is the trail of who did what whole, and what does it say?"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from bot.anchors import kept_anchors
from bot.commands.opened import opened_books
from bot.commands.table import table
from bot.settings import environment, read_settings
from dialogs.books import Books
from dialogs.errors import BadConfiguration
from dialogs.trail import GENESIS, Anchor, Inspection, anchor

PAGE = 1_000
LAST = 50
LOWEST = -(2**63)
BROKEN = 1


def declare(commands: Any) -> None:
    audit = commands.add_parser("audit", help="who did what: verify, list")
    verbs = audit.add_subparsers(required=True, metavar="verb")
    verify = verbs.add_parser("verify", help="is every row as it was written, and none missing?")
    verify.add_argument(
        "--from", dest="first", type=int, default=1, metavar="ROW", help="begin with this row"
    )
    verify.add_argument(
        "--anchor",
        dest="anchors",
        action="append",
        default=[],
        metavar="ROW:HASH",
        help="an anchor out of a log or a backup; may be given several times",
    )
    verify.set_defaults(run=_verify)
    listing = verbs.add_parser("list", help="the last rows")
    listing.add_argument("--last", type=int, default=LAST, metavar="ROWS")
    listing.set_defaults(run=_list)


def _verify(arguments: argparse.Namespace) -> int:
    settings = read_settings(environment())
    anchors = [*kept_anchors(settings.data), *map(_given, arguments.anchors)]
    with opened_books(settings) as books:
        inspection = inspected(books, anchors, arguments.first)
    if inspection.fault:
        sys.stdout.write(f"The audit trail is broken: {inspection.fault}.\n")
        return BROKEN
    one = inspection.rows == 1
    rows = "1 row is as it was" if one else f"{inspection.rows} rows are as they were"
    told = f"{rows} written. Head: {inspection.after}"
    sys.stdout.write(f"{told}\n")
    return 0


def inspected(books: Books, anchors: list[Anchor], first: int = 1) -> Inspection:
    """Walk along the trail from that row to its head.

    Raises:
        BadConfiguration: there is no row before the first one.
    """
    inspection = Inspection(anchors, _before(books, first))
    after = inspection.after.seq if first > 1 else LOWEST
    while not inspection.fault and (rows := books.trail(after, PAGE)):
        inspection.follow(rows)
        after = rows[-1].seq
    inspection.end(books.trail_head())
    return inspection


def _before(books: Books, first: int) -> Anchor:
    if first <= 1:
        return Anchor(0, GENESIS)
    rows = [row for row in books.trail(first - 2, 1) if row.seq == first - 1]
    if not rows:
        raise BadConfiguration(f"--from {first}: there is no row {first - 1} to go on from.")
    return Anchor(rows[0].seq, rows[0].hash)


def _given(text: str) -> Anchor:
    try:
        return anchor(text)
    except ValueError:
        raise BadConfiguration(f"--anchor {text}: write ROW:HASH, as the log has it.") from None


def _list(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        head = books.trail_head()
        rows = books.trail(head.seq - arguments.last if head else LOWEST, arguments.last)
    heads = ("row", "time", "who", "what", "to which", "where", "version")
    cells = [
        (
            str(row.seq),
            datetime.fromtimestamp(row.at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ"),
            *(row.actor, row.action, row.subject, row.channel, row.programme),
        )
        for row in rows
    ]
    sys.stdout.write(table(heads, cells) + "\n")
    return 0
