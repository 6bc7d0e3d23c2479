"""An office with a real Odoo where people may write with keys of their own.

Who says what, who gives which key, and in whose name it then stands in Odoo.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

import httpx

from bot.running import running
from bot.settings import Settings, read_settings
from bot.wiring import Program, assemble
from dialogs.people import Person
from dialogs.shows import Notice
from tests.rig.odoo import OdooUser
from tests.rig.odoo_keys import make_key
from tests.rig.processes import free_port
from tests.transcripts.clock import BERLIN, StillClock
from tests.transcripts.odoo_company import Company
from tests.transcripts.player_engine import Engine, EnginePerson

MASTER_KEY = "c2VjcmV0LW1hc3Rlci1rZXktb2YtMzItYnl0ZXMtISE="
EARLIER_KEY = "YW4tZWFybGllci1tYXN0ZXIta2V5LW9mLTMyLWJ5dGU="
DAY_S = 24 * 3600
PATIENCE_S = 60.0
_starts = count(1)


@dataclass
class Colleague:
    """Somebody with a chat, and with a user in Odoo."""

    chat: EnginePerson
    user: OdooUser
    address: str = ""
    """The one-time page they were shown last."""

    async def types(self, *lines: str) -> None:
        for line in lines:
            await self.chat.types(line)

    async def records(self, customer: str) -> None:
        """A short appointment with a new customer."""
        await self.types("record", customer)
        await self.chat.hears("Create it, or type another name.")
        await self.chat.presses(f"New customer “{customer}”")
        await self.chat.presses("No")
        await self.types("Fog", "skip", "skip", "save")

    async def asks_for_the_page(self) -> str:
        await self.types("key")
        await self.chat.hears("Give my API key")
        links = [one.show.link for one in self.chat.standings() if isinstance(one.show, Notice)]
        self.address = [link.url for link in links if link and "/key/" in link.url][-1]
        return self.address


@dataclass
class Office:
    program: Program
    url: str
    company: Company
    clock: StillClock
    engine: Engine
    people: dict[str, Colleague] = field(default_factory=dict)

    async def gives(self, who: Colleague, key: str) -> httpx.Response:
        """Open the page as a browser does and send the form."""
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as browser:
            seen = await browser.get(who.address)
            assert seen.status_code == 200, seen.text
            assert who.user.login in seen.text
            return await browser.post(who.address, data={"key": key})

    async def rests(self) -> None:
        await self.program.core.sweep()
        await self.program.deliveries.idle()

    async def waits(self) -> int:
        """Entries that are not in Odoo yet."""
        lines = await self.program.core.do(lambda books: books.deliveries({"pending"}, 50))
        return len(lines)

    def made_by(self, title: str) -> list[str]:
        """The logins that made the opportunities of that name."""
        odoo = self.company.odoo
        leads = odoo.call("crm.lead", "search_read", [("name", "=", title)], ["create_uid"])
        makers = [one["create_uid"][0] for one in leads]
        rows = odoo.call("res.users", "read", makers, ["login"])
        return [row["login"] for row in rows]

    def new_key(self, who: Colleague) -> str:
        odoo = self.company.odoo
        return make_key(odoo.url, odoo.database, who.user.login, who.user.password)

    def ends_the_keys_of(self, who: Colleague) -> None:
        """In Odoo's table, and in its memory of passwords that were good."""
        odoo = self.company.odoo
        odoo.postgres.sql(
            "UPDATE res_users_apikeys SET expiration_date = now() - interval '1 day' "
            f"WHERE user_id = {who.user.user_id}",
            odoo.database,
        )
        odoo.call("res.users", "write", [who.user.user_id], {"tz": "Europe/Paris"})


def settings_of(company: Company, driver: str, folder: Path, **more: str) -> Settings:
    variables = company.variables(driver, company.odoo.service)
    own = {"DEALDESK_DATA": str(folder), "DEALDESK_LISTEN": f"127.0.0.1:{free_port()}"}
    own["DEALDESK_PACE"] = "0"  # a test types faster than any person
    return read_settings({**variables, **own, **more})


@asynccontextmanager
async def office(
    company: Company, settings: Settings, clock: StillClock, names: Sequence[str]
) -> AsyncIterator[Office]:
    """Run the program with these sales people; the browser finds it at its real address."""
    engine = Engine("chat", clock)
    engine.numbers = count(next(_starts) * 10_000)  # an event's number is never another's
    program = assemble(settings, clock, channels=engine.channels())
    async with running(program) as url:
        await engine.connect(url)
        made = Office(program, url, company, clock, engine)
        for name in names:
            made.people[name] = await _admitted(made, name)
        yield made


async def _admitted(made: Office, name: str) -> Colleague:
    user = made.company.users.get(name) or made.company.odoo.new_user(name)
    made.company.users[name] = user
    chat = EnginePerson(made.engine, name.lower())
    person = Person(
        id=name.lower(), name=name, role="sales", login=user.login, crm_user=user.user_id,
        addresses=(chat.address,),
    )  # fmt: skip
    await made.program.core.do(lambda books: books.keep_person(person))
    await made.program.core.do(made.program.people.refresh)
    return Colleague(chat, user)


def now_clock() -> StillClock:
    """Odoo lives by the machine's clock, and so do keys."""
    return StillClock(datetime.now(BERLIN))
