"""The life of a case as somebody lives it at the desk: moves, stages, parked, lost, found again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs import tokens, winning
from dialogs.case import Case
from dialogs.events import Closed, Fired
from dialogs.library import Rulebook
from dialogs.playbook import load_playbook
from dialogs.shows import Ask, Notice
from dialogs.turns import CaseRef, Turn
from tests.changes import shipped
from tests.dialogs.office import QUALIFY, Office, colleague, seat

SAM, MIA = colleague("sam", "sales"), colleague("mia", "management")
DESK = seat("sam")
ON_THE_WAY = (
    "Demo or proposal given",
    "The decision-maker confirmed the interest to purchase",
    "Preliminary pricing is agreed upon",
    "Negotiation is concluded",
    "Contract terms are agreed upon",
    "The contract is submitted for signature",
)
"""What must be true to leave Proposition and Negotiation."""


def office() -> Office:
    """Sam's case of Siemens was approved by Mia."""
    made = Office.of(SAM, MIA)
    case = made.has_approved("sam")
    made.cases[case.id] = replace(case, helpers=("mia",))
    return made


def siemens(there: Office) -> Case:
    return there.cases["case3"]


def stands(there: Office, step: str, **more: Any) -> None:
    """The case stands at that step."""
    there.cases["case3"] = replace(siemens(there), step=step, **more)
    refs = (CaseRef("case3", "Siemens", step),)
    there.conversations["sam"] = replace(there.conversation("sam"), cases=refs)


def presses(there: Office, *texts: str) -> Turn:
    """Press the newest buttons with these words, one after another."""
    turns = [there.presses_at(DESK, there.button(DESK, text)) for text in texts]
    return turns[-1]


def says(there: Office, *texts: str) -> Turn:
    return [there.says_at(DESK, text) for text in texts][-1]


def shown(turn: Turn) -> Notice:
    (say,) = (one for one in turn.says if isinstance(one.show, Notice))
    assert isinstance(say.show, Notice)
    return say.show


def test_each_round_is_counted_and_a_press_too_many_changes_nothing() -> None:
    there = office()
    says(there, "status siemens")
    begin = there.button(DESK, "Begin round 1")
    there.presses_at(DESK, begin)
    assert (siemens(there).step, siemens(there).rounds) == ("prepare_round", 1)
    turn = there.presses_at(DESK, begin)
    assert not turn.cases, "what is done next was not said to be done"
    assert "has moved on" in shown(turn).text
    assert "Preparation" in [button.text for button in shown(turn).buttons]


def test_a_stage_is_left_once_however_often_its_button_is_pressed() -> None:
    there = office()
    stands(there, "assess", stage="new")
    says(there, "stage")
    onward = there.button(DESK, "Move on to Qualification")
    assert there.presses_at(DESK, onward).deliveries
    assert shown(there.presses_at(DESK, onward)).text.startswith("“Siemens” is in stage Qualif")
    assert siemens(there).stage == "qualification"


def test_lost_while_parked_nobody_is_reminded_and_taken_up_again_it_waits_for_its_day() -> None:
    there = office()
    says(there, "park", "Merger", "in 3 days", "Ask again")
    (timer,) = says(there, "save").timers
    says(there, "lost siemens", "No need", "skip", "save")
    fired = Fired(timer.id, timer.kind, dict(timer.payload))
    assert not there.happens("sam", fired).says
    presses(there, "Take up again")
    assert (siemens(there).step, siemens(there).parked_until) == ("parked", "2026-11-23")
    assert "Ask again" in shown(there.happens("sam", fired)).text


def test_what_the_process_does_not_know_here_is_refused_with_what_can_be_done() -> None:
    there = office()
    turn = there.presses_at(DESK, tokens.free("sam", "move", "restored", "case3", QUALIFY))
    assert not turn.cases
    assert shown(turn).buttons
    for happening in ("approved", "won", "lost", "", "finished:qualify", "restored:qualify"):
        token = tokens.free("sam", "move", happening, "case3", QUALIFY)
        assert not there.presses_at(DESK, token).cases, happening


