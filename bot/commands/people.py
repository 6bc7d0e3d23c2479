"""`dealdesk people add|list|link-code|unlink`: the administrator's way to say who somebody is."""

import argparse
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args

from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.commands.table import inert, table
from bot.invitations import keep_code
from bot.playbooks import open_library, playbook_text, spoken
from bot.settings import Settings, environment, read_settings
from bot.wiring import account_of, open_crm, telegram_bot
from dialogs import linkcodes
from dialogs.books import Books
from dialogs.errors import BadConfiguration, CrmRefused, CrmUnavailable
from dialogs.library import Library
from dialogs.people import Address, Person, Role
from dialogs.playbook import load_playbook
from dialogs.rows import AuditLine
from dialogs.translations import OWN

TOKEN_BYTES = 16
CODED = ("telegram", "slack")
CHANNELS = (*CODED, "web")
SLACK_PARTS = 2


def declare(commands: Any) -> None:
    people = commands.add_parser("people", help="who may use it: add, list, link-code, unlink")
    verbs = people.add_subparsers(required=True, metavar="verb")
    add = verbs.add_parser("add", help="link somebody; the same name again changes them")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=get_args(Role), help="with a login: the most they can be")
    add.add_argument("--odoo-login", metavar="LOGIN")
    add.add_argument("--slack", metavar="TEAM:USER")
    add.add_argument("--telegram", metavar="ID", type=int)
    add.add_argument("--web", action="store_true", help="make a link to the web chat")
    add.add_argument("--language", metavar="CODE", help="en, de, or one that the playbook declares")
    add.add_argument("--zone", metavar="ZONE", help="such as Europe/Berlin")
    add.set_defaults(run=_add)
    verbs.add_parser("list", help="everybody, with their accounts").set_defaults(run=_list)
    link = verbs.add_parser("link-code", help="make a code with which somebody links their chat")
    link.add_argument("name")
    link.add_argument("--channel", choices=CODED, help="the only one on which it counts")
    link.set_defaults(run=_link_code)
    unlink = verbs.add_parser("unlink", help="take somebody's accounts away")
    unlink.add_argument("name")
    unlink.add_argument("--channel", choices=CHANNELS, help="only that one")
    unlink.set_defaults(run=_unlink)


def _add(arguments: argparse.Namespace) -> int:
    settings = read_settings(environment())
    login = arguments.odoo_login
    user = _crm_user(settings, login) if login else None
    token = secrets.token_urlsafe(TOKEN_BYTES) if arguments.web else None
    addresses = _addresses(arguments, token)
    with opened_books(settings) as books:
        people = books.people()
        known = next((one for one in people if one.name == arguments.name), None)
        person = _person(arguments, known, settings, user, addresses)
        books.keep_person(person)
        books.note([AuditLine("administrator", "link", person.id)], SystemClock().now())
    sys.stdout.write("".join(_moved(people, person, addresses)))
    sys.stdout.write(f"{inert(person.name)} is {_state(person)}\n")
    if token:
        link = f"http://{settings.host}:{settings.port}/chat#{token}"
        sys.stdout.write(f"Web chat, for {person.name} only: {link}\n")
    return 0


def _state(person: Person) -> str:
    if person.addresses:
        return f"linked as {person.role}."
    return f"known as {person.role}; `dealdesk people link-code` lets them link a chat."


def _moved(people: Sequence[Person], person: Person, addresses: Sequence[Address]) -> Iterator[str]:
    """What was taken from somebody else."""
    given = {(one.channel, one.account) for one in addresses}
    for other in people:
        for one in other.addresses:
            if other.id != person.id and (one.channel, one.account) in given:
                yield f"{one.channel} {one.account} was {other.name}'s; that link is revoked.\n"


