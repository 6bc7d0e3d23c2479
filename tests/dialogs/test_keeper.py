"""One contact person: who looks after a customer hears of a record, and may take it over."""

from dataclasses import replace

import pytest

from dialogs.case import Case
from dialogs.closing import PARKED
from dialogs.crm import Customer
from dialogs.customer_lookups import Choice, Choices
from dialogs.events import Decided, Delivered, Fired, LookedUp
from dialogs.keeper_events import Adopting, Recorded
from dialogs.lookups import Asking
from dialogs.people import Person
from dialogs.turns import CaseRef, Turn
from tests.dialogs.office import ASSESSED, RULES, Office, colleague, seat

SAM, TOM = colleague("sam", "sales"), colleague("tom", "sales", crm_user=7)
MIA, MAX, IDA = (colleague(name, "management") for name in ("mia", "max", "ida"))
GUS = colleague("gus", "group")
KEY = "case9-record-1"
HERS = Choice(2, "Cabin line", "New", "case2")
ALL = 'rules = [{ approvals = "all" }]'


def office_with(*people: Person, rules: str = "") -> Office:
    """Sam's case, just recorded for a customer of the CRM's."""
    there = Office.under(rules, *people) if rules else Office.of(*people)
    case = Case(
        "case9", "sam", RULES.playbook.edition, "assess", "Airbus", Customer("Airbus", 1),
        forms={"record": dict(ASSESSED["record"])}, deliveries=(KEY,), stage="new",
    )  # fmt: skip
    there.cases["case9"] = case
    talk = there.conversation("sam")
    there.conversations["sam"] = replace(talk, cases=(CaseRef("case9", "Airbus", "assess"),))
    return there


def delivered(office: Office, key: str = KEY) -> tuple[Asking, ...]:
    """It stands in the CRM; what is asked then."""
    return office.happens("sam", Delivered(key, "case9", 5, "https://crm/5", customer=1)).asks


def knows(office: Office, *choices: Choice) -> Turn:
    """What the CRM has of the customer, Sam's own among it."""
    own = Choice(5, "Airbus", "New", "case9", "Sam")
    return office.happens("sam", LookedUp("keeper", "case9", Choices((own, *choices))))


def waits(rules: str = "", *people: Person) -> Office:
    """Mia looks after the customer, and was asked what is to become of Sam's record."""
    office = office_with(SAM, TOM, MIA, MAX, *people, rules=rules)
    office.has_recorded("mia")
    knows(office, HERS)
    return office


def presses(office: Office, text: str, name: str = "mia") -> Turn:
    return office.presses_at(seat(name), office.button(seat("mia"), text))


def takes(office: Office) -> Turn:
    return presses(office, "I'll take it over")


def test_it_is_asked_once_the_first_record_of_a_new_case_stands_there() -> None:
    office = office_with(SAM, MIA)
    (asked,) = delivered(office)
    assert (asked.purpose, asked.subject, asked.patience_ms) == ("keeper", "case9", None)
    office.cases["case9"] = replace(office.cases["case9"], deliveries=(KEY, "case9-record-2"))
    assert not delivered(office, "case9-record-2")


def test_both_are_told_who_looks_after_the_customer() -> None:
    office = waits()
    assert "Airbus is looked after by Mia" in office.told(seat("sam"))[-1]
    assert "Sam recorded something for Airbus" in office.told(seat("mia"))[-1]


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Choice(2, "Cabin", "New", owner="Mia"), "Mia"),
        (Choice(2, "Cabin", "New", owner="Thomas", user=7), "Tom"),
        (Choice(2, "Cabin", "New", owner="Gus"), ""),
        (Choice(2, "Cabin", "New", owner="Somebody else"), ""),
        (Choice(2, "Cabin", "New"), ""),
    ],
)
def test_the_crm_says_who_it_is_where_it_is_no_case_of_ours(one: Choice, told: str) -> None:
    office = office_with(SAM, TOM, MIA, GUS)
    knows(office, one)
    hears = [person.name for person in (TOM, MIA, GUS) if office.told(seat(person.id))]
    assert hears == [told] * bool(told)


def test_who_has_an_opportunity_of_the_customers_needs_not_ask() -> None:
    office = office_with(SAM, TOM, MIA)
    office.has_recorded("mia")
    turn = knows(office, HERS, Choice(3, "Seats", "New", owner="Sam"))
    assert not turn.says
    assert not turn.tells


def test_the_oldest_opportunity_says_whose_customer_it_is() -> None:
    office = office_with(SAM, TOM, MIA)
    office.has_recorded("mia")
    knows(office, Choice(4, "Seats", "New", owner="Tom"), HERS)
    assert office.told(seat("mia"))
    assert not office.told(seat("tom"))


