"""`dealdesk run` killed in mid-sentence, again and again: what was said counts, and counts once."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from adapters.ledger import LedgerCrm
from bot.playbooks import playbook_text
from bot.wiring import LEDGER
from dialogs.playbook import load_playbook
from tests.rig.places import REPOSITORY
from tests.rig.processes import Program, Workshop, free_port
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram.people import Person
from tests.transcripts.crm_text import LedgerReader, Opportunity

PATIENCE = 30.0
SAM = 1001


@dataclass
class Machine:
    """Where the program runs, with what it keeps there."""

    program: Program
    data: Path

    async def kills(self) -> None:
        """As a power cut does: nothing is said, nothing is cleared up."""
        await asyncio.to_thread(self.program.kill)

    async def starts(self) -> None:
        await asyncio.to_thread(self.program.start)

    def opportunities(self) -> list[Opportunity]:
        needs = load_playbook(*playbook_text(None)).crm_needs
        return LedgerReader(self.data / LEDGER).opportunities(LedgerCrm(self.data / LEDGER, needs))


@pytest.fixture
async def machine(telegram: TelegramStandin, tmp_path: Path) -> AsyncIterator[Machine]:
    port, data = free_port(), tmp_path / "data"
    environment = {
        "DEALDESK_DATA": str(data),
        "DEALDESK_LISTEN": f"127.0.0.1:{port}",
        "DEALDESK_TELEGRAM_TOKEN": telegram.token,
        "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
        "PYTHONPATH": str(REPOSITORY),
    }
    python = [sys.executable, "-m", "bot"]
    linked = [*python, "people", "add", "--name", "Sam", "--role", "sales", "--telegram", str(SAM)]
    with Workshop() as workshop:
        await asyncio.to_thread(subprocess.run, linked, env=environment, check=True)
        program = Program(
            workshop,
            [*python, "run"],
            answers=lambda: _answers(f"http://127.0.0.1:{port}/healthz"),
            environment=environment,
        )
        machine = Machine(program, data)
        await machine.starts()
        yield machine
        await asyncio.to_thread(program.stop)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.fixture
def sam(telegram: TelegramStandin) -> Person:
    return telegram.person(SAM, "Sam", started=True)


async def test_a_record_survives_five_kills(sam: Person, machine: Machine) -> None:
    await sam.says("record")
    await sam.hears("Which customer did you meet?", timeout=PATIENCE)
    await machine.kills()  # while a question stands
    await sam.says("Elbe Flugzeugwerke")  # while nobody is there
    await machine.starts()
    await sam.hears("Create it", timeout=PATIENCE)
    await (await sam.presses("New customer “Elbe Flugzeugwerke”")).answered(PATIENCE)
    await machine.kills()  # the press is kept, its answer perhaps on its way
    await machine.starts()
    await sam.says("continue")
    await sam.hears("Did the appointment take place?", timeout=PATIENCE)
    await sam.says("no")
    await sam.hears("Why not?", timeout=PATIENCE)
    await sam.says("Fog")
    await sam.says("skip")
    await sam.says("skip")
    await machine.kills()  # several sentences are on their way
    await machine.starts()
    await sam.says("continue")
    await sam.hears(re.compile("Back to .*Is everything right?", re.DOTALL), timeout=PATIENCE)
    await (await sam.presses("Save")).answered(PATIENCE)
    await machine.kills()  # saved, and perhaps in the CRM already
    await machine.starts()
    await sam.hears("Elbe Flugzeugwerke: in the CRM.", timeout=PATIENCE)
    await machine.kills()  # all is done
    await machine.starts()
    await sam.says("status")
    await sam.hears("Elbe Flugzeugwerke: Assess opportunities and risks", timeout=PATIENCE)
    (made,) = machine.opportunities()
    assert (made.title, made.customer) == ("Elbe Flugzeugwerke", "Elbe Flugzeugwerke")
    assert [title for title, _, _ in made.notes] == ["Appointment record"]
