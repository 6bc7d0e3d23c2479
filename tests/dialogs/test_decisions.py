"""Who may decide, about what they saw, once: whatever happens between the card and the press."""

from dataclasses import replace

import pytest

from dialogs.cards import mark
from dialogs.events import Said, Unreached, Unvouched, Vouched
from dialogs.people import Person
from tests.dialogs.office import RULES, Office, colleague, seat

SAM = colleague("sam", "sales")
MIA = colleague("mia", "management", login="mia@example.com", crm_user=7)
MAX = colleague("max", "management", login="max@example.com", crm_user=8)
EVA = colleague("eva", "management")
GERDA = colleague("gerda", "group")
ADA = colleague("ada", "admin")
MANAGER, SALESMAN = "sales_team.group_sale_manager", "sales_team.group_sale_salesman"


def asked(*people: Person) -> tuple[Office, str, str]:
    """An office where Sam's case waits; the buttons of its card."""
    office = Office.of(SAM, *people)
    approval = office.has_asked("sam")
    card = f"!.{approval.id}.approved.{approval.mark}"
    return office, card, card.replace("approved", "rejected")


def test_d1_a_double_tap_is_one_decision_and_the_second_is_told_who_and_when() -> None:
    office, approve, _ = asked(EVA)
    office.presses_at(seat("eva"), approve)
    office.presses_at(seat("eva"), approve)
    assert office.approvals["q-case1"].status == "approved"
    assert office.actions().count("approved") == 1
    assert office.told(seat("eva")) == ["Already approved by Eva, 20 Nov 2026, 16:00."]


def test_d1_a_double_tap_while_the_crm_is_asked_is_one_decision_and_answered_after_it() -> None:
    office, approve, reject = asked(MIA)
    for token in (approve, approve, reject):
        office.presses_at(seat("mia"), token)
    assert len(office.inquiries) == 1
    assert office.approvals["q-case1"].status == "open"
    office.answers(MANAGER)
    assert office.approvals["q-case1"].status == "approved"
    assert office.told(seat("mia")) == ["Already approved by Mia, 20 Nov 2026, 16:00."]


def test_c4_a_card_that_reaches_a_closed_chat_after_the_verdict_tells_it_on_the_next_channel() -> (
    None
):
    """It was on its way when another manager decided."""
    max_ = colleague("max", "management", "telegram", "slack")
    office, approve, _ = asked(EVA, max_)
    card = office.says_at(seat("max"), "pending").says[-1]
    office.presses_at(seat("eva"), approve)
    office.happens("max", Unreached(card))
    assert office.card(seat("max", "slack")).buttons == ()
    assert "Approved by Eva" in str(office.card(seat("max", "slack")))


def test_d2_two_managers_at_once_are_one_decision_and_the_other_sees_whose() -> None:
    office, approve, reject = asked(MIA, MAX)
    office.presses_at(seat("mia"), approve)
    office.presses_at(seat("max"), reject)
    office.says_at(seat("max"), "Too small")
    office.says_at(seat("max"), "1")
    assert len(office.inquiries) == 2
    office.inquiries.reverse()  # the CRM answers about Max first
    office.answers(MANAGER)
    office.answers(MANAGER)
    assert office.approvals["q-case1"].decided_by == "max"
    assert office.told(seat("mia")) == ["Already rejected by Max, 20 Nov 2026, 16:00."]


def test_d3_demoted_between_card_and_press_is_refused_written_down_and_reassigned() -> None:
    office, approve, _ = asked(MIA, MAX)
    office.presses_at(seat("mia"), approve)
    office.answers(SALESMAN)
    assert office.approvals["q-case1"].status == "open"
    assert office.people["mia"].who == "sales"
    assert office.audit[-1].action == "refused:denied"
    assert "standing:sales" in office.actions()
    assert not office.card(seat("mia")).buttons
    assert {copy.address.account for copy in office.approvals["q-case1"].copies} == {"max"}
    office.presses_at(seat("max"), approve)
    office.answers(MANAGER)
    assert office.approvals["q-case1"].decided_by == "max"


def test_d3_who_is_asked_instead_gets_a_card_that_can_be_pressed() -> None:
    office, approve, _ = asked(MIA)
    office.people["eva"] = EVA  # linked after the question was asked
    office.presses_at(seat("mia"), approve)
    office.answers(active=False)
    assert office.people["mia"].who == "former"
    office.presses_at(seat("eva"), office.button(seat("eva"), "Approve"))
    assert office.approvals["q-case1"].decided_by == "eva"


