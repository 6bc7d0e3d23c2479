"""Nobody decides: on a simulated clock the reminder, the deputy, the next level, each once."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.dialogs.office import Office, colleague, seat

HOUR = 60
SAM = colleague("sam", "sales")
MIA = colleague("mia", "management")
MAX = colleague("max", "management")
IDA = colleague("ida", "management")
ADA = colleague("ada", "admin")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
FRIDAY = datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("Europe/Berlin"))
CHAIN = """asks = [{ name = "Mia" }]
deputy = { name = "Max" }
escalate_to = { name = "Ida" }
remind_hours = 24
deadline_hours = 48"""


def asked(rules: str = CHAIN, *, without: str = "", begun: datetime = MONDAY) -> Office:
    """Sam's question stands with Mia alone."""
    people = (one for one in (SAM, MIA, MAX, IDA, ADA) if one.id != without)
    office = Office.under(rules, *people)
    office.at = begun
    approval = office.has_asked("sam")
    copies = tuple(one for one in approval.copies if one.address == seat("mia"))
    office.approvals[approval.id] = replace(approval, copies=copies, enquiries=())
    return office


def shown(office: Office, hours: float) -> list[tuple[str, str]]:
    """Who is shown what in that time: a card, or words."""
    office.says.clear()
    office.passes(hours * HOUR)
    return sorted((one.address.account, one.show.type) for one in office.says)


def says(office: Office, name: str, verdict: str) -> None:
    approval = office.approvals["q-case1"]
    office.presses_at(seat(name), f"!.{approval.id}.{verdict}.{approval.mark}")


def test_the_whole_chain_each_step_once() -> None:
    office = asked()
    assert shown(office, 23.9) == []
    assert shown(office, 0.2) == [("mia", "card")], "the reminder"
    assert shown(office, 23.8) == []
    assert shown(office, 0.2) == [("max", "card"), ("mia", "card"), ("sam", "notice")]
    assert shown(office, 47.8) == []
    deputies = [("ida", "card"), ("max", "card"), ("mia", "card"), ("sam", "notice")]
    assert shown(office, 0.2) == deputies
    assert shown(office, 24 * 30) == [], "and no more"
    assert office.actions() == ["reminded", "overdue", "overdue"]


def test_the_reminder_says_since_when_and_takes_the_old_cards_buttons() -> None:
    office = asked()
    office.passes(25 * HOUR)
    assert [row.value for row in office.card(seat("mia")).facts][-1] == "23 Nov 2026, 09:00"
    assert office.says[-1].above


def test_what_falls_into_the_weekend_waits_for_monday_morning() -> None:
    office = asked(begun=FRIDAY)
    assert shown(office, 63.9) == [], "though the deadline was on Sunday"
    assert shown(office, 0.2) == [
        ("max", "card"),
        ("mia", "card"),
        ("mia", "card"),
        ("sam", "notice"),
    ]
    assert shown(office, 47.8) == []
    assert ("ida", "card") in shown(office, 0.2), "two days after the deputy was asked"
    assert office.actions() == ["reminded", "overdue", "overdue"]


def test_decided_meanwhile_nothing_comes() -> None:
    office = asked()
    says(office, "mia", "approved")
    assert office.timers == {}
    assert shown(office, 24 * 30) == []


def test_taken_back_meanwhile_nothing_comes() -> None:
    office = asked()
    office.says_at(seat("sam"), "withdraw")
    assert office.timers == {}
    assert shown(office, 24 * 30) == []


def test_who_has_voted_is_not_reminded() -> None:
    office = asked(f"{CHAIN}\nrules = [{{ approvals = 2 }}]")
    says(office, "mia", "approved")
    assert shown(office, 25) == []
    assert ("max", "card") in shown(office, 24)


def test_the_deputy_can_decide() -> None:
    office = asked()
    office.passes(49 * HOUR)
    says(office, "max", "approved")
    assert office.approvals["q-case1"].decided_by == "max"
    assert shown(office, 24 * 30) == []


def test_a_deputy_that_is_nobody_is_passed_over() -> None:
    office = asked(without="max")
    office.passes(47 * HOUR)
    assert shown(office, 2) == [("ida", "card"), ("mia", "card"), ("sam", "notice")]
    assert shown(office, 24 * 30) == []


def test_when_nobody_can_stand_in_the_administrator_hears() -> None:
    office = asked(CHAIN.replace('"Max"', '"Nobody"').replace('"Ida"', '"Nobody"'))
    office.passes(49 * HOUR)
    assert "stand in for management" in office.told(seat("ada"))[-1]
    assert "It still waits" in office.told(seat("sam"))[-1]


def test_without_a_deputy_the_owner_hears_that_it_waits() -> None:
    office = asked("remind_hours = 1\ndeadline_hours = 2")
    office.passes(3 * HOUR)
    assert "within 2 hours. It still waits" in office.told(seat("sam"))[-1]
    assert office.told(seat("ada")) == []
