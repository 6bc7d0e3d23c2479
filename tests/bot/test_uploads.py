"""A file from the page is kept until it is in the CRM and no longer; it goes with its person."""

import json
from base64 import b64encode
from dataclasses import replace

from adapters.ledger import LedgerCrm
from dialogs.events import Arrival, Shared
from dialogs.files import attached
from dialogs.people import Address
from tests.bot.desk import NAME, Desk
from tests.bot.test_retention import passes
from tests.transcripts.platforms import CONTENTS

MARK = b"%PDF-1.7 the canary Eulalia sings"
ACCOUNT = "f00d"


async def brings(desk: Desk, ref: str, caption: str) -> None:
    """The page has uploaded it and names it."""
    await desk.house.program.web.luggage.keep(ACCOUNT, ref, MARK)
    file = attached("web", f"{ACCOUNT}.{ref}", "offer.pdf", len(MARK))
    at, shared = desk.house.clock.now(), Shared("file", (file,), caption)
    await desk.house.program.core.accept(Arrival(f"web:{ref}", desk.staff.address, at, shared))
    await desk.house.rest()


async def kept(desk: Desk) -> list[str]:
    found = await desk.house.program.core.do(lambda books: books.uploads(ACCOUNT))
    return [one.ref for one in found]


async def test_a_file_is_swept_away_once_it_is_in_the_crm(desk: Desk) -> None:
    await desk.house.program.web.luggage.keep(ACCOUNT, "other", CONTENTS[".pdf"])
    await desk.staff.types("record")
    await desk.staff.types("Airbus Hamburg GmbH")
    await desk.staff.hears("Create it")
    await desk.staff.presses("New customer “Airbus Hamburg GmbH”")
    desk.house.crm.turn(on=False)
    await brings(desk, "u1", "no")
    for answer in ("They were ill", "skip", "skip", "save"):
        await desk.staff.types(answer)
    await desk.house.rest()
    await passes(desk, days=0)
    assert await kept(desk) == ["other", "u1"]  # the CRM is away: it waits with its record
    desk.house.crm.turn(on=True)
    await desk.staff.hears("Airbus Hamburg GmbH: in the CRM", 60)
    ledger = desk.house.crm.crm
    assert isinstance(ledger, LedgerCrm)
    (deal,) = ledger.overview()
    assert [(one.name, one.type, one.size) for one in deal.files] == [
        ("offer.pdf", "application/pdf", len(MARK))
    ]
    await passes(desk, days=0)
    assert await kept(desk) == ["other"]
    assert "Eulalia" not in desk.files()
    await passes(desk, days=31)
    assert await kept(desk) == []


async def test_a_file_is_exported_and_erased_with_its_person(desk: Desk) -> None:
    await brings(desk, "u1", "")
    program = desk.house.program
    (person,) = (one for one in program.people.directory.persons.values() if one.name == NAME)
    web = Address("web", ACCOUNT, ACCOUNT)
    linked = replace(person, addresses=(*person.addresses, web))
    await program.core.do(lambda books: books.keep_person(linked))
    (file,) = json.loads(desk.terminal.hears("privacy", "export", NAME))["files"]
    assert (file["ref"], file["content"]) == ("u1", b64encode(MARK).decode())
    assert "Erased the person" in desk.terminal.hears("privacy", "erase", NAME, "--yes")
    assert await kept(desk) == []
    assert "Eulalia" not in desk.files()