def test_left_to_the_colleague_nothing_changes_hands() -> None:
    office = waits()
    presses(office, "Fine")
    assert office.told(seat("sam"))[-1] == "Mia is fine with it: “Airbus” stays with you."
    assert office.cases["case9"].owner == "sam"
    assert office.actions()[-1] == "allowed"
    assert not any(turn.deliveries for turn in office.turns)


def test_taken_over_the_case_is_the_new_owners_with_all_that_is_to_be_done() -> None:
    office = waits()
    takes(office)
    case = office.cases["case9"]
    assert (case.owner, case.helpers) == ("mia", ("sam",))
    assert office.conversation("sam").cases == ()
    assert [one.id for one in office.conversation("mia").cases] == ["case2", "case9"]
    (entry,) = (one for turn in office.turns for one in turn.deliveries)
    assert (entry.key, entry.owner.name, entry.passed_on) == ("case9-adopt-1", "Mia", True)
    assert entry.hands is not None
    assert (entry.hands.keys, entry.hands.was.name) == ((KEY,), "Sam")
    assert ("mia", "adopted:sam") in [(line.actor, line.action) for line in office.audit]


@pytest.mark.parametrize("first", ["Fine", "I'll take it over"])
def test_a_second_press_is_answered(first: str) -> None:
    office = waits()
    tokens = {text: office.button(seat("mia"), text) for text in ("Fine", "I'll take it over")}
    presses(office, first)
    for token in tokens.values():
        turn = office.presses_at(seat("mia"), token)
        assert "already" in office.told(seat("mia"))[-1]
        assert not turn.tells
    assert sum(len(turn.deliveries) for turn in office.turns) == (first != "Fine")


def test_somebody_elses_press_changes_nothing() -> None:
    office = waits()
    turn = presses(office, "I'll take it over", "tom")
    assert turn.forged
    assert office.cases["case9"].owner == "sam"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"step": "lost"}, "over by now"),
        ({"closed": True}, "closed by now"),
        ({"owner": "tom"}, "is with Tom"),
    ],
)
def test_too_late_it_is_said_why(change: dict[str, object], said: str) -> None:
    office = waits()
    office.cases["case9"] = replace(office.cases["case9"], **change)  # type: ignore[arg-type] # its fields
    turn = takes(office)
    assert said in office.told(seat("mia"))[-1]
    assert not turn.tells


def test_what_happened_between_the_press_and_its_turn_is_told_and_can_be_tried_again() -> None:
    office = waits()
    owner = office.cases["case9"]
    (record,) = office.conversation("mia").recorded
    answered = (replace(record, answer="adopted"),)
    office.conversations["mia"] = replace(office.conversation("mia"), recorded=answered)
    office.cases["case9"] = replace(owner, step="lost")
    office.happens("sam", Adopting(record.record, "case9", "mia"))
    assert "not Sam's any more, or over by now" in office.told(seat("mia"))[-1]
    office.cases["case9"] = owner
    takes(office)
    assert office.cases["case9"].owner == "mia"


def test_in_ones_own_opportunity_only_what_is_to_be_done_is_taken_over() -> None:
    office = office_with(SAM, MIA)
    office.has_recorded("mia")
    entry = "case2-record-e7"
    office.happens("mia", Recorded("r1", "case2", "sam", "Bosch", "record", 0, entry))
    turn = takes(office)
    (made,) = turn.deliveries
    assert made.hands is not None
    assert made.hands.keys == (entry,)
    assert office.cases["case2"].owner == "mia"
    assert "goes on with what you recorded" in office.told(seat("sam"))[-1]


def test_an_opportunity_of_the_crms_becomes_a_case_of_whoever_has_it_there() -> None:
    office = office_with(SAM, MIA)
    event = Recorded("r1", "o9", "sam", "Cabin", "lead", 0, "o9-lead-e7", lead=9)
    office.happens("mia", event)
    takes(office)
    assert (office.cases["o9"].owner, office.cases["o9"].lead) == ("mia", 9)
    assert [one.id for one in office.conversation("mia").cases] == ["o9"]


def test_a_case_whose_owner_is_gone_is_taken_over_all_the_same() -> None:
    office = waits()
    del office.people["sam"]
    (entry,) = takes(office).deliveries
    assert entry.passed_on
    assert office.cases["case9"].owner == "mia"
    assert [one.id for one in office.conversation("mia").cases] == ["case2", "case9"]