def test_nobody_else_moves_a_case() -> None:
    there = office()
    for code, *args in (
        ("move", "finished", "case3", QUALIFY),
        ("tick", "all", "case3"),
        ("onward", "case3", "1"),
        ("stage", "case3"),
        ("case", "case3"),
    ):
        turn = there.presses_at(seat("mia"), tokens.free("mia", code, *args))
        assert not any((turn.cases, turn.deliveries, turn.conversation.dialogues))


def test_a_press_on_a_criterion_asks_just_that_one() -> None:
    there = office()
    says(there, "stage")
    turn = presses(there, "Answer: Current pain points are identified")
    (say,) = turn.says
    assert isinstance(say.show, Ask)
    assert say.show.prompt == "Current pain points are identified. How do you know?"
    says(there, "They lose orders")
    assert siemens(there).forms["gate-qualification"] == {"pain": "They lose orders"}
    assert not there.conversation("sam").dialogues


def test_another_criterion_takes_the_place_of_the_one_under_way() -> None:
    there = office()
    says(there, "stage")
    presses(there, "Answer: Current pain points are identified")
    presses(there, "Answer: The decision-maker is identified")
    (dialogue,) = there.conversation("sam").dialogues
    assert dialogue.state == "decider"


def test_a_stage_is_not_left_without_what_must_be_true_or_a_reason() -> None:
    there = office()
    says(there, "stage")
    turn = presses(there, "Move on to Proposition")
    assert not turn.deliveries
    assert siemens(there).stage == "qualification"
    presses(there, "Move on all the same")
    says(there, "They are in a hurry")
    turn = says(there, "save")
    (entry,) = turn.deliveries
    assert (entry.stage, siemens(there).stage) == ("proposition", "proposition")
    assert ("Moved on all the same", "They are in a hurry") in entry.note.rows


def test_with_all_of_it_met_a_press_is_enough() -> None:
    there = office()
    says(there, "stage")
    presses(there, "Answer all 4")
    says(there, "a", "b", "c", "d")
    (entry,) = presses(there, "Move on to Proposition").deliveries
    assert entry.stage == "proposition"
    assert all(label.startswith(("✓", "Left")) for label, _ in entry.note.rows)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (
            "Siemens wants 3 x welding robot at 12,500 € and our quotation by 4 December",
            {"quote_by": "2026-12-04"},
        ),
        (
            "inquiry Three robots for hall 2",
            {"requirements": "Three robots for hall 2"},
        ),
    ],
    ids=["in one message", "behind the word"],
)
def test_an_inquiry_told_before_the_stage_may_be_left_is_there_when_it_may(
    said: str, known: dict[str, str]
) -> None:
    there = office()
    turn = there.says_at(DESK, said, command=True)
    assert shown(turn).text.startswith("I keep what you wrote for “Customer inquiry”.")
    assert not turn.conversation.dialogues
    presses(there, "Answer all 4")
    says(there, "a", "b", "c", "d")
    turn = presses(there, "The customer has a specific inquiry")
    active = turn.conversation.active
    assert active is not None
    assert {name: active.answers.get(name) for name in known} == known


def test_what_lacks_before_winning_is_excused_by_a_reason_that_stays() -> None:
    there = office()
    stands(there, "inquiry", stage="negotiation")
    says(there, "stage")
    presses(there, "Move on to Won", "Move on all the same")
    says(there, "Signed at the fair")
    says(there, "save")
    says(there, "won", "today", "1000", "Kick-off")
    (entry,) = says(there, "save").deliveries
    assert (entry.stage, siemens(there).step) == ("won", "won")
    assert ("○ Contract terms are agreed upon", "not yet") in entry.note.rows
    assert ("Moved on all the same", "Signed at the fair") in entry.note.rows


