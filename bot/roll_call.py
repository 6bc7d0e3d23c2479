"""Asks the CRM every half minute what it makes of everybody with a login there.

So somebody archived or moved to other groups loses their rights within a minute, whatever they do;
a decision asks for itself as well. A CRM that is away changes nothing: it is asked again.
"""

import asyncio
import logging
from functools import partial

from bot import codec
from bot.core import Core
from dialogs.books import Books
from dialogs.crm import Standing
from dialogs.entries import staff
from dialogs.errors import CrmRefused, CrmUnavailable
from dialogs.events import Vouched
from dialogs.people import CRM_GROUPS, Person, crm_role
from dialogs.ports import Clock, Crm
from dialogs.rows import Arrived

log = logging.getLogger(__name__)

EVERY_S = 30.0


class RollCall:
    """Keeps what is known of people's standing in the CRM less than a minute old."""

    def __init__(self, core: Core, crm: Crm, clock: Clock) -> None:
        """Nothing is asked before `run`."""
        self._core, self._crm, self._clock = core, crm, clock

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Ask about everybody at once; whoever stands differently hears of it as an event."""
        people = [one for one in self._core.people.persons.values() if one.in_crm]
        if not people:
            return
        try:
            asked = partial(self._crm.standing, tuple(map(staff, people)), tuple(CRM_GROUPS))
            standings = await asyncio.to_thread(asked)
        except (CrmUnavailable, CrmRefused) as error:
            log.info("the CRM can't be asked about people's standing: %s", error)
            return
        changed = [
            (person, standing)
            for person, standing in zip(people, standings, strict=True)
            if crm_role(active=standing.active, groups=standing.groups) != person.crm_role
        ]
        if changed:
            await self._core.do(lambda books: self._keep(books, changed))
            await self._core.sweep()

    def _keep(self, books: Books, changed: list[tuple[Person, Standing]]) -> None:
        books.accept([self._arrived(person, standing) for person, standing in changed])

    def _arrived(self, person: Person, standing: Standing) -> Arrived:
        event = Vouched(standing.active, tuple(sorted(standing.groups)))
        event_id = self._clock.new_id()
        payload = codec.happened.write(codec.Happened(event, None))
        return Arrived(f"roll:{event_id}", person.id, event_id, self._clock.now(), payload)
