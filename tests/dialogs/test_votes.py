"""How many it takes: any one, all, some of many, more above an amount; one rejection rejects."""

import pytest

from dialogs.people import Person
from dialogs.turns import Approval
from tests.dialogs.office import ASSESSED, Office, colleague, seat

SAM = colleague("sam", "sales")
BOSSES = tuple(colleague(name, "management") for name in ("mia", "max", "ida"))
TWO = "rules = [{ approvals = 2 }]"
ALL = 'rules = [{ approvals = "all" }]'
ABOVE = """rules = [{ approvals = "any" }, { above = 50000, approvals = 3 }]"""


def asked(rules: str, *people: Person) -> tuple[Office, Approval]:
    office = Office.under(rules, SAM, *(people or BOSSES))
    return office, office.has_asked("sam")


def says(office: Office, name: str, verdict: str) -> None:
    approval = office.approvals["q-case1"]
    office.presses_at(seat(name), f"!.{approval.id}.{verdict}.{approval.mark}")


def status(office: Office) -> str:
    return office.approvals["q-case1"].status


@pytest.mark.parametrize(
    ("rules", "needed"),
    [('rules = [{ approvals = "any" }]', 1), (TWO, 2), (ALL, 3), (ABOVE, 1)],
)
def test_it_is_approved_by_as_many_as_the_rule_says(rules: str, needed: int) -> None:
    office, _ = asked(rules)
    for count, boss in enumerate(BOSSES[:needed], start=1):
        assert status(office) == "open"
        says(office, boss.id, "approved")
        assert len(office.approvals["q-case1"].votes) == count
    assert status(office) == "approved"
    assert office.approvals["q-case1"].decided_by == BOSSES[needed - 1].id


def test_a_greater_amount_needs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ASSESSED["assess"], "revenue", "50000.01")
    office, _ = asked(ABOVE)
    for boss in BOSSES[:2]:
        says(office, boss.id, "approved")
    assert status(office) == "open"
    says(office, "ida", "approved")
    assert status(office) == "approved"


def test_one_rejection_rejects_whoever_approved_before() -> None:
    office, _ = asked(TWO)
    says(office, "mia", "approved")
    says(office, "max", "rejected")
    office.says_at(seat("max"), "No people for it")
    office.says_at(seat("max"), "1")
    assert status(office) == "rejected"


def test_nobody_votes_twice_and_is_told_so() -> None:
    office, _ = asked(TWO)
    says(office, "mia", "approved")
    says(office, "mia", "approved")
    says(office, "mia", "rejected")
    assert status(office) == "open"
    assert [one.by for one in office.approvals["q-case1"].votes] == ["mia"]
    assert "one vote" in office.told(seat("mia"))[-1]


def test_every_card_shows_who_voted_and_the_voters_has_no_buttons() -> None:
    office, _ = asked(TWO)
    says(office, "mia", "approved")
    mine, theirs = office.card(seat("mia")), office.card(seat("ida"))
    assert mine.buttons == ()
    assert theirs.buttons
    assert theirs.sections[-1].heading == "Votes: 1 of 2"
    assert theirs.sections[-1].lines[0].startswith("✓ Mia")


def test_a_vote_needs_the_right_at_that_moment() -> None:
    office, _ = asked(TWO)
    says(office, "mia", "approved")
    office.people["max"] = colleague("max", "sales")
    says(office, "max", "approved")
    assert status(office) == "open"
    assert [one.by for one in office.approvals["q-case1"].votes] == ["mia"]


def test_all_are_those_who_are_entitled_now() -> None:
    office, _ = asked(ALL)
    says(office, "mia", "approved")
    office.people["ida"] = colleague("ida", "sales")
    says(office, "max", "approved")
    assert status(office) == "approved"


def test_too_few_people_for_the_rule_are_told_of_at_once() -> None:
    ada = colleague("ada", "admin")
    office = Office.under(TWO, SAM, BOSSES[0], ada)
    office.has_recorded("sam")
    office.says_at(seat("sam"), "assess")
    for word in ("1", "3", "3", "none", "1000", "50", "1", "skip", "save"):
        office.says_at(seat("sam"), word)
    for name in ("sam", "ada"):
        assert "needs 2 approvals, and only 1" in " ".join(office.told(seat(name)))


def test_the_crms_note_names_all_who_voted_with_what_they_said() -> None:
    office, _ = asked(TWO)
    says(office, "mia", "approved")
    says(office, "max", "rejected")
    office.says_at(seat("max"), "No people for it")
    office.says_at(seat("max"), "1")
    assert dict(_note(office))["Votes"] == "Mia: Approved, Max: Rejected"


def test_the_note_of_one_voice_counts_none_and_tells_the_day_in_words() -> None:
    office, _ = asked('rules = [{ approvals = "any" }]')
    says(office, "mia", "approved")
    told = dict(_note(office))
    assert "Votes" not in told
    assert told["Decided on"] == "Fri 20 November 2026"


def _note(office: Office) -> tuple[tuple[str, str], ...]:
    (entry,) = (one for turn in office.turns for one in turn.deliveries)
    return entry.note.rows
