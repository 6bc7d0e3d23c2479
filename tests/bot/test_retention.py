"""What was said is emptied in time, from the tables and from the files; what is open stays."""

from dataclasses import dataclass

from bot.clock import SystemClock
from dialogs.rows import Passage
from tests.bot.desk import CONTACT, OTHER, PHONE, Desk, said

DAY_MS = 24 * 3_600_000


@dataclass
class Later(SystemClock):
    """So many days from now."""

    days: int

    def now(self) -> int:
        return SystemClock().now() + self.days * DAY_MS


async def test_i5_texts_older_than_the_limit_are_gone_and_open_ones_stay(desk: Desk) -> None:
    await said(desk)
    await desk.mia.presses("Approve")
    await desk.house.rest()
    for words in ("lost", "No need", "skip", "save"):
        await desk.staff.types(words)
        await desk.house.rest()
    shown = f'"{CONTACT} was shown in the web chat"'
    now = desk.house.clock.now()
    await desk.house.program.core.do(lambda books: books.post("web", "x", "m1", shown, now))

    await passes(desk, days=29)
    assert {one.table for one in await named(desk, CONTACT)} >= {"inbox", "case_file", "message"}
    await passes(desk, days=31)
    left = await named(desk, CONTACT)
    assert {(one.table, one.column) for one in left} == {("conversation", "state")}
    assert PHONE not in desk.tables()
    assert {one.table for one in await named(desk, OTHER)} == {"conversation"}
    assert PHONE not in desk.files()
    assert "are as they were written" in desk.terminal.hears("audit", "verify")
    await desk.staff.types("summary")
    await desk.staff.hears(OTHER)
    await desk.mia.types("pending")
    await desk.mia.hears("No decision is waiting")


async def passes(desk: Desk, *, days: int) -> None:
    upkeep = desk.house.program.dispatcher._upkeep
    upkeep._clock = Later(days)
    upkeep._cleared = 0
    await upkeep.see_to()


async def named(desk: Desk, name: str) -> list[Passage]:
    passages = await desk.house.program.core.do(lambda books: list(books.passages()))
    return [one for one in passages if name in one.text]
