"""Where the life of a case meets what comes by itself: leads, meetings, the digest, quiet times."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.playbooks import playbook_text
from dialogs import tokens
from dialogs.agenda import Engagement
from dialogs.case import Case
from dialogs.closing import standing
from dialogs.crm import Customer, Delivery, Staff
from dialogs.events import DayBegun, Fired, LeadCame, LookedUp, MeetingEnded, Pressed, Said
from dialogs.lead_lookups import NewLead
from dialogs.library import Library
from dialogs.lookups import DutyList
from dialogs.people import Person
from dialogs.playbook import load_playbook
from dialogs.shows import Notice
from dialogs.turns import Turn, Vote
from tests.dialogs.company import MIA, SAM, Company, own, with_case
from tests.dialogs.invariants import buttons
from tests.transcripts.clock import START

CAME = LeadCame(NewLead(9, "Fair stand", "Ann Lee", "Airbus", customer=4), (SAM.id,))
ENDED = int(START.timestamp() * 1000) - 600_000
MEETING = Engagement(
    7, "Visit", ENDED - 1_800_000, ENDED, Staff("Sam"), Customer("Airbus", 4), case="c1"
)
LIBRARY = Library(load_playbook(*playbook_text(None)))
SCORES = ("Reference project", "done", "3", "4", "none")
MONDAY = timedelta(hours=64, minutes=1)
"""After a Friday, 16:00."""


@pytest.fixture
def company() -> Company:
    return Company(LIBRARY)


def says(company: Company, who: Person, *texts: str) -> Turn:
    turns = [company.does(who.id, Said(one), own("web", who.name.lower())) for one in texts]
    return turns[-1]


def presses(company: Company, who: Person, *args: str) -> Turn:
    token = tokens.free(who.id, *args)
    return company.does(who.id, Pressed(token), own("web", who.name.lower()))


def told(company: Company, who: Person) -> Notice:
    """What they were shown last."""
    show = company.shown[who.id][-1].show
    assert isinstance(show, Notice)
    return show


def stands(company: Company, step: str, **facts: object) -> Case:
    """Sam's case, at that step of its life."""
    case = with_case(company, SAM, step, "c1")
    company.cases["c1"] = replace(case, customer=Customer("Airbus", 4), **facts)  # type: ignore[arg-type] # its fields
    return company.cases["c1"]


def records(company: Company) -> list[Delivery]:
    """That the meeting did not take place, after its end asked for it."""
    before = len(company.deliveries)
    company.does(SAM.id, MeetingEnded(MEETING))
    presses(company, SAM, "met", "7", "no")
    says(company, SAM, "They were ill", "skip", "skip", "confirm")
    return [one for _, one in company.deliveries[before:]]


def digest(company: Company, who: Person) -> list[tuple[str, str]]:
    """Its rows; none where no digest comes."""
    before = len(company.shown.get(who.id, []))
    company.does(who.id, DayBegun(company.at.date().isoformat()))
    company.does(who.id, LookedUp("digest", "", DutyList(())))
    shows = [one.show for one in company.shown.get(who.id, [])[before:]]
    return [
        (row.label, row.value) for show in shows if isinstance(show, Notice) for row in show.rows
    ]


def test_a_lead_that_is_taken_lives_on_as_any_case(company: Company) -> None:
    company.does(SAM.id, CAME)
    presses(company, SAM, "ltake", "9")
    says(company, SAM, "status")
    assert [row.label for row in told(company, SAM).rows] == ["Fair stand"]
    says(company, SAM, "status fair")
    facts = {row.label: row.value for row in told(company, SAM).rows}
    assert facts["Stage"] == "New"
    assert "Fri 20 November 2026" in facts.values()
    says(company, SAM, "record fair", "no", "They were ill", "skip", "skip", "confirm")
    assert company.cases["o9"].step == "assess"


