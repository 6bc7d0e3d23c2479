"""`dealdesk privacy export|erase`: what is kept about somebody, and letting go of it."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from bot import erasing
from bot.clock import SystemClock
from bot.commands.opened import opened_books, opened_store
from bot.erasing import Subject
from bot.settings import environment, read_settings
from dialogs.books import Books
from dialogs.errors import BadConfiguration
from dialogs.naming import Naming, names
from dialogs.rows import AuditLine

ELSEWHERE = (
    "What stands in the CRM is the CRM's, what stands in Slack or Telegram is theirs: delete it"
    " there. Backups made before now still hold it."
)


def declare(commands: Any) -> None:
    privacy = commands.add_parser("privacy", help="what is kept about somebody: export, erase")
    verbs = privacy.add_subparsers(required=True, metavar="verb")
    export = verbs.add_parser("export", help="print all that is kept about somebody, as JSON")
    export.set_defaults(run=_export)
    erase = verbs.add_parser("erase", help="say what would be erased; with --yes, erase it")
    erase.add_argument("--yes", action="store_true", help="erase it, for good")
    erase.set_defaults(run=_erase)
    for verb in (export, erase):
        whom = verb.add_mutually_exclusive_group(required=True)
        whom.add_argument("person", nargs="?", help="a member of staff, by name or id")
        whom.add_argument(
            "--contact",
            action="append",
            metavar="TEXT",
            help="a customer's contact: a name, e-mail address or phone number; may be repeated",
        )


def _export(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        subject = _subject(arguments, books)
        kept = erasing.kept_about(books, subject)
        called = subject.person.id if subject.person else "contact"
        books.note([AuditLine("administrator", "export", called)], SystemClock().now())
    sys.stdout.write(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    return 0


def _erase(arguments: argparse.Namespace) -> int:
    if not arguments.yes:
        return _would_erase(arguments)
    with opened_store(read_settings(environment())) as store:
        with store.transaction() as books:
            subject = _subject(arguments, books)
            changed = erasing.erase(books, subject, SystemClock().now())
        store.scrub()
    sys.stdout.write(f"Erased{_counts(subject, changed)}. {ELSEWHERE}\n")
    return 0


def _would_erase(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        subject = _subject(arguments, books)
        changed = erasing.counted(erasing.changes(books, subject))
        waiting = len(erasing.on_the_way(books, subject))
    sys.stdout.write(f"Would erase{_counts(subject, changed)}. {ELSEWHERE}\n")
    if waiting:
        sys.stdout.write(f"Not now: {waiting} entries have not reached the CRM yet.\n")
    sys.stdout.write("Nothing was changed: say --yes to erase it.\n")
    return 0


def _counts(subject: Subject, changed: Mapping[str, int]) -> str:
    whole = " the person, their accounts, conversation and messages;" if subject.person else ""
    texts = ", ".join(f"{number} in {table}" for table, number in sorted(changed.items()))
    return f"{whole} names in texts: {texts or 'none'}"


def _subject(arguments: argparse.Namespace, books: Books) -> Subject:
    if arguments.contact:
        return Subject(Naming(_names(arguments.contact)))
    people = [one for one in books.people() if arguments.person in {one.name, one.id}]
    if len(people) != 1:
        told = "nobody is" if not people else f"{len(people)} people are"
        raise BadConfiguration(
            f"{told} called {arguments.person}: give an id out of `privacy export`, or see"
            " `dealdesk people list`"
        )
    return erasing.staff(people[0])


def _names(given: list[str]) -> tuple[str, ...]:
    try:
        return names(given)
    except ValueError as error:
        raise BadConfiguration(f"--contact {error}: give three characters or more") from None
