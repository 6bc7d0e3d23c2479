"""The calendar's customer meetings: which count, what is known of each, and how one is recorded."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from dialogs.agenda import Agenda, Engagement
from dialogs.crm import Meeting, Staff
from tests.contracts.crm.wishes import new_case, plain
from tests.contracts.crm.world import World

SALESMAN = "sales_team.group_sale_salesman"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_DAYS = count(0, 7)
_TEAMS: dict[int, tuple[World, Staff, Staff]] = {}
"""A world with two of its salespeople: hiring takes a real Odoo longer than all the rest."""


def _team(world: World) -> tuple[Staff, Staff]:
    if id(world) not in _TEAMS:
        names = (f"{name} {secrets.token_hex(4)}" for name in ("Vera", "Tom"))
        vera, tom = (world.hire(name, SALESMAN) for name in names)
        _TEAMS[id(world)] = (world, vera, tom)
    return _TEAMS[id(world)][1:]


def _company(world: World) -> tuple[int, str]:
    name = f"Werft {secrets.token_hex(4)}"
    return world.add_company(name), name


def _seen(
    world: World, *colleagues: Staff, since: datetime, hours: float = 24
) -> tuple[Engagement, ...]:
    start = int(since.timestamp() * 1000)
    asked = Agenda(colleagues, start, start + int(hours * 3_600_000))
    return world.crm.look_up(asked).meetings


class Calendar:
    @pytest.fixture
    def noon(self) -> datetime:
        """A day on which nobody else has planned anything."""
        return NOON + timedelta(days=next(_DAYS))

    def test_a_meeting_with_somebody_of_a_customers_comes_with_all_that_is_known(
        self, world: World, noon: datetime
    ) -> None:
        vera, tom = _team(world)
        number, name = _company(world)
        planned = world.plan(vera, noon, company=number, guest="Guest Ada", colleague=tom)
        (seen,) = _seen(world, vera, tom, since=noon)
        assert (seen.id, seen.host, seen.subject) == (planned, vera, "Visit")
        assert seen.customer is not None
        assert (seen.customer.id, seen.customer.name) == (number, name)
        assert (seen.guests, seen.colleagues) == (("Guest Ada",), (tom.name,))
        assert seen.start == int(noon.timestamp() * 1000)
        assert seen.stop - seen.start == 3_600_000
        assert (seen.place, seen.made_by, seen.case) == ("Hamburg", "", "")

    def test_only_what_overlaps_the_span_is_told_and_only_of_those_asked_for(
        self, world: World, noon: datetime
    ) -> None:
        vera, tom = _team(world)
        number, _ = _company(world)
        world.plan(vera, noon, company=number, guest="Guest Ada")
        assert _seen(world, tom, since=noon) == ()
        assert _seen(world, vera, since=noon + timedelta(hours=2)) == ()
        assert _seen(world, vera, since=noon - timedelta(hours=2), hours=1) == ()
        assert len(_seen(world, vera, since=noon + timedelta(minutes=30), hours=0.1)) == 1

    def test_a_meeting_about_an_opportunity_counts_without_anybody_from_outside(
        self, world: World, noon: datetime
    ) -> None:
        vera, _ = _team(world)
        made = plain(new_case(), owner=vera, author=vera)
        stands = world.crm.deliver(made, fresh=True)
        world.plan(vera, noon, opportunity=stands.opportunity)
        (seen,) = _seen(world, vera, since=noon)
        assert (seen.opportunity, seen.title, seen.case) == (
            stands.opportunity,
            made.title,
            made.case,
        )
        assert seen.customer is not None
        assert seen.customer.id == stands.customer

    def test_internal_private_and_all_day_meetings_are_nobodys_business(
        self, world: World, noon: datetime
    ) -> None:
        vera, tom = _team(world)
        number, _ = _company(world)
        world.plan(vera, noon, colleague=tom)
        world.plan(vera, noon, company=number, guest="Guest Ada", kind="private")
        world.plan(vera, noon, company=number, guest="Guest Ada", kind="allday")
        assert _seen(world, vera, tom, since=noon) == ()

    def test_a_meeting_called_off_or_declined_is_gone(self, world: World, noon: datetime) -> None:
        vera, _ = _team(world)
        number, _ = _company(world)
        hosts, guests, deleted = (
            world.plan(vera, noon, company=number, guest="Guest Ada") for _ in range(3)
        )
        assert len(_seen(world, vera, since=noon)) == 3
        world.decline(hosts, vera.name)
        world.decline(guests, "Guest Ada")
        world.call_off(deleted)
        assert _seen(world, vera, since=noon) == ()

    def test_a_meeting_put_off_stands_at_its_new_time(self, world: World, noon: datetime) -> None:
        vera, _ = _team(world)
        number, _ = _company(world)
        planned = world.plan(vera, noon, company=number, guest="Guest Ada")
        world.put_off(planned, noon + timedelta(days=2), 30)
        assert _seen(world, vera, since=noon) == ()
        (seen,) = _seen(world, vera, since=noon + timedelta(days=2))
        assert (seen.id, seen.stop - seen.start) == (planned, 1_800_000)

    def test_a_recorded_meeting_is_put_under_its_opportunity_and_no_other_is_made(
        self, world: World, noon: datetime
    ) -> None:
        vera, _ = _team(world)
        number, _ = _company(world)
        planned = world.plan(vera, noon, company=number, guest="Guest Ada")
        met = Meeting("Record", noon.isoformat(), event=planned, held=("Took place", "Yes"))
        entry = replace(plain(new_case(), owner=vera, author=vera), meeting=met)
        stands = world.crm.deliver(entry, fresh=True)
        assert world.crm.deliver(entry, fresh=False) == stands
        (meeting,) = world.see(stands.opportunity).meetings
        assert (meeting.subject, meeting.start, meeting.minutes) == ("Visit", noon, 60)
        assert meeting.held == "Took place: Yes"
        (seen,) = _seen(world, vera, since=noon)
        assert seen.opportunity == stands.opportunity
        assert seen.case == entry.case

    def test_a_recorded_meeting_that_is_gone_is_made(self, world: World, noon: datetime) -> None:
        vera, _ = _team(world)
        number, _ = _company(world)
        planned = world.plan(vera, noon, company=number, guest="Guest Ada")
        world.call_off(planned)
        met = Meeting("Record", noon.isoformat(), event=planned)
        entry = replace(plain(new_case(), owner=vera, author=vera), meeting=met)
        stands = world.crm.deliver(entry, fresh=True)
        (meeting,) = world.see(stands.opportunity).meetings
        assert meeting.subject == "Record"
        (seen,) = _seen(world, vera, since=noon)
        assert seen.made_by == entry.key

    def test_the_record_of_a_meeting_about_what_people_made_goes_there_and_makes_no_other(
        self, world: World, noon: datetime
    ) -> None:
        vera, _ = _team(world)
        title = f"Fair {secrets.token_hex(4)}"
        lead = world.comes_in(title)
        planned = world.plan(vera, noon, opportunity=lead)
        (seen,) = _seen(world, vera, since=noon)
        assert (seen.opportunity, seen.title, seen.case) == (lead, title, "")
        met = Meeting("Record", noon.isoformat(), event=planned)
        entry = replace(plain(f"o{lead}", owner=vera, author=vera), meeting=met, lead=lead)
        stage = world.see(lead).stage
        for crm in (world.crm, world.restarted()):
            assert crm.deliver(entry, fresh=crm is world.crm).opportunity == lead
        assert world.opportunities(entry.title) == 0
        assert world.opportunities(title) == 1
        held = world.see(lead)
        assert ([one.subject for one in held.meetings], held.stage) == (["Visit"], stage)
        assert len(held.notes) == 1
