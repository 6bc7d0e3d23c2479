"""One program in this process, with people in front of it and a CRM that can be away or slow."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.wiring import Program, open_crm
from dialogs.people import Person
from dialogs.ports import Clock
from tests.endurance.front import Chat, Front
from tests.transcripts.installation import Installation, OpenCrm
from tests.transcripts.switch import Switched


class Office(Front):
    """See `Front`; `program` is what runs behind it."""

    def __init__(self, house: Installation) -> None:
        super().__init__(house.program.core.accept, house.clock)
        self.house = house

    @property
    def program(self) -> Program:
        return self.house.program

    @property
    def crm(self) -> Switched:
        return self.house.crm


@asynccontextmanager
async def office(
    folder: Path,
    people: Sequence[Person],
    *,
    clock: Clock | None = None,
    database: str = "",
    crm: OpenCrm = open_crm,
    variables: dict[str, str] | None = None,
) -> AsyncIterator[Office]:
    fronts: list[Office] = []
    chat = Chat(lambda say: fronts[0].show(say))  # noqa: PLW0108 - there is none yet
    given = {"DEALDESK_DATABASE_URL": database} if database else {}
    house = Installation(
        folder,
        clock or SystemClock(),
        variables={**given, **(variables or {})},
        people=people,
        channels=lambda: {chat.name: chat},
        crm=crm,
    )
    async with house:
        fronts.append(Office(house))
        yield fronts[0]