@pytest.mark.parametrize("said", ["won", "won siemens", "gewonnen"])
def test_what_every_stage_before_asks_is_asked_before_it_is_won(said: str) -> None:
    there = office()
    stands(there, "inquiry", stage="proposition")
    turn = says(there, said)
    assert not turn.conversation.dialogues
    assert [row.label for row in shown(turn).rows] == [f"○ {one}" for one in ON_THE_WAY]
    asked = [one.text for one in shown(turn).buttons if one.text.startswith("Answer: ")]
    assert asked == [f"Answer: {one}" for one in ON_THE_WAY]


def test_answered_one_by_one_the_list_grows_shorter_until_it_may_be_won() -> None:
    there = office()
    stands(there, "inquiry", stage="proposition")
    says(there, "won")
    presses(there, f"Answer: {ON_THE_WAY[-1]}")
    turn = says(there, "Sent on Friday")
    assert [row.label for row in shown(turn).rows] == [f"○ {one}" for one in ON_THE_WAY[:-1]]
    presses(there, "Answer all 3 of Proposition")
    says(there, "a", "b", "c")
    presses(there, "Answer all 2 of Negotiation")
    says(there, "d", "e")
    assert siemens(there).stage == "proposition", "nothing has been won yet"
    presses(there, "Mark a case as won")
    says(there, "today", "1000", "Kick-off")
    (entry,) = says(there, "save").deliveries
    assert entry.stage == "won"
    told = dict(entry.note.rows)
    assert [told[f"✓ {one}"] for one in ON_THE_WAY] == ["a", "b", "c", "d", "e", "Sent on Friday"]
    assert "Moved on all the same" not in told


def test_no_button_wins_it_past_what_is_missing() -> None:
    there = office()
    stands(there, "inquiry", stage="proposition")
    for code in ("start", "anew"):
        turn = there.presses_at(DESK, tokens.free("sam", code, "won", "case3"))
        assert shown(turn).text == "Before “Siemens” is won, this is missing:", code
        assert not turn.conversation.dialogues


def test_one_reason_is_enough_for_all_that_is_missing_before_it_is_won() -> None:
    there = office()
    stands(there, "inquiry", stage="proposition")
    says(there, "won")
    presses(there, "Move on all the same")
    says(there, "Signed at the fair")
    turn = says(there, "save")
    assert (turn.deliveries, siemens(there).stage) == ((), "proposition")
    presses(there, "Mark a case as won")
    says(there, "today", "1000", "Kick-off")
    (entry,) = says(there, "save").deliveries
    assert [one for one, how in entry.note.rows if how == "not yet"] == [
        f"○ {one}" for one in ON_THE_WAY
    ]
    assert entry.note.rows[-1] == ("Moved on all the same", "Signed at the fair")


def test_what_the_form_that_wins_it_asks_is_not_missing_before_it() -> None:
    mine, asked = 'id = "submitted", ', 'met_by = "won.signed", '
    rules = Rulebook(load_playbook(shipped("arts").replace(mine, mine + asked)))
    case = Case("case3", "sam", rules.playbook.edition, "inquiry", "Siemens", stage="negotiation")
    ((stage, missed),) = winning.lacking(rules, case)
    assert (stage.id, [one.id for one in missed]) == ("negotiation", ["negotiated", "terms"])


def test_somebody_who_parks_is_reminded_once_and_only_while_it_is_parked() -> None:
    there = office()
    says(there, "park", "Merger", "in 3 days", "Ask again")
    (timer,) = says(there, "save").timers
    assert siemens(there).parked_until == "2026-11-23"
    there.at += timedelta(days=3)
    fired = Fired(timer.id, timer.kind, dict(timer.payload))
    assert "Ask again" in shown(there.happens("sam", fired)).text
    presses(there, "Take up again")
    assert (siemens(there).step, siemens(there).parked_until) == ("qualify", "")
    assert not there.happens("sam", fired).says


