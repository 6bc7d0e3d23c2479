"""`dealdesk people add|list|unlink`: the administrator's way to say who somebody is."""

import argparse
import secrets
import sys
from typing import Any, get_args

from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.commands.table import inert, table
from bot.playbooks import open_library
from bot.settings import Settings, environment, read_settings
from bot.wiring import account_of, open_crm
from dialogs.errors import BadConfiguration, CrmRefused, CrmUnavailable
from dialogs.people import Address, Person, Role

TOKEN_BYTES = 16
SLACK_PARTS = 2


def declare(commands: Any) -> None:
    people = commands.add_parser("people", help="who may use it: add, list, unlink")
    verbs = people.add_subparsers(required=True, metavar="verb")
    add = verbs.add_parser("add", help="link somebody; the same name again changes them")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=get_args(Role))
    add.add_argument("--odoo-login", metavar="LOGIN")
    add.add_argument("--slack", metavar="TEAM:USER")
    add.add_argument("--telegram", metavar="ID", type=int)
    add.add_argument("--web", action="store_true", help="make a link to the web chat")
    add.add_argument("--language", choices=("en", "de"))
    add.add_argument("--zone", metavar="ZONE", help="such as Europe/Berlin")
    add.set_defaults(run=_add)
    verbs.add_parser("list", help="everybody, with their accounts").set_defaults(run=_list)
    unlink = verbs.add_parser("unlink", help="take somebody's accounts away")
    unlink.add_argument("name")
    unlink.set_defaults(run=_unlink)


def _add(arguments: argparse.Namespace) -> int:
    settings = read_settings(environment())
    login = arguments.odoo_login
    user = _crm_user(settings, login) if login else None
    token = secrets.token_urlsafe(TOKEN_BYTES) if arguments.web else None
    with opened_books(settings) as books:
        known = next((one for one in books.people() if one.name == arguments.name), None)
        person = _person(arguments, known, settings, user, _addresses(arguments, token))
        books.keep_person(person)
    sys.stdout.write(f"{inert(person.name)} is linked as {person.role}.\n")
    if token:
        link = f"http://{settings.host}:{settings.port}/chat#{token}"
        sys.stdout.write(f"Web chat, for {person.name} only: {link}\n")
    return 0


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
    return Person(
        id=known.id if known else SystemClock().new_id()[-10:],
        name=arguments.name,
        role=arguments.role,
        language="de" if language == "de" else "en",
        zone=arguments.zone or (known.zone if known else settings.zone),
        login=arguments.odoo_login or (known.login if known else None),
        crm_user=user or (known.crm_user if known else None),
        addresses=addresses + kept,
    )


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


def _unlink(arguments: argparse.Namespace) -> int:
    with opened_books(read_settings(environment())) as books:
        named = [one for one in books.people() if one.name == arguments.name]
        for person in named:
            books.keep_person(
                Person(person.id, person.name, person.role, person.language, person.zone,
                       person.login, person.crm_user, ())
            )  # fmt: skip
    if not named:
        raise BadConfiguration(f"nobody is called {arguments.name}: see `dealdesk people list`")
    sys.stdout.write(f"{arguments.name} is no longer linked to any account.\n")
    return 0
