"""Where meetings and leads meet: whose case a record becomes, and leads of a quiet time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.playbooks import playbook_text
from dialogs import tokens
from dialogs.agenda import Engagement, MeetingList
from dialogs.crm import Claim, Customer, Delivery, Staff
from dialogs.events import (
    DayBegun,
    Fired,
    Found,
    Hit,
    LeadCame,
    LookedUp,
    MeetingEnded,
    Pressed,
    Said,
)
from dialogs.lead_lookups import NewLead
from dialogs.library import Library
from dialogs.lookups import Duty, DutyList
from dialogs.people import Person
from dialogs.playbook import load_playbook
from dialogs.shows import Notice
from tests.dialogs.company import MIA, SAM, TOM, Company, own
from tests.dialogs.invariants import buttons
from tests.transcripts.clock import START

LEAD = NewLead(9, "Fair stand", "Ann Lee", email="ann@example.com")
CAME = LeadCame(LEAD, (MIA.id,))
ENDED = int(START.timestamp() * 1000) - 600_000
MEETING = Engagement(
    7, "Visit", ENDED - 1_800_000, ENDED, Staff("Sam"), Customer("Airbus", 4), opportunity=9,
    title="Fair stand",
)  # fmt: skip
EVENING = timedelta(hours=5)
MONDAY = timedelta(hours=64, minutes=1)
"""After a Friday, 16:00."""


@pytest.fixture
def company() -> Company:
    return Company(Library(load_playbook(*playbook_text(None))))


def says(company: Company, who: Person, *texts: str) -> None:
    for text in texts:
        company.does(who.id, Said(text), own("web", who.name.lower()))


def presses(company: Company, who: Person, *args: str) -> None:
    token = tokens.free(who.id, *args)
    company.does(who.id, Pressed(token), own("web", who.name.lower()))


def told(company: Company, who: Person) -> list[str]:
    """First lines of all that they were shown."""
    shown = company.shown.get(who.id, [])
    return [one.show.text for one in shown if isinstance(one.show, Notice)]


def records(company: Company, who: Person, meeting: Engagement = MEETING) -> list[Delivery]:
    """That it did not take place, in a dialogue that the meeting's end led to."""
    before = len(company.deliveries)
    company.does(who.id, MeetingEnded(replace(meeting, host=Staff(who.name))))
    presses(company, who, "met", str(meeting.id), "no")
    says(company, who, "They were ill", "skip", "skip", "confirm")
    return [one for _, one in company.deliveries[before:]]


def test_the_record_makes_an_opportunity_of_peoples_own_a_case_and_leaves_its_stage(
    company: Company,
) -> None:
    (entry,) = records(company, SAM)
    assert (entry.case, entry.lead, entry.stage, entry.title) == ("o9", 9, None, "Fair stand")
    case = company.cases["o9"]
    assert (case.owner, case.lead, case.title) == (SAM.id, 9, "Fair stand")


def test_the_next_meeting_about_it_goes_to_the_same_case(company: Company) -> None:
    (first,) = records(company, SAM)
    (second,) = records(company, SAM, replace(MEETING, id=8))
    assert list(company.cases) == ["o9"]
    assert (second.lead, second.after) == (9, (first.key,))
    assert [one.id for one in company.conversation(SAM.id).cases] == ["o9"]


def test_two_records_under_way_at_once_make_one_case(company: Company) -> None:
    for meeting in (MEETING, replace(MEETING, id=8)):
        company.does(SAM.id, MeetingEnded(meeting))
        presses(company, SAM, "met", str(meeting.id), "no")
    for _ in range(2):
        says(company, SAM, "They were ill", "skip", "skip", "confirm", "continue")
    assert list(company.cases) == ["o9"]
    assert [one.lead for _, one in company.deliveries] == [9, 9]
    assert len({one.key for _, one in company.deliveries}) == 2