def test_d3_a_rejection_under_way_ends_when_its_maker_is_demoted_meanwhile() -> None:
    office, _, reject = asked(MIA, MAX)
    office.presses_at(seat("mia"), reject)
    office.people["mia"] = replace(MIA, crm_role="sales")
    office.says_at(seat("mia"), "Too small")
    assert "not entitled" in office.told(seat("mia"))[-1]
    assert office.audit[-1].action == "denied:decide"
    assert office.approvals["q-case1"].status == "open"
    office.says_at(seat("mia"), "cancel")
    assert not office.conversation("mia").dialogues


def test_d4_somebody_archived_in_the_crm_is_refused() -> None:
    office, approve, _ = asked(MIA, MAX)
    office.presses_at(seat("mia"), approve)
    office.answers(active=False)
    assert office.approvals["q-case1"].status == "open"
    assert "does not know you as an active colleague" in office.told(seat("mia"))[-1]
    assert "does not know you" in _told_after(office, "record")


def _told_after(office: Office, words: str) -> str:
    office.says_at(seat("mia"), words)
    return office.told(seat("mia"))[-1]


def test_a11_somebody_archived_is_told_and_what_was_theirs_to_decide_goes_to_others() -> None:
    office, approve, _ = asked(MIA)
    office.says_at(seat("mia"), "record")
    office.people["eva"] = EVA
    office.happens("mia", Vouched(active=False))
    assert not office.conversation("mia").dialogues
    assert "does not know you as an active colleague" in office.told(seat("mia"))[-1]
    assert not office.card(seat("mia")).buttons
    assert office.card(seat("eva")).buttons
    office.presses_at(seat("mia"), approve)
    assert office.approvals["q-case1"].status == "open"
    office.happens("mia", Vouched(active=True, groups=(MANAGER,)))
    assert office.people["mia"].who == "management", "and back again"


@pytest.mark.parametrize("other", [MAX, EVA], ids=["asked of the CRM", "decided at once"])
def test_d5_nobody_decides_about_their_own_case(other: Person) -> None:
    office = Office.of(MIA, other)
    approval = office.has_asked("mia")
    assert {copy.address.account for copy in approval.copies} == {other.id}
    office.presses_at(seat("mia"), f"!.{approval.id}.approved.{approval.mark}")
    assert office.told(seat("mia")) == [
        "You can't decide about your own case; somebody else of management has to."
    ]
    assert office.audit[-1].action == "refused:own_case"
    assert not office.inquiries
    office.says_at(seat("mia"), "pending")
    assert office.told(seat("mia"))[-1] == "No decision is waiting for you."


def test_d5_with_nobody_else_that_is_said_clearly() -> None:
    office = Office.of(MIA, SAM)
    approval = office.has_asked("mia")
    office.presses_at(seat("mia"), f"!.{approval.id}.approved.{approval.mark}")
    assert "there is nobody else of management" in office.told(seat("mia"))[-1]
    assert office.approvals["q-case1"].status == "open"


@pytest.mark.parametrize("who", [SAM, GERDA, ADA, colleague("kim", "sales")])
def test_d6_whoever_is_no_manager_is_refused_and_changes_nothing(who: Person) -> None:
    office, approve, reject = asked(EVA, GERDA, ADA, colleague("kim", "sales"))
    before = dict(office.approvals)
    for token in (approve, reject):
        office.presses_at(seat(who.id), token)
    assert office.approvals == before
    assert all("not entitled" in text for text in office.told(seat(who.id)))
    assert office.actions() == ["refused:denied", "refused:denied"]
    office.presses_at(seat("eva"), approve)
    assert office.approvals["q-case1"].decided_by == "eva"


@pytest.mark.parametrize("maker", [MIA, EVA], ids=["asked of the CRM", "decided at once"])
def test_d10_a_press_on_a_card_that_shows_an_older_case_decides_nothing(maker: Person) -> None:
    office, approve, _ = asked(maker)
    _corrected(office, "90000.00")
    office.presses_at(seat(maker.id), approve)
    assert office.approvals["q-case1"].status == "open"
    assert "was changed since" in office.told(seat(maker.id))[-1]
    assert office.audit[-1].action == "refused:changed"
    assert ("Expected revenue", "90,000.00 €") in _rows(office, maker.id)
    office.presses_at(seat(maker.id), office.button(seat(maker.id), "Approve"))
    if maker.in_crm:
        office.answers(MANAGER)
    assert office.approvals["q-case1"].decided_by == maker.id


def _corrected(office: Office, revenue: str) -> None:
    """The case changes while its question is open."""
    approval = office.approvals["q-case1"]
    forms = {**approval.case.forms, "assess": {**approval.case.forms["assess"], "revenue": revenue}}
    case = office.cases["case1"] = replace(approval.case, forms=forms)
    office.approvals["q-case1"] = replace(approval, case=case, mark=mark(RULES, case))