def test_a_taken_leads_moves_go_to_the_opportunity_that_is_there(company: Company) -> None:
    stands(company, "qualify", lead=9, stage="qualification")
    says(company, SAM, "lost airbus", "Chose a competitor", "skip", "confirm")
    presses(company, SAM, "move", "restored", "c1", standing(LIBRARY.current, company.cases["c1"]))
    entries = [one for _, one in company.deliveries]
    assert [(one.kind, one.lead) for one in entries] == [("lose", 9), ("restored", 9)]


def test_a_declined_lead_is_no_case_of_anybodys(company: Company) -> None:
    company.does(SAM.id, CAME)
    presses(company, SAM, "lno", "9")
    says(company, SAM, "No need", "skip", "confirm")
    (entry,) = (one for _, one in company.deliveries)
    assert entry.closing is not None
    assert entry.closing.reason["en"] == "No need"
    assert company.conversation(SAM.id).cases == ()


def test_the_record_of_a_rounds_meeting_passes_the_steps_that_ask_nothing(
    company: Company,
) -> None:
    stands(company, "qualify", stage="qualification")
    (entry,) = records(company)
    assert (entry.case, entry.kind, entry.stage) == ("c1", "record", None)
    assert (company.cases["c1"].step, company.cases["c1"].rounds) == ("revise_round", 1)


@pytest.mark.parametrize("step", ["assess", "decide", "inquiry", "parked", "revise_round"])
def test_elsewhere_it_is_kept_and_the_case_stays_where_it_stands(
    company: Company, step: str
) -> None:
    stands(company, step)
    (entry,) = records(company)
    assert entry.case == "c1"
    assert company.cases["c1"].step == step
    assert company.cases["c1"].forms["record"]["why_not"] == "They were ill"


def test_nobody_is_asked_about_a_meeting_of_a_case_that_is_lost(company: Company) -> None:
    stands(company, "lost")
    assert company.does(SAM.id, MeetingEnded(MEETING)).says == ()
    assert digest(company, SAM) == []


def test_lost_after_its_meeting_it_is_not_in_the_digest(company: Company) -> None:
    company.passes(timedelta(hours=4))
    stands(company, "qualify")
    company.does(SAM.id, MeetingEnded(MEETING))
    stands(company, "lost")
    company.passes(MONDAY - timedelta(hours=4))
    company.does(SAM.id, DayBegun("2026-11-23"))
    company.does(SAM.id, LookedUp("digest_meetings", "", None))
    company.does(SAM.id, LookedUp("digest", "", DutyList(())))
    assert company.shown.get(SAM.id, []) == []


@pytest.mark.parametrize(
    ("step", "stalls"), [("qualify", True), ("parked", False), ("lost", False)]
)
def test_the_digest_tells_of_cases_that_stand_still_but_not_of_those_set_aside(
    company: Company, step: str, *, stalls: bool
) -> None:
    stands(company, step)
    company.passes(MONDAY)
    assert digest(company, SAM) == []
    company.passes(timedelta(days=21))
    assert bool(digest(company, SAM)) == stalls


def test_the_digest_asks_for_the_decisions_of_those_who_were_asked(company: Company) -> None:
    stands(company, "assess")
    says(company, SAM, "assess airbus", *SCORES, "8000", "50", "pursue", "skip", "confirm")
    company.passes(MONDAY)
    assert [value for _, value in digest(company, MIA)] == ["Airbus Hamburg"]
    assert buttons(told(company, MIA))
    (asked,) = company.approvals.values()
    later = replace(asked, votes=(Vote(MIA.id, "approved", 0),))
    company.approvals[asked.id] = later
    assert digest(company, MIA) == [], "she has said her word"
    assert digest(company, SAM) == [], "it is his own"


