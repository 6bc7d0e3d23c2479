"""Watches the CRM's calendar: meetings that ended, that begin soon, working days that begin.

Each becomes an event in its host's conversation, once, by its source key; what is said then is the
desk's business. Looks back further than to the last look: entries become visible late, and a
meeting can be entered after it was held. A CRM that is away is asked again.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot import codec
from bot.core import Core
from dialogs import recording
from dialogs.agenda import Agenda, Engagement, MeetingList, recorded
from dialogs.books import Books
from dialogs.crm import Staff
from dialogs.entries import staff
from dialogs.errors import CrmRefused, CrmUnavailable, StoreUnavailable
from dialogs.events import DayBegun, Event, MeetingEnded, MeetingSoon
from dialogs.library import Library
from dialogs.people import Person, may
from dialogs.ports import Clock, Crm
from dialogs.rows import Arrived
from dialogs.soon import AHEAD_MS

log = logging.getLogger(__name__)

NAME = "calendar"
"""Under which it is noted when the calendar was looked at last."""
BACK_MS = 2 * 3_600_000
"""How far a look reaches back behind the one before."""
FURTHEST_MS = 72 * 3_600_000
"""Of what ended before then nobody is asked, however long this program was away."""
MORNING_H = 4
"""A working day's digest comes within so many hours from its begin, or not at all."""
KNOWN = 20_000
Happening = tuple[str, str, Event]
"""Source key, conversation, event."""


class CalendarWatch:
    """Looks at the calendar every few seconds for everybody who is linked."""

    def __init__(
        self, core: Core, crm: Crm, clock: Clock, library: Library, every_s: float
    ) -> None:
        """Nothing is asked before `run`."""
        self._core, self._crm, self._clock = core, crm, clock
        self._library, self._every_s = library, every_s
        self._known: set[str] = set()
        """Source keys that the inbox has had from here."""

    async def run(self) -> None:
        """Look until cancelled; a database that is away is tried again."""
        while True:
            await asyncio.sleep(self._every_s)
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("what the calendar holds can't be kept now: %s", error)

    async def look(self) -> None:
        """Ask the CRM about everybody at once; what is new goes into the inbox."""
        now, people = self._clock.now(), list(self._linked())
        happened = list(self._days(people, now))
        meetings = await self._meetings(people, now) if people else None
        if meetings is not None:
            happened += self._happened(meetings, people, now)
        fresh = [one for one in happened if one[0] not in self._known]
        if not fresh and meetings is None:
            return
        await self._core.do(partial(self._keep, fresh, now, seen=meetings is not None))
        self._known = {
            *([] if len(self._known) > KNOWN else self._known),
            *(one[0] for one in fresh),
        }
        if fresh:
            await self._core.sweep()

    def _linked(self) -> Iterator[Person]:
        persons = self._core.people.persons.values()
        return (one for one in persons if one.addresses and may(one, "record"))

    async def _meetings(self, people: Iterable[Person], now: int) -> tuple[Engagement, ...] | None:
        last = await self._core.do(lambda books: books.last_worked(NAME))
        since = max((last or now) - BACK_MS, now - FURTHEST_MS)
        lookup = Agenda(tuple(map(staff, people)), since, now + AHEAD_MS)
        try:
            answer = await asyncio.to_thread(self._crm.look_up, lookup)
        except (CrmUnavailable, CrmRefused) as error:
            log.info("the calendar can't be read: %s", error)
            return None
        return answer.meetings if isinstance(answer, MeetingList) else None

    def _happened(
        self, meetings: Iterable[Engagement], people: Iterable[Person], now: int
    ) -> Iterator[Happening]:
        whose = {staff(one): one.id for one in people}
        rules = self._library.current
        records = [one for one in meetings if recording.is_record(rules, one)]
        for one in meetings:
            if one in records or recorded(one, records):
                continue
            yield from _event(one, whose, now)

    def _days(self, people: Iterable[Person], now: int) -> Iterator[Happening]:
        quiet = self._library.current.playbook.quiet
        for person in people:
            here = datetime.fromtimestamp(now / 1000, ZoneInfo(person.zone))
            if not quiet.rests(here) and here.hour < quiet.begins.hour + MORNING_H:
                day = here.date().isoformat()
                yield f"day:{person.id}:{day}", person.id, DayBegun(day)

    def _keep(self, happened: Iterable[Happening], now: int, books: Books, *, seen: bool) -> None:
        books.accept([self._arrived(*one, now) for one in happened])
        if seen:
            books.worked(NAME, now)

    def _arrived(self, key: str, conversation: str, event: Event, now: int) -> Arrived:
        payload = codec.happened.write(codec.Happened(event, None))
        return Arrived(key, conversation, self._clock.new_id(), now, payload)


def _event(one: Engagement, whose: Mapping[Staff, str], now: int) -> Iterator[Happening]:
    person = whose.get(one.host)
    if person is None:
        return
    if one.stop <= now:
        yield f"meeting:{one.id}:{one.stop}", person, MeetingEnded(one)
    elif one.start > now:
        yield f"soon:{one.id}:{one.start}", person, MeetingSoon(one)