def test_a_colleagues_opportunity_stays_theirs_and_they_hear_of_the_record(
    company: Company,
) -> None:
    records(company, SAM)
    case = company.cases["o9"]
    (entry,) = records(company, MIA)
    assert company.cases["o9"] == case
    assert company.conversation(MIA.id).cases == ()
    assert (entry.lead, entry.stage, entry.case, entry.author.name) == (9, None, "o9", "Mia")
    assert entry.key not in case.deliveries
    (word,) = company.told
    company.does(*word)
    assert "Mia recorded something for your opportunity" in told(company, SAM)[-1]


def test_a_case_made_here_is_nobody_elses_either(company: Company) -> None:
    records(company, SAM)
    company.cases["0C"] = replace(company.cases.pop("o9"), id="0C", lead=None)
    (entry,) = records(company, MIA, replace(MEETING, case="0C"))
    assert list(company.cases) == ["0C"]
    assert (entry.case, entry.lead) == ("0C", 9)


def test_a_lead_that_nobody_has_is_taken_by_whoever_met_them(company: Company) -> None:
    company.does(MIA.id, CAME)
    take, entry = records(company, SAM)
    assert (take.kind, take.claim) == ("take", Claim())
    assert (entry.lead, entry.after) == (9, (take.key,))
    assert company.cases["o9"].owner == SAM.id
    assert company.cases["o9"].deliveries == (take.key, entry.key)
    assert "“Fair stand” is with Sam." in told(company, MIA)


def test_a_lead_taken_while_its_meeting_is_recorded_stays_with_whoever_took_it(
    company: Company,
) -> None:
    company.does(MIA.id, CAME)
    company.does(SAM.id, MeetingEnded(MEETING))
    presses(company, SAM, "met", "7", "no")
    presses(company, MIA, "ltake", "9")
    says(company, SAM, "They were ill", "skip", "skip", "confirm")
    assert company.cases["o9"].owner == MIA.id
    assert [one.kind for _, one in company.deliveries] == ["take", "record"]
    assert company.conversation(SAM.id).cases == ()


def test_the_record_of_a_closed_lead_opens_it_not_again(company: Company) -> None:
    company.does(MIA.id, CAME)
    company.cases["o9"] = replace(company.cases["o9"], closed=True)
    (entry,) = records(company, SAM)
    assert (entry.lead, entry.claim) == (9, None)
    assert company.cases["o9"].closed


def makes_an_appointment(company: Company, who: Person) -> None:
    """About the opportunity 1, which the CRM has of that customer."""
    says(company, who, "appointment", "Airbus")
    company.searches.clear()
    company.does(who.id, Found("Airbus", (Hit(1, "Airbus"),)))
    company.answers_lookups()
    says(company, who, "1")
    company.answers_lookups()
    says(company, who, "skip", "tomorrow 14:00", "1 hour", "online", "skip", "skip", "save")


def test_an_appointment_about_an_opportunity_of_peoples_own_is_in_the_case_that_has_its_number(
    company: Company,
) -> None:
    for _ in range(2):
        makes_an_appointment(company, SAM)
    assert list(company.cases) == ["o1"]
    assert [(one.case, one.lead) for _, one in company.deliveries] == [("o1", 1)] * 2
    records(company, SAM, replace(MEETING, opportunity=1))
    assert list(company.cases) == ["o1"]


def test_an_appointment_about_a_lead_that_nobody_has_takes_it(company: Company) -> None:
    company.does(MIA.id, LeadCame(replace(LEAD, id=1), (MIA.id,)))
    makes_an_appointment(company, SAM)
    assert [one.kind for _, one in company.deliveries] == ["take", "appointment"]
    assert [(one.id, one.owner) for one in company.cases.values()] == [("o1", SAM.id)]


def test_an_appointment_about_a_colleagues_opportunity_stays_in_their_case(
    company: Company,
) -> None:
    makes_an_appointment(company, MIA)
    case = company.cases["o1"]
    makes_an_appointment(company, SAM)
    assert company.cases == {"o1": case}
    assert company.conversation(SAM.id).cases == ()
    assert company.deliveries[-1][1].lead == 1


def begins_the_day(company: Company, who: Person, *duties: Duty) -> None:
    company.does(who.id, DayBegun("2026-11-23"))
    company.does(who.id, LookedUp("digest", "", DutyList(duties)))