def _rows(office: Office, reader: str) -> list[tuple[str, str]]:
    return [(row.label, row.value) for row in office.card(seat(reader)).facts]


def test_d10_the_case_behind_the_question_changed_and_every_card_is_brought_up_to_date() -> None:
    office, approve, _ = asked(EVA, replace(EVA, id="ida", addresses=(seat("ida"),)))
    case = office.cases["case1"]
    assessed = {**case.forms["assess"], "revenue": "90000.00"}
    office.cases["case1"] = replace(case, forms={**case.forms, "assess": assessed})
    office.presses_at(seat("eva"), approve)
    assert office.approvals["q-case1"].status == "open"
    for reader in ("eva", "ida"):
        assert ("Expected revenue", "90,000.00 €") in _rows(office, reader)
    office.presses_at(seat("ida"), office.button(seat("ida"), "Approve"))
    assert office.approvals["q-case1"].decided_by == "ida"


def test_d10_the_case_changes_while_the_crm_is_asked() -> None:
    office, approve, _ = asked(MIA)
    office.presses_at(seat("mia"), approve)
    _corrected(office, "90000.00")
    office.answers(MANAGER)
    assert office.approvals["q-case1"].status == "open"
    assert "was changed since" in office.told(seat("mia"))[-1]


def test_d10_the_case_changes_while_the_reason_is_asked() -> None:
    office, _, reject = asked(EVA)
    office.presses_at(seat("eva"), reject)
    _corrected(office, "90000.00")
    office.says_at(seat("eva"), "Too small")
    office.says_at(seat("eva"), "1")
    assert office.approvals["q-case1"].status == "open"
    assert "was changed since" in office.told(seat("eva"))[-1]


def test_d10_what_the_mark_is_of() -> None:
    """Of all that counts on the card; not of where the case stands in the CRM."""
    office, _, _ = asked(EVA)
    case = office.cases["case1"]
    assessed = case.forms["assess"]
    others = [
        replace(case, title="Boeing"),
        replace(case, owner="kim"),
        replace(case, customer=None),
        *(
            replace(case, forms={**case.forms, "assess": {**assessed, key: value}})
            for key, value in (
                ("revenue", "1000.01"),
                ("probability", "51"),
                ("remark", "!"),
                ("chances", ["strategic"]),
            )
        ),
    ]
    marks = [mark(RULES, one) for one in (case, *others)]
    assert len(set(marks)) >= len(marks) - 1, "an answer that no card shows may change nothing"
    same = replace(case, url="https://odoo.example/1", deliveries=("x",))
    assert mark(RULES, same) == marks[0]


def test_d10_a_press_on_a_question_taken_back_shows_the_one_asked_anew() -> None:
    office, approve, _ = asked(EVA)
    office.says_at(seat("sam"), "withdraw")
    again = replace(office.approvals["q-case1"], id="q-new", status="open", decided_by=None)
    office.approvals["q-new"] = again
    office.presses_at(seat("eva"), approve)
    assert office.told(seat("eva"))[-1] == "This question was withdrawn."
    office.presses_at(seat("eva"), office.button(seat("eva"), "Approve"))
    assert office.approvals["q-new"].status == "approved"
    assert office.approvals["q-case1"].status == "withdrawn"


def test_d12_nobody_can_decide_so_owner_and_administrators_hear_of_it() -> None:
    office = Office.of(SAM, ADA, colleague("gus", "management", login="g", crm_role="gone"))
    office.has_recorded("sam")
    _assessed(office)
    (approval,) = office.approvals.values()
    assert approval.status == "open", "nothing is approved by itself"
    assert any("Nobody of management can be reached" in one for one in office.told(seat("sam")))
    (alarm,) = office.told(seat("ada"))
    assert alarm.startswith("Nobody can decide about “Bosch”")
    assert alarm.endswith("It waits under “pending”; nothing is approved by itself.")


def _assessed(office: Office) -> None:
    said = ("assess", "1", "4", "5", "none", "1000", "50", "Pursue", "skip", "save")
    for text in said:
        office.says_at(seat("sam"), text)


def test_d12_the_only_approver_is_demoted_so_owner_and_administrators_hear_of_it() -> None:
    office, approve, _ = asked(MIA, ADA)
    office.presses_at(seat("mia"), approve)
    office.answers(SALESMAN)
    assert "Nobody can decide about “Airbus”" in office.told(seat("sam"))[-1]
    assert "Nobody can decide about “Airbus”" in office.told(seat("ada"))[-1]
    office.people["eva"] = EVA
    office.says_at(seat("eva"), "pending")
    office.presses_at(seat("eva"), office.button(seat("eva"), "Approve"))
    assert office.approvals["q-case1"].decided_by == "eva"


