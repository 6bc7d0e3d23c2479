"""`dealdesk run` and `dealdesk demo`: the program itself."""

import argparse
import asyncio
import sys
from dataclasses import replace
from typing import Any

from bot.running import running, until_told_to_stop
from bot.settings import Settings, environment, read_settings
from bot.wiring import Persona, Program, account_of, assemble
from dialogs.people import Address, Person

PERSONAS = (
    ("demosales", Persona("Sam", "sales", "demo-sales", "en")),
    ("demomanager", Persona("Mia", "management", "demo-management", "en")),
)
DEMO_FILE = "demo.sqlite3"


def declare(commands: Any) -> None:
    commands.add_parser("run", help="connect the chats and the CRM, and serve").set_defaults(
        run=_run
    )
    commands.add_parser(
        "demo", help="try it in the browser: two people, one ledger, no token"
    ).set_defaults(run=_demo)


def _run(_: argparse.Namespace) -> int:
    settings = read_settings(environment())
    asyncio.run(_served(assemble(settings)))
    return 0


def _demo(_: argparse.Namespace) -> int:
    settings = demo_settings(read_settings(environment()))
    asyncio.run(_served(assemble(settings, examples=True), demo=True))
    return 0


def demo_settings(settings: Settings) -> Settings:
    """The same installation without chats and without a company's CRM."""
    database = f"sqlite:///{settings.data / DEMO_FILE}"
    return replace(
        settings, database_url=database, crm=None, telegram=None, slack=None, management=None
    )


async def _served(program: Program, *, demo: bool = False) -> None:
    personas = [persona for _, persona in PERSONAS] if demo else []
    if demo:
        _introduce(program)
    async with running(program, personas) as address:
        sys.stdout.write(f"dealdesk is ready: {address}/\n")
        sys.stdout.flush()
        await until_told_to_stop()


def _introduce(program: Program) -> None:
    """Before anybody can knock: an open page of an earlier run comes back at once."""
    with program.store.transaction() as books:
        known = {person.id for person in books.people()}
        for person in demo_people():
            if person.id not in known:
                books.keep_person(person)


def demo_people() -> list[Person]:
    """The two people of the demo page."""
    return [_person(person_id, persona) for person_id, persona in PERSONAS]


def _person(person_id: str, persona: Persona) -> Person:
    account = account_of(persona.token)
    return Person(
        id=person_id,
        name=persona.name,
        role="management" if persona.role == "management" else "sales",
        language=persona.language,
        addresses=(Address("web", account, account),),
    )
