"""A backup made while dealdesk runs, and life after going back to one: nothing stands twice."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.wiring import LEDGER, copy_database, open_store
from dialogs.people import Person
from dialogs.rows import Arrived
from tests.bot.desk import CONTACT, Desk, said
from tests.bot.office import Office
from tests.bot.terminal import Terminal
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import Engine

DATABASE = "dealdesk.sqlite3"


async def test_a_backup_of_a_running_program_is_whole_and_readable_by_its_owner_alone(
    office: Office, tmp_path: Path
) -> None:
    await office.records("Airbus")
    await office.house.rest()
    terminal, target = Terminal(office.house.variables), tmp_path / "backup"
    assert terminal.hears("backup", str(target)) == f"Everything is in {target}.\n"
    names = {path.name for path in target.iterdir()}
    assert names >= {DATABASE, LEDGER, "playbooks"}
    assert {path.stat().st_mode & 0o077 for path in target.iterdir()} == {0}
    copied = Terminal({"DEALDESK_DATA": str(target)})
    assert copied.hears("audit", "verify").startswith("2 rows")
    assert "-record-1" in copied.hears("deliveries", "list", "--all")
    assert "is not empty" in terminal.types("backup", str(target)).complained


def test_a_copy_made_between_writes_holds_all_of_a_transaction_or_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/live.db")
    store.prepare()
    for number in range(20):
        with store.transaction() as books:
            books.accept([Arrived(f"{number}a", "t", "e", 0, "x")])
            if number == 10:
                copy_database(tmp_path / "live.db", tmp_path / "copy.db")
            books.accept([Arrived(f"{number}b", "t", "e", 0, "x")])
    store.close()
    copy = open_store(f"sqlite:///{tmp_path}/copy.db")
    with copy.transaction() as books:
        assert books.counts()["inbox.new"] == 20
    copy.close()


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
async def test_of_postgresql_the_command_is_told_and_the_backup_called_incomplete(
    desk: Desk, tmp_path: Path
) -> None:
    ended = desk.terminal.types("backup", str(tmp_path / "backup"))
    assert ended.status == 1
    assert "pg_dump --format=custom" in ended.said
    assert "rig@" in ended.said
    assert ":rig@" not in ended.said


async def test_g12_an_older_backup_makes_nothing_twice_and_asks_nothing_again(
    tmp_path: Path,
) -> None:
    clock, data, backup = SystemClock(), tmp_path / "data", tmp_path / "backup"
    engine = Engine("chat", clock)
    sam, mia = engine.somebody("Sam", "en"), engine.somebody("Mia", "en")
    people = [
        Person("sam", "Sam", "sales", addresses=(sam.address,)),
        Person("mia", "Mia", "management", addresses=(mia.address,)),
    ]
    house = Installation(data, clock, people=people, channels=engine.channels)
    async with house:
        await engine.connect(house.url)
        desk = Desk(house, sam, mia, Terminal(house.variables))
        await said(desk)
        await mia.hears(f"Company of {CONTACT}")
        await pending_entry(desk, "Airbus")
        desk.terminal.hears("backup", str(backup))
        house.crm.turn(on=True)
        await sam.hears("Airbus: in the CRM", 60)
        await mia.presses("Approve")
        await house.rest()
        entered = entries(desk)
        assert entered == [("Airbus", 1), (f"Company of {CONTACT}", 3)]
    go_back(backup, data)
    terminal = Terminal(house.variables)
    told = terminal.hears("restored")
    assert told == "1 questions were decided already and are closed; 0 are open.\n"
    async with house:
        await mia.types("pending")
        await mia.hears("No decision is waiting")
        await nothing_waits(house)
        assert entries(desk) == entered
    assert terminal.hears("deliveries", "list") == "Nothing waits and nothing was refused.\n"
    assert "withdrawn" in terminal.hears("audit", "list")
    assert "0 questions were decided" in terminal.hears("restored")


async def nothing_waits(house: Installation) -> None:
    async with asyncio.timeout(60):
        while await house.program.core.do(lambda books: books.deliveries(["pending"], 1)):
            await house.catch_up()
            await asyncio.sleep(0.1)


def go_back(backup: Path, data: Path) -> None:
    """The restore of docs/operating.md."""
    for beside in ("-wal", "-shm"):
        Path(f"{data / DATABASE}{beside}").unlink(missing_ok=True)
    shutil.copy(backup / DATABASE, data / DATABASE)


async def pending_entry(desk: Desk, customer: str) -> None:
    """Another case is recorded while the CRM is away."""
    await desk.staff.types("cancel")
    await desk.staff.types("record")
    await desk.staff.types(customer)
    await desk.house.rest()
    desk.house.crm.turn(on=False)
    await desk.staff.presses(f"New customer “{customer}”")
    for answer in ("no", "Fog", "skip", "skip", "save"):
        await desk.staff.types(answer)
    await desk.staff.hears("is kept")


def entries(desk: Desk) -> list[tuple[str, int]]:
    """Title and number of notes of every opportunity."""
    crm = desk.house.crm.crm
    return sorted((one.title, len(one.notes)) for one in crm.overview())  # type: ignore[attr-defined] # the ledger's own
