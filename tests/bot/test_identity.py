"""People linked by code and vouched for by the CRM, in a whole program; on the ledger."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.invitations import keep_code
from dialogs.people import Address, Person
from tests.transcripts.clock import StillClock
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine, EnginePerson

MANAGER, SALESMAN = "sales_team.group_sale_manager", "sales_team.group_sale_salesman"
CODE = "0123456789abcdefghijkl"
RECORD = ("record", "Meyer", "no", "Fog", "skip", "skip", "save")
ASSESS = ("assess", "Strategic customer", "4", "5", "none", "1000", "50", "Pursue", "skip", "save")


class House:
    """A program with one chat in which people type."""

    def __init__(self, folder: Path, clock: StillClock, **variables: str) -> None:
        self.clock, self.chat = clock, Engine("chat", clock)
        self.install = Installation(folder, clock, variables=variables, channels=self.chat.channels)

    def somebody(self, name: str) -> EnginePerson:
        return self.chat.somebody(name, "en")

    async def start(self) -> None:
        await self.install.start()
        await self.chat.connect("")

    async def know(self, *people: Person) -> None:
        def keep(books):
            for person in people:
                books.keep_person(person)
            self.install.program.people.refresh(books)

        await self.install.program.core.do(keep)

    async def types(self, name: str, *texts: str) -> None:
        for text in texts:
            await self.somebody(name).types(text)
            await self.install.rest()

    async def presses(self, name: str, button: str) -> None:
        await self.somebody(name).presses(button)
        await self.install.rest()

    def seen(self, name: str) -> str:
        return "\n".join(one.text for one in self.somebody(name).chat())

    def person(self, name: str) -> Person:
        return self.install.program.people.directory.persons[name]

    async def asks(self) -> None:
        """Sam records and assesses, until management is asked."""
        await self.types("Sam", *RECORD[:2])
        await self.presses("Sam", "New customer “Meyer”")
        await self.types("Sam", *RECORD[2:], *ASSESS)


def colleague(name: str, role: str, **more) -> Person:
    seat = Address("chat", name.lower(), name.lower())
    return Person(name.lower(), name, role, addresses=(seat,), **more)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path, StillClock())
    await house.start()
    yield house
    await house.install.stop()


async def test_a_code_links_an_account_and_is_kept_nowhere_in_words(house: House, tmp_path: Path):
    sam = Person("sam", "Sam", "sales")
    await house.know(sam)
    now = house.clock.now()
    await house.install.program.core.do(lambda books: keep_code(books, CODE, sam, now))
    assert not _holds(tmp_path, CODE), "only its hash is kept"
    await house.types("Otto", CODE)
    await house.presses("Otto", "Connect")
    assert "Connected: Sam" in house.seen("Otto")
    await house.types("Otto", "record")
    assert "Which customer did you meet?" in house.seen("Otto")


def _holds(folder: Path, text: str) -> bool:
    files = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return any(text.encode() in content for content in files)


async def test_d14_a_code_is_used_once_by_whoever_is_first(house: House):
    sam = Person("sam", "Sam", "sales")
    await house.know(sam)
    now = house.clock.now()
    await house.install.program.core.do(lambda books: keep_code(books, CODE, sam, now))
    await house.types("Otto", CODE)
    await house.types("Eve", CODE)
    assert "does not count" in house.seen("Eve")
    await house.presses("Otto", "Connect")
    assert [one.account for one in house.person("sam").addresses] == ["otto"]


async def test_a11_the_roll_call_notices_what_the_crm_changed(house: House):
    ledger = house.install.crm.crm
    staff = ledger.add_staff("Mia", "mia@example.com", [MANAGER])
    await house.know(colleague("Mia", "management", login=staff.login, crm_user=staff.user))
    roll_call = house.install.program.roll_call
    await roll_call.look()
    assert house.person("mia").who == "management"
    await house.types("Mia", "pending")
    assert "No decision is waiting" in house.seen("Mia")
    ledger.add_staff("Mia", "mia@example.com", [SALESMAN])
    await roll_call.look()
    assert house.person("mia").who == "sales"
    ledger.remove_staff("mia@example.com")
    await roll_call.look()
    assert house.person("mia").who == "former"
    await house.types("Mia", "record")
    assert "does not know you as an active colleague" in house.seen("Mia")


async def test_the_roll_call_changes_nothing_while_the_crm_is_away(house: House):
    await house.know(colleague("Mia", "management", login="mia@example.com", crm_role="sales"))
    house.install.crm.turn(on=False)
    await house.install.program.roll_call.look()
    assert house.person("mia").crm_role == "sales"


async def test_d13_a_press_survives_a_restart_while_the_crm_is_away(house: House):
    ledger = house.install.crm.crm
    staff = ledger.add_staff("Mia", "mia@example.com", [MANAGER])
    mia = colleague("Mia", "management", login=staff.login, crm_user=staff.user)
    await house.know(colleague("Sam", "sales"), mia)
    await house.asks()
    house.install.crm.turn(on=False)
    await house.presses("Mia", "Approve")
    assert "kept and counts as soon as the CRM has confirmed it" in house.seen("Mia")
    await house.install.restart()
    await house.chat.connect("")
    assert "Management approved" not in house.seen("Sam")
    house.install.crm.turn(on=True)
    house.clock.turn(120)
    await house.install.catch_up()
    assert "Management approved “Meyer” (Mia)" in house.seen("Sam")
    assert "You approved “Meyer”" in house.seen("Mia")


async def test_d3_the_crm_is_asked_at_the_press_whatever_was_known_before(house: House):
    ledger = house.install.crm.crm
    staff = ledger.add_staff("Mia", "mia@example.com", [MANAGER])
    mia = colleague("Mia", "management", login=staff.login, crm_user=staff.user)
    await house.know(colleague("Sam", "sales"), replace(mia, crm_role="management"))
    await house.asks()
    ledger.add_staff("Mia", "mia@example.com", [SALESMAN])
    await house.presses("Mia", "Approve")
    assert "not entitled" in house.seen("Mia")
    assert "Management approved" not in house.seen("Sam")
    assert house.person("mia").who == "sales"


async def test_a_crm_that_refuses_to_tell_decides_nothing(house: House):
    await house.know(
        colleague("Sam", "sales"),
        colleague("Mia", "management", login="mia@example.com", crm_role="management"),
    )
    await house.asks()
    house.install.crm.crm.standing = _refuses
    await house.presses("Mia", "Approve")
    assert "kept and counts as soon as the CRM has confirmed it" in house.seen("Mia")
    assert "Management approved" not in house.seen("Sam")


def _refuses(*_):
    from dialogs.errors import CrmRefused  # noqa: PLC0415 - of this one test

    raise CrmRefused("The account may not read users.")