def asked(rules: str = "", *people: Person) -> Office:
    """Sam's case waits for management; Mia looks after the customer."""
    office = office_with(SAM, TOM, MIA, MAX, *people, rules=rules)
    office.has_asked("sam")
    office.happens("mia", Recorded("r1", "case1", "sam", "Airbus", "record", 0, KEY, "Airbus"))
    return office


def decides(office: Office, name: str, verdict: str = "approved") -> None:
    mark = office.approvals["q-case1"].mark
    office.presses_at(seat(name), f"!.q-case1.{verdict}.{mark}")


def test_the_open_question_is_the_new_owners_who_may_not_decide_it() -> None:
    office = asked()
    takes(office)
    assert office.approvals["q-case1"].owner == "mia"
    assert not office.card(seat("mia")).buttons
    decides(office, "mia")
    assert "your own case" in office.told(seat("mia"))[-1]
    press = next(one for one in office.card(seat("max")).buttons if one.text == "Approve")
    office.presses_at(seat("max"), press.token)
    assert office.approvals["q-case1"].status == "approved"
    assert office.cases["case1"].step == "qualify"
    assert "Management approved" in office.told(seat("mia"))[-1]


def test_the_new_owners_vote_counts_no_more() -> None:
    office = asked("rules = [{ approvals = 2 }]", IDA)
    decides(office, "mia")
    takes(office)
    decides(office, "max")
    assert office.approvals["q-case1"].status == "open"
    decides(office, "ida")
    assert office.approvals["q-case1"].status == "approved"


def test_where_nobody_is_left_to_vote_the_votes_that_are_there_decide() -> None:
    office = asked(ALL)
    decides(office, "max")
    assert office.approvals["q-case1"].status == "open"
    takes(office)
    assert office.approvals["q-case1"].status == "approved"
    assert office.approvals["q-case1"].decided_by == "max"
    assert office.cases["case1"].step == "qualify"


def test_who_had_it_and_may_decide_is_asked_now() -> None:
    office = Office.of(MIA, TOM, MAX)
    office.has_asked("mia")
    office.happens("tom", Recorded("r1", "case1", "mia", "Airbus", "record", 0, KEY, "Airbus"))
    token = office.button(seat("tom"), "I'll take it over")
    office.presses_at(seat("tom"), token)
    assert office.card(seat("mia")).buttons


def test_an_open_hand_over_is_the_new_owners() -> None:
    office = Office.of(SAM, MIA, GUS)
    office.has_rejected("sam")
    office.happens("mia", Recorded("r1", "case4", "sam", "Krones", "record", 0, KEY, "Krones"))
    takes(office)
    assert office.approvals["h-case4"].owner == "mia"


def test_a_verdict_on_its_way_finds_the_new_owner() -> None:
    office = asked()
    case = office.cases["case1"]
    office.approvals["q-case1"] = replace(
        office.approvals["q-case1"], status="approved", decided_by="max"
    )
    takes(office)
    assert office.cases["case1"].step == "decide"
    office.happens("sam", Decided("q-case1", case.id, approved=True, by="max"))
    assert (office.cases["case1"].step, office.cases["case1"].owner) == ("qualify", "mia")
    assert "Management approved" in office.told(seat("mia"))[-1]


def test_reminders_of_the_case_reach_the_new_owner() -> None:
    office = asked()
    takes(office)
    due = Fired("deputy:q-case1", "decision", {"approval": "q-case1", "what": "deputy"})
    turn = office.happens("sam", due)
    assert [one.conversation for one in turn.tells] == ["mia"]
    parked = replace(office.cases["case9"], owner="mia", step="parked", parked_until="2026-12-01")
    office.cases["case9"] = parked
    day = Fired("parked:1", PARKED, {"case": "case9", "until": "2026-12-01"})
    assert [one.conversation for one in office.happens("sam", day).tells] == ["mia"]


def test_what_the_former_owner_was_about_to_enter_says_whose_it_is() -> None:
    office = waits()
    office.presses_at(seat("sam"), "sam.-.start.assess.case9")
    page = {"chances": ["reference"], "chances.reference.likelihood": 3}
    (draft,) = office.conversation("sam").dialogues
    assert draft.subject == "case9"
    answers = {**ASSESSED["assess"], **page}
    ready = replace(draft, state="review", answers=answers)
    office.conversations["sam"] = replace(office.conversation("sam"), dialogues=(ready,))
    takes(office)
    before = len(office.turns)
    office.says_at(seat("sam"), "confirm")
    assert not any(turn.deliveries for turn in office.turns[before:])
    assert office.cases["case9"].step == "assess"
    assert "is with Mia" in office.told(seat("sam"))[-1]