def test_a_parked_case_is_told_of_in_working_hours_alone(company: Company) -> None:
    stands(company, "qualify")
    says(company, SAM, "park airbus", "Merger", "in 10 days", "Ask again")
    (timer,) = says(company, SAM, "confirm").timers
    company.passes(timedelta(days=8))
    bell = Fired(timer.id, timer.kind, timer.payload)
    (again,) = company.does(SAM.id, bell).timers
    assert again.id != timer.id
    company.passes(timedelta(days=2))
    says(company, SAM, "quiet until tomorrow")
    (later,) = company.does(SAM.id, Fired(again.id, again.kind, again.payload)).timers
    assert later.due >= company.conversation(SAM.id).quiet_until
    company.passes(timedelta(days=1))
    company.does(SAM.id, Fired(later.id, later.kind, later.payload))
    assert "Airbus Hamburg" in told(company, SAM).text


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("quiet until Tuesday", 24),
        ("/quiet till 24 Nov", 24),
        ("Ruhe bis zum 24. November", 24),
        ("ruhe bis mittwoch", 25),
    ],
)
def test_who_wants_quiet_until_a_day_is_told_when_it_begins(
    company: Company, said: str, day: int
) -> None:
    (timer,) = says(company, SAM, said).timers
    begins = START.replace(day=day, hour=8)
    assert timer.due == company.conversation(SAM.id).quiet_until == begins.timestamp() * 1000
    company.at = begins
    assert company.does(SAM.id, Fired(timer.id, timer.kind, timer.payload)).says
    assert told(company, SAM).text.startswith("Your quiet time is over")


def test_a_day_on_which_nobody_works_is_told_of_on_the_next_one(company: Company) -> None:
    (timer,) = says(company, SAM, "quiet until Sunday").timers
    company.at = START.replace(day=22, hour=8)
    turn = company.does(SAM.id, Fired(timer.id, timer.kind, timer.payload))
    assert not turn.says
    (again,) = turn.timers
    assert again.due == START.replace(day=23, hour=8).timestamp() * 1000
    company.at = START.replace(day=23, hour=8)
    assert company.does(SAM.id, Fired(again.id, again.kind, again.payload)).says


def test_whoever_has_ended_the_quiet_is_told_nothing_of_its_day(company: Company) -> None:
    (timer,) = says(company, SAM, "quiet until Tuesday").timers
    says(company, SAM, "quiet off")
    company.at = START.replace(day=24, hour=8)
    assert not company.does(SAM.id, Fired(timer.id, timer.kind, timer.payload)).says


@pytest.mark.parametrize(
    "said", ["quiet until yesterday", "ruhe bis 3.11.2026", "quiet until whenever"]
)
def test_what_is_no_day_to_come_is_refused_and_changes_nothing(company: Company, said: str) -> None:
    turn = says(company, SAM, said)
    assert not turn.timers
    assert company.conversation(SAM.id).quiet_until == 0
    assert told(company, SAM).tone == "warning"


def test_an_appointment_made_here_is_asked_about_until_it_has_its_record(company: Company) -> None:
    case = stands(company, "record", deliveries=("c1-appointment-1",), meeting="c1-appointment-1")
    made = replace(MEETING, made_by="c1-appointment-1", case="c1")
    company.cases["c1"] = replace(case, meeting="", deliveries=(*case.deliveries, "c1-record-1"))
    assert not company.does(SAM.id, MeetingEnded(made)).says
    company.cases["c1"] = case
    assert company.does(SAM.id, MeetingEnded(made)).says


def test_a_message_about_somebody_else_is_not_the_record_of_the_meeting(company: Company) -> None:
    company.does(SAM.id, MeetingEnded(MEETING))
    text = "Met Mr Green of Northwind Ltd, rating 4/5. Took 2 hours. Next step: send the offer."
    turn = says(company, SAM, text)
    assert all(one.meeting is None for one in turn.conversation.dialogues)
    says(company, SAM, "cancel", "cancel")
    turn = says(company, SAM, text.replace("of Northwind Ltd", "again"))
    assert [one.meeting for one in turn.conversation.dialogues] == [MEETING]
