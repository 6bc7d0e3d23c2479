"""`dealdesk backup` and `dealdesk restored`: a whole copy, and what follows going back to one."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import codec
from bot.anchors import FILE
from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.playbooks import open_library
from bot.settings import Settings, environment, read_settings
from bot.wiring import LEDGER, copy_database, dump_command, file_of, open_crm
from dialogs.books import Books
from dialogs.entries import next_key
from dialogs.errors import BadConfiguration
from dialogs.library import Library
from dialogs.ports import Crm
from dialogs.rows import AuditLine, StoredApproval

DATABASE = "dealdesk.sqlite3"
PLAYBOOKS = "playbooks"
INCOMPLETE = 1


def declare(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy everything dealdesk keeps into a new folder")
    backup.add_argument("target", type=Path)
    backup.set_defaults(run=_backup)
    restored = commands.add_parser(
        "restored", help="after going back to a backup: close questions the CRM knows the answer to"
    )
    restored.set_defaults(run=_restored)


def _backup(arguments: argparse.Namespace) -> int:
    usual = os.umask(0o077)  # what people said is not for everybody's eyes
    try:
        return _copied(read_settings(environment()), arguments.target)
    finally:
        os.umask(usual)


def _copied(settings: Settings, target: Path) -> int:
    _new_folder(target)
    database = file_of(settings.database_url)
    if database is not None:
        copy_database(database, target / DATABASE)
    # The CRM after the conversations: what it has more than they know is not made again.
    if (settings.data / LEDGER).exists():
        copy_database(settings.data / LEDGER, target / LEDGER)
    _copy_files(settings.data, target)
    if database is not None:
        sys.stdout.write(f"Everything is in {target}.\n")
        return 0
    command = dump_command(settings.database_url, target / "dealdesk.dump")
    sys.stdout.write(f"In {target} is everything but the database itself. It needs:\n{command}\n")
    return INCOMPLETE


def _new_folder(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        taken = any(target.iterdir())
    except OSError as error:
        raise BadConfiguration(f"{target} can't be used as a folder: {error}") from None
    if taken:
        raise BadConfiguration(f"{target} is not empty: name a new folder for each backup")


def _copy_files(folder: Path, target: Path) -> None:
    editions = sorted((folder / PLAYBOOKS).glob("*"))
    if editions:
        (target / PLAYBOOKS).mkdir()
    for path in (*editions, *folder.glob(FILE)):
        shutil.copyfile(path, target / path.relative_to(folder))


def _restored(_: argparse.Namespace) -> int:
    settings = read_settings(environment())
    library = open_library(settings.playbook, settings.data / PLAYBOOKS)
    crm = open_crm(settings, library)
    try:
        closed, left = _closed(settings, library, crm)
    finally:
        crm.close()
    sys.stdout.write(f"{closed} questions were decided already and are closed; {left} are open.\n")
    return 0


def _closed(settings: Settings, library: Library, crm: Crm) -> tuple[int, int]:
    with opened_books(settings) as books:
        asked = books.open_approvals()
        keys = dict(_ruling_keys(books, asked, library))
    decided = [approval for approval, key in keys.items() if crm.stands(key)]
    with opened_books(settings) as books:
        now = SystemClock().now()
        books.withdraw(decided, now)
        books.note([AuditLine("administrator", "withdrawn", one) for one in decided], now)
    return len(decided), len(asked) - len(decided)


def _ruling_keys(
    books: Books, asked: list[StoredApproval], library: Library
) -> Iterator[tuple[str, str]]:
    """Each open question with the key that the entry of its verdict would get."""
    cases = books.cases({one.case for one in asked})
    for one in asked:
        if one.case in cases:
            case = codec.case.read(cases[one.case])
            yield one.id, next_key(case, library.of(case.playbook).playbook.decision.form)