def rings(company: Company, who: Person, event: LeadCame = CAME) -> Fired:
    """Let the lead come in, and return what its timer brings, at latest half an hour after the
    next working day has begun."""
    (timer,) = company.does(who.id, event).timers
    assert timer.due <= int((START + MONDAY).timestamp() * 1000) + 1_740_000
    return Fired(timer.id, timer.kind, timer.payload)


def test_a_lead_is_told_of_at_once_in_working_hours(company: Company) -> None:
    assert company.does(MIA.id, CAME).timers == ()
    assert told(company, MIA) == ["A new lead: Fair stand"]


def test_a_lead_of_the_evening_is_in_the_next_digest_and_nowhere_else(company: Company) -> None:
    company.passes(EVENING)
    bell = rings(company, MIA)
    assert told(company, MIA) == []
    company.passes(MONDAY - EVENING)
    begins_the_day(company, MIA)
    assert told(company, MIA) == ["Your day, Mon 23 November 2026"]
    company.does(MIA.id, bell)
    begins_the_day(company, MIA)
    assert len(told(company, MIA)) == 1
    presses(company, MIA, "lshow", "9")
    assert told(company, MIA)[-1] == "A new lead: Fair stand"


def test_where_no_digest_comes_it_is_told_of_all_the_same_and_once(company: Company) -> None:
    company.passes(EVENING)
    bell = rings(company, MIA)
    company.passes(MONDAY - EVENING + timedelta(minutes=30))
    for _ in range(2):
        company.does(MIA.id, bell)
    assert told(company, MIA) == ["A new lead: Fair stand"]
    begins_the_day(company, MIA)
    assert len(told(company, MIA)) == 1


def test_who_wants_quiet_then_is_told_later(company: Company) -> None:
    company.passes(EVENING)
    bell = rings(company, MIA)
    company.passes(MONDAY - EVENING + timedelta(minutes=30))
    says(company, MIA, "quiet until tomorrow")
    (again,) = company.does(MIA.id, bell).timers
    assert again.due > company.conversation(MIA.id).quiet_until
    assert "A new lead: Fair stand" not in told(company, MIA)


def test_what_somebody_took_meanwhile_is_not_told_of(company: Company) -> None:
    company.does(TOM.id, replace(CAME, told=(TOM.id, MIA.id)))
    company.passes(EVENING)
    bell = rings(company, MIA, replace(CAME, told=(TOM.id, MIA.id)))
    presses(company, TOM, "ltake", "9")
    assert told(company, MIA) == [], "it is still a quiet time"
    company.passes(MONDAY - EVENING)
    begins_the_day(company, MIA)
    company.does(MIA.id, bell)
    assert told(company, MIA) == []


def test_the_digest_lists_tasks_as_the_word_does_each_with_its_button(company: Company) -> None:
    duty = Duty(5, "Call Ann", "2026-11-23", "", 9, "Spare parts", "", 2, "")
    company.passes(MONDAY)
    begins_the_day(company, SAM, duty)
    says(company, SAM, "tasks")
    company.does(SAM.id, LookedUp("duties", "", DutyList((duty,))))
    digest, listed = (one.show for one in company.shown[SAM.id][-2:])
    assert isinstance(digest, Notice)
    assert isinstance(listed, Notice)
    assert digest.rows == listed.rows
    (opens,) = (one for one in buttons(listed) if "Call Ann" in one.text)
    assert opens in buttons(digest)


def test_a_meeting_called_off_is_not_in_the_digest_beside_a_lead(company: Company) -> None:
    company.passes(EVENING)
    company.does(MIA.id, MeetingEnded(MEETING))
    company.does(MIA.id, CAME)
    company.passes(MONDAY - EVENING)
    company.does(MIA.id, DayBegun("2026-11-23"))
    company.does(MIA.id, LookedUp("digest_meetings", "", MeetingList(())))
    company.does(MIA.id, LookedUp("digest", "", DutyList(())))
    (digest,) = (one.show for one in company.shown[MIA.id])
    assert isinstance(digest, Notice)
    assert [row.value for row in digest.rows] == ["Fair stand · Ann Lee"]
