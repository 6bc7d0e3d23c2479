"""Looks every 20 s for leads that came in by themselves, and tells whoever is responsible.

The CRM's ids and times are those of the beginning of a transaction, so one that took long shows up
late and in the past: each look goes back ten minutes more than the last one, and the inbox lets
each lead in once for each person, for all replicas and after restarts. As long as nobody can be
told of one, the looks go back to where it came in; one that is a case by now was told already.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot import codec
from bot.core import Core
from dialogs.books import Books
from dialogs.errors import CrmRefused, CrmUnavailable, StoreUnavailable
from dialogs.events import LeadCame
from dialogs.lead_lookups import NewLead, NewLeadList, NewLeads
from dialogs.leads import case_id, responsible
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
        self._untold: frozenset[int] = frozenset()
        """The leads of the last look that nobody could be told of."""

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
        since = now if last is None else min(last, now)
        try:
            leads = await asyncio.to_thread(self._come_since, since - OVERLAP_MS)
        except (CrmUnavailable, CrmRefused) as error:
            log.info("the CRM can't be asked about new leads: %s", error)
            return
        told, untold = await self._core.do(partial(self._keep, leads, now, last))
        self._warned(untold)
        if told:
            await self._core.sweep()

    def _come_since(self, since: int) -> tuple[NewLead, ...]:
        """All of them: those that wait to be told would hide the later ones."""
        asked = NewLeads(since)
        while True:
            answer = self._crm.look_up(asked)
            leads = answer.leads if isinstance(answer, NewLeadList) else ()
            if len(leads) < asked.limit:
                return leads
            asked = replace(asked, limit=asked.limit * 2)

    def _keep(
        self, leads: Sequence[NewLead], now: int, last: int | None, books: Books
    ) -> tuple[int, frozenset[int]]:
        """How many were told, and the ids of those that nobody can be told of yet."""
        known = books.cases([case_id(lead.id) for lead in leads]) if leads else {}
        fresh = [lead for lead in leads if lead.owner or case_id(lead.id) not in known]
        told = {lead.id: list(self._arrived(lead)) for lead in fresh}
        books.accept([one for arrivals in told.values() for one in arrivals])
        untold = frozenset(number for number, arrivals in told.items() if not arrivals)
        if last is None or not untold:
            books.worked(NAME, now)
        return len(fresh) - len(untold), untold

    def _warned(self, untold: frozenset[int]) -> None:
        """Once of each: it is looked for every 20 s until somebody is there."""
        if untold - self._untold:
            told = "leads nobody is linked for who can be told of them: %d, the last is %d"
            log.warning(told, len(untold), max(untold))
        self._untold = untold

    def _arrived(self, lead: NewLead) -> Iterator[Arrived]:
        people = responsible(self._library.current.playbook, self._core.people, lead)
        told = tuple(person.id for person in people)
        for person in told:
            event_id = self._clock.new_id()
            payload = codec.happened.write(codec.Happened(LeadCame(lead, told), None))
            key = f"lead:{lead.id}:{person}"
            yield Arrived(key, person, event_id, self._clock.now(), payload)