def test_d13_while_the_crm_is_away_the_press_is_kept_and_counts_once_it_has_answered() -> None:
    office, approve, _ = asked(MIA)
    office.presses_at(seat("mia"), approve)
    for _ in range(2):
        office.happens("mia", Unvouched("q-case1"))
    office.presses_at(seat("mia"), approve)
    assert office.approvals["q-case1"].status == "open"
    waits = "The CRM can't be asked just now whether you may decide. Your decision about “Airbus”"
    assert [one[: len(waits)] for one in office.told(seat("mia"))] == [waits, waits]
    office.answers(MANAGER)
    assert office.approvals["q-case1"].decided_by == "mia"
    assert office.told(seat("mia"))[-1] == "You approved “Airbus”. Sam hears of it now."
    assert office.told(seat("sam"))[-1].startswith("Management approved “Airbus” (Mia)")


def test_d13_meanwhile_somebody_else_decides_and_both_are_told() -> None:
    office, approve, _ = asked(MIA, EVA)
    office.presses_at(seat("mia"), approve)
    office.happens("mia", Unvouched("q-case1"))
    office.presses_at(seat("eva"), approve)
    office.answers(MANAGER)
    assert office.approvals["q-case1"].decided_by == "eva"
    assert office.told(seat("mia"))[-1].startswith("Already approved by Eva")


def test_d13_a_rejection_led_as_a_dialogue_waits_with_its_reason() -> None:
    office, _, reject = asked(MIA)
    office.presses_at(seat("mia"), reject)
    office.says_at(seat("mia"), "Too small")
    office.says_at(seat("mia"), "1")
    office.happens("mia", Unvouched("q-case1"))
    office.says_at(seat("mia"), "record")  # something else meanwhile
    office.answers(MANAGER)
    assert office.approvals["q-case1"].status == "rejected"
    assert office.told(seat("mia"))[-1] == "You rejected “Airbus”. Sam hears of it now."
    assert "Too small" in " ".join(office.told(seat("sam")))
    assert [one.form for one in office.conversation("mia").dialogues] == ["record"]


def test_d13_an_answer_that_nobody_waits_for_decides_nothing() -> None:
    office, approve, _ = asked(MIA)
    office.presses_at(seat("mia"), approve)
    talk, inquiry = office.inquiries[0]
    office.answers(MANAGER)
    office.inquiries.append((talk, inquiry))
    office.answers(MANAGER)
    assert office.actions().count("approved") == 1


@pytest.mark.parametrize("first", ["owner", "manager"])
def test_d18_taken_back_while_the_manager_presses_is_one_outcome(first: str) -> None:
    office, approve, _ = asked(EVA)
    acts = [lambda: office.says_at(seat("sam"), "withdraw")]
    acts.insert(first == "owner", lambda: office.presses_at(seat("eva"), approve))
    for act in acts:
        act()
    if first == "owner":
        assert office.approvals["q-case1"].status == "withdrawn"
        assert office.told(seat("eva"))[-1] == "This question was withdrawn."
        assert office.cases["case1"].step == "assess"
    else:
        assert office.approvals["q-case1"].status == "approved"
        assert "no open question to management of yours" in office.told(seat("sam"))[-1]
        assert office.cases["case1"].step == "qualify"


def test_d18_taken_back_while_the_crm_is_asked_about_the_manager() -> None:
    office, approve, _ = asked(MIA)
    office.presses_at(seat("mia"), approve)
    office.says_at(seat("sam"), "withdraw")
    office.answers(MANAGER)
    assert office.approvals["q-case1"].status == "withdrawn"
    assert office.told(seat("mia"))[-1] == "This question was withdrawn."
    assert not office.card(seat("mia")).buttons


def test_taken_back_the_answers_stand_and_the_case_can_be_asked_about_again() -> None:
    office, _, _ = asked(EVA)
    office.says_at(seat("sam"), "withdraw")
    office.says_at(seat("sam"), "assess")
    (dialogue,) = office.conversation("sam").dialogues
    given = {name: value for name, value in dialogue.answers.items() if value is not None}
    assert given == dialogue.before == office.cases["case1"].forms["assess"]


def test_several_questions_are_taken_back_one_by_one() -> None:
    office, _, _ = asked(EVA)
    office.has_asked("sam", "case3")
    office.happens("sam", Said("withdraw"), seat("sam"))
    assert {one.status for one in office.approvals.values()} == {"open"}
    office.presses_at(seat("sam"), "sam.-.withdraw.case3")
    assert [one.status for one in office.approvals.values()] == ["open", "withdrawn"]