def _person(
    arguments: argparse.Namespace,
    known: Person | None,
    settings: Settings,
    user: int | None,
    addresses: tuple[Address, ...],
) -> Person:
    channels = {address.channel for address in addresses}
    kept = tuple(one for one in (known.addresses if known else ()) if one.channel not in channels)
    language = arguments.language or (known.language if known else settings.language)
    if language not in OWN:
        spoken(language, Library(load_playbook(*playbook_text(settings.playbook))))
    return Person(
        id=known.id if known else SystemClock().new_id()[-10:],
        name=arguments.name,
        role=_role(arguments, known),
        language=language,
        zone=arguments.zone or (known.zone if known else settings.zone),
        login=arguments.odoo_login or (known.login if known else None),
        crm_user=user or (known.crm_user if known else None),
        addresses=addresses + kept,
        crm_role=known.crm_role if known else None,
    )


def _role(arguments: argparse.Namespace, known: Person | None) -> Role:
    """What was said; of somebody with a login in the CRM, else, its groups alone decide."""
    role: Role | None = arguments.role or (known.role if known else None)
    if role is None and arguments.odoo_login is None:
        raise BadConfiguration("--role is missing; only with --odoo-login the CRM's groups decide")
    return role or "management"


def _addresses(arguments: argparse.Namespace, token: str | None) -> tuple[Address, ...]:
    found = []
    if arguments.slack:
        parts = arguments.slack.split(":")
        if len(parts) != SLACK_PARTS:
            raise BadConfiguration(f"--slack {arguments.slack}: write TEAM:USER, as T012AB:U034CD")
        found.append(Address("slack", arguments.slack, parts[1]))
    if arguments.telegram:
        found.append(Address("telegram", str(arguments.telegram), str(arguments.telegram)))
    if token:
        account = account_of(token)
        found.append(Address("web", account, account))
    return tuple(found)


def _crm_user(settings: Settings, login: str) -> int | None:
    """The CRM user behind the login; a CRM that can't be asked now is no hindrance."""
    crm = open_crm(settings, open_library(settings.playbook, settings.data / "playbooks"))
    try:
        staff = crm.staff(login)
    except (CrmUnavailable, CrmRefused) as error:
        sys.stderr.write(f"The CRM could not be asked for {login}: {error}\n")
        return None
    finally:
        crm.close()
    if staff is None:
        raise BadConfiguration(f"--odoo-login {login}: the CRM has no active user with that login")
    return staff.user


def _list(_: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        people = books.people()
    rows = [
        (
            one.name,
            one.role,
            one.language,
            one.login or "-",
            ", ".join(f"{a.channel} {a.account}" for a in one.addresses) or "-",
        )
        for one in people
    ]
    sys.stdout.write(table(("name", "role", "language", "Odoo login", "accounts"), rows) + "\n")
    return 0


def _link_code(arguments: argparse.Namespace) -> int:
    settings = read_settings(environment())
    text = linkcodes.code(secrets.token_bytes(linkcodes.BYTES))
    with opened_books(settings) as books:
        (person, *_) = _named(books, arguments.name)
        keep_code(books, text, person, SystemClock().now(), arguments.channel or "")
    bot = telegram_bot(settings) if arguments.channel != "slack" else None
    sys.stdout.write("".join(_told(person, text, arguments.channel, bot)))
    return 0


def _told(person: Person, text: str, channel: str | None, bot: str | None) -> Iterator[str]:
    minutes = linkcodes.LIFETIME_MS // 60_000
    yield f"For {person.name} only, once, within {minutes} minutes, in a private chat: {text}\n"
    if bot:
        yield f"https://t.me/{bot}?start={text}\n"
    elif channel == "telegram":
        yield f"Telegram can't be asked for the bot's name: let them type /start {text}\n"


def _named(books: Books, name: str) -> list[Person]:
    named = [one for one in books.people() if one.name == name]
    if not named:
        raise BadConfiguration(f"nobody is called {name}: see `dealdesk people list`")
    return named


def _unlink(arguments: argparse.Namespace) -> int:
    channel = arguments.channel
    with opened_books(read_settings(environment())) as books:
        for person in _named(books, arguments.name):
            kept = [one for one in person.addresses if channel and one.channel != channel]
            books.keep_person(replace(person, addresses=tuple(kept)))
            books.note([AuditLine("administrator", "unlink", person.id)], SystemClock().now())
    where = f"on {channel}" if channel else "to any account"
    sys.stdout.write(f"{arguments.name} is no longer linked {where}.\n")
    return 0