def test_parked_anew_the_date_is_asked_anew_and_only_the_later_one_counts() -> None:
    there = office()
    says(there, "park", "Merger", "in 3 days", "Ask again")
    (first,) = says(there, "save").timers
    presses(there, "Take up again")
    says(there, "park", "Merger", "in 10 days", "Ask again")
    (second,) = says(there, "save").timers
    assert first.id != second.id
    there.at += timedelta(days=10)
    told = [there.happens("sam", Fired(one.id, one.kind, one.payload)) for one in (first, second)]
    assert [bool(turn.says) for turn in told] == [False, True]


def test_everybody_who_worked_on_it_hears_that_it_is_lost() -> None:
    there = office()
    says(there, "lost", "Chose a competitor", "skip")
    turn = says(there, "save")
    assert [tell.conversation for tell in turn.tells] == ["mia"]
    told = there.told(seat("mia"))
    assert told == ["Sam closed “Siemens” as lost: Chose a competitor."]


def test_a_word_about_a_case_that_is_gone_is_told_all_the_same() -> None:
    there = office()
    there.happens("mia", Closed("nowhere", "Elbe", "sam", "lost", "no_need"))
    assert there.told(seat("mia")) == ["Sam closed “Elbe” as lost: No need."]


@pytest.mark.parametrize("said", ["status siemens", "STATUS  Sie", "stand siemens", "/status siem"])
def test_a_case_is_found_by_a_part_of_its_name(said: str) -> None:
    assert shown(says(office(), said)).text == "Siemens"


def test_of_several_that_fit_one_is_chosen() -> None:
    there = office()
    there.has_approved("sam", "case4")
    turn = says(there, "status siemens")
    assert [button.text for button in shown(turn).buttons] == ["Siemens", "Siemens"]


def test_a_name_that_nobody_has_is_answered_with_those_there_are() -> None:
    turn = says(office(), "status bosch")
    assert "bosch" in shown(turn).text
    assert "Siemens" in [button.text for button in shown(turn).buttons]


def test_in_a_dialogue_an_answer_that_begins_like_a_word_stays_an_answer() -> None:
    there = office()
    says(there, "record", "Airbus Bremen", "no")
    says(there, "status of the visit unknown")
    (dialogue,) = there.conversation("sam").dialogues
    assert dialogue.answers["why_not"] == "status of the visit unknown"


def test_lost_cases_are_kept_to_be_found_but_not_for_ever() -> None:
    there = office()
    lost = tuple(CaseRef(f"old{n}", f"Old {n}", "lost") for n in range(20))
    talk = there.conversation("sam")
    there.conversations["sam"] = replace(talk, cases=(*lost, *talk.cases))
    says(there, "lost siemens", "No need", "skip", "save")
    names = [one.title for one in there.conversation("sam").cases]
    assert (len(names), names[0], names[-1]) == (20, "Old 1", "Siemens")


def test_a_record_about_a_round_belongs_to_the_case_and_to_its_owner_alone() -> None:
    there = office()
    stands(there, "record_round", rounds=1)
    theirs = tokens.free("mia", "start", "record", "case3")
    assert not there.presses_at(seat("mia"), theirs).conversation.dialogues
    says(there, "record siemens", "no", "Ill", "skip", "skip")
    (entry,) = says(there, "save").deliveries
    assert (entry.case, siemens(there).step) == ("case3", "revise_round")


def test_who_presses_that_somebody_comes_along_is_asked_only_who() -> None:
    there = office()
    there.has_recorded("sam")
    says(there, "help")
    presses(there, "Ask a colleague to come along")
    turn = presses(there, "Bosch")
    active = turn.conversation.active
    assert active is not None
    assert (active.state, active.answers["second"]) == ("person", True)


def test_who_types_participants_is_asked_whether_somebody_comes_along() -> None:
    there = office()
    active = says(there, "participants siemens").conversation.active
    assert active is not None
    assert active.state == "second"
