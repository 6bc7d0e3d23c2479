"""Looks every 20 s for leads that came in by themselves, and tells whoever is responsible.

The CRM's ids and times are those of the beginning of a transaction, so one that took long shows up
late and in the past: each look goes back ten minutes more than the last one, and the inbox lets
each lead in once for each person, for all replicas and after restarts.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from functools import partial

from bot import codec
from bot.core import Core
from dialogs.books import Books
from dialogs.errors import CrmRefused, CrmUnavailable, StoreUnavailable
from dialogs.events import LeadCame
from dialogs.lead_lookups import NewLead, NewLeadList, NewLeads
from dialogs.leads import responsible
from dialogs.library import Library
from dialogs.ports import Clock, Crm
from dialogs.rows import Arrived

log = logging.getLogger(__name__)

EVERY_S = 20.0
OVERLAP_MS = 10 * 60_000
NAME = "leads"
"""Under which it is kept when the CRM was looked at last."""


class LeadWatch:
    """Announces each new lead within a minute."""

    def __init__(self, core: Core, crm: Crm, library: Library, clock: Clock) -> None:
        """Nothing is asked before `run`."""
        self._core, self._crm, self._library, self._clock = core, crm, library, clock

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("nobody can be told of leads: %s", error)
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Ask for what came since the last look; what was missed while we were away comes too."""
        now = self._clock.now()
        last = await self._core.do(lambda books: books.last_worked(NAME))
        asked = NewLeads((now if last is None else min(last, now)) - OVERLAP_MS)
        try:
            answer = await asyncio.to_thread(self._crm.look_up, asked)
        except (CrmUnavailable, CrmRefused) as error:
            log.info("the CRM can't be asked about new leads: %s", error)
            return
        leads = answer.leads if isinstance(answer, NewLeadList) else ()
        if len(leads) == asked.limit:
            log.warning("%d leads came in at once; there may be more", asked.limit)
        await self._core.do(partial(self._keep, leads, now))
        if leads:
            await self._core.sweep()

    def _keep(self, leads: Sequence[NewLead], now: int, books: Books) -> None:
        books.accept([one for lead in leads for one in self._arrived(lead)])
        books.worked(NAME, now)

    def _arrived(self, lead: NewLead) -> Iterator[Arrived]:
        people = responsible(self._library.current.playbook, self._core.people, lead)
        if not people:
            log.warning("nobody can be told of lead %d: link somebody of management", lead.id)
        told = tuple(person.id for person in people)
        for person in told:
            event_id = self._clock.new_id()
            payload = codec.happened.write(codec.Happened(LeadCame(lead, told), None))
            key = f"lead:{lead.id}:{person}"
            yield Arrived(key, person, event_id, self._clock.now(), payload)
