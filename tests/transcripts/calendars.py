"""The calendar behind a story: what people plan in the CRM, put off and call off there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from adapters.ledger import LedgerCrm
from dialogs.ports import Crm
from tests.transcripts.clock import BERLIN

_PLANNED = re.compile(
    r"(\w+) plans a meeting with (.+) of (.+) from (\d\d):(\d\d) to (\d\d):(\d\d)"
)
_ABOUT = re.compile(r"(\w+) plans a meeting about (.+) from (\d\d):(\d\d) to (\d\d):(\d\d)")
_PUT_OFF = re.compile(r"the meeting at (.+) is put off by (\d+) minutes")
_OFF = re.compile(r"the meeting at (.+) is called off")


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting as a person enters it."""

    host: str
    guest: str
    customer: str
    start: datetime
    stop: datetime
    opportunity: int | None = None
    """With it there is nobody from outside, but something that it is about."""


class Calendar(Protocol):
    """The CRM's calendar, in a person's hands."""

    def plan(self, crm: Crm, meeting: Planned) -> int: ...

    def put_off(self, crm: Crm, number: int, start: datetime, stop: datetime) -> None: ...

    def call_off(self, crm: Crm, number: int) -> None: ...


class LedgerCalendar:
    """See `Calendar`."""

    def plan(self, crm: Crm, meeting: Planned) -> int:
        assert isinstance(crm, LedgerCrm)
        times = (_ms(meeting.start), _ms(meeting.stop))
        about = f"Visit at {meeting.customer}"
        if meeting.opportunity is not None:
            return crm.plan_meeting(about, *times, meeting.host, opportunity=meeting.opportunity)
        (found,) = crm.search_customers(meeting.customer, 1)
        return crm.plan_meeting(
            about, *times, meeting.host, customer=found.id, guests=[meeting.guest]
        )

    def put_off(self, crm: Crm, number: int, start: datetime, stop: datetime) -> None:
        assert isinstance(crm, LedgerCrm)
        crm.move_meeting(number, _ms(start), _ms(stop))

    def call_off(self, crm: Crm, number: int) -> None:
        assert isinstance(crm, LedgerCrm)
        crm.cancel_meeting(number)


@dataclass
class OdooCalendar:
    """See `Calendar`. `call` does what the administrator asks, `user` is a colleague's id."""

    call: Callable[..., Any]
    user: Callable[[str], int]

    def plan(self, crm: Crm, meeting: Planned) -> int:
        user = self.user(meeting.host)
        (host,) = self.call("res.users", "read", [user], ["partner_id"])
        event = {
            "name": f"Visit at {meeting.customer}",
            "user_id": user,
            "partner_ids": [(6, 0, [host["partner_id"][0], *self._guests(meeting)])],
            "opportunity_id": meeting.opportunity or False,
            **_times(meeting.start, meeting.stop),
        }
        (made,) = self.call("calendar.event", "create", [event], context=_SILENT)
        return int(made)

    def _guests(self, meeting: Planned) -> list[int]:
        if meeting.opportunity is not None:
            return []
        (company,) = self.call("res.partner", "search", [("name", "=", meeting.customer)])
        facts = {"name": meeting.guest, "parent_id": company}
        (guest,) = self.call("res.partner", "create", [facts])
        return [guest]

    def put_off(self, crm: Crm, number: int, start: datetime, stop: datetime) -> None:
        times = _times(start, stop)
        self.call("calendar.event", "write", [number], times, context=_SILENT)

    def call_off(self, crm: Crm, number: int) -> None:
        self.call("calendar.event", "unlink", [number], context=_SILENT)


_SILENT = {"no_mail_to_attendees": True, "dont_notify": True}


@dataclass
class Diary:
    """What was planned in a story, by customer."""

    calendar: Calendar
    planned: dict[str, tuple[int, Planned]] = field(default_factory=dict)
    opportunities: dict[str, int] = field(default_factory=dict)
    """What people put into the CRM, by title."""

    def happens(self, crm: Crm, what: str, today: datetime) -> bool:
        """Let it happen; False when it is nothing of the calendar's."""
        if found := _PLANNED.fullmatch(what):
            self._plan(crm, *found.groups(), today=today)
        elif found := _ABOUT.fullmatch(what):
            host, title, *clock = found.groups()
            about = self.opportunities[title]
            self._plan(crm, host, "", title, *clock, today=today, about=about)
        elif found := _PUT_OFF.fullmatch(what):
            self._put_off(crm, found[1], timedelta(minutes=int(found[2])))
        elif found := _OFF.fullmatch(what):
            self.calendar.call_off(crm, self.planned[found[1]][0])
        return found is not None

    def _plan(
        self,
        crm: Crm,
        host: str,
        guest: str,
        customer: str,
        *clock: str,
        today: datetime,
        about: int | None = None,
    ) -> None:
        hour, minute, till, last = map(int, clock)
        start = today.replace(hour=hour, minute=minute, second=0, microsecond=0)
        stop = start.replace(hour=till, minute=last)
        meeting = Planned(host, guest, customer, start, stop, about)
        self.planned[customer] = (self.calendar.plan(crm, meeting), meeting)

    def _put_off(self, crm: Crm, customer: str, by: timedelta) -> None:
        number, meeting = self.planned[customer]
        self.calendar.put_off(crm, number, meeting.start + by, meeting.stop + by)


def today(now: int) -> datetime:
    """What day and time it is in Berlin."""
    return datetime.fromtimestamp(now / 1000, BERLIN)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _times(start: datetime, stop: datetime) -> dict[str, str]:
    return {name: f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" for name, at in
            (("start", start), ("stop", stop))}  # fmt: skip
