"""A running program on either database, with staff and a customer's contact to be looked for."""

from dataclasses import dataclass

from adapters.store import open_store
from tests.bot.terminal import Terminal
from tests.transcripts.installation import Installation
from tests.transcripts.player_engine import EnginePerson

NAME, LOGIN, CONTACT = "Zacharias Quittenbaum", "zq@canary.example", "Wilhelmine Zwetschge"
ACCOUNT = "canaryaccount"
PHONE = "+49 351 7654321"
OTHER = "Rosamunde Pflaumenkern"


@dataclass
class Desk:
    house: Installation
    staff: EnginePerson
    mia: EnginePerson
    terminal: Terminal

    def files(self) -> str:
        """All bytes of all files dealdesk keeps, but for the CRM that comes with it."""
        folder = self.house.settings.data
        kept = (path for path in folder.rglob("*") if path.is_file() and "ledger" not in path.name)
        return "\n".join(path.read_bytes().decode("latin-1") for path in kept)

    def tables(self) -> str:
        store = open_store(self.house.settings.database_url, shared=True)
        try:
            with store.transaction() as books:
                people = str(books.people())
                return people + "\n".join(one.text for one in books.passages())
        finally:
            store.close()


async def said(desk: Desk, *, away: bool = False) -> None:
    """A case with a contact waits for its decision, and another form is half filled in."""
    await desk.staff.types("record")
    await desk.staff.types(f"Company of {CONTACT}")
    await desk.staff.hears("Create it")
    await desk.staff.presses(f"New customer “Company of {CONTACT}”")
    desk.house.crm.turn(on=not away)
    for answer in ("no", f"{CONTACT} was ill, call {PHONE}", "skip", "skip", "save"):
        await desk.staff.types(answer)
    await desk.house.rest()
    await desk.staff.types("assess")
    await desk.staff.types("Strategic customer")
    for answer in ("5", "5", "none", "1000", "50", "Pursue", f"Ask {CONTACT}", "save"):
        await desk.staff.types(answer)
    await desk.house.rest()
    await desk.staff.types("record")
    await desk.staff.types(OTHER)
    await desk.house.rest()
