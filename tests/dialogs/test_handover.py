"""The owner's side of a hand-over: who takes a customer over takes it over alone."""

from dataclasses import replace

from dialogs.events import HandedOver
from dialogs.shows import Card
from dialogs.turns import Copy
from tests.dialogs.office import Office, colleague, seat

SAM, GUS, LEA = colleague("sam", "sales"), colleague("gus", "group"), colleague("lea", "group")
DESK = seat("sam")


def test_whom_the_group_has_taken_over_already_nobody_else_is_asked_about() -> None:
    there = Office.of(SAM, GUS)
    asked = there.has_rejected("sam")
    ruled = replace(asked, status="approved", decided_by="gus", decided_at=there.now)
    there.approvals[asked.id] = ruled
    turn = there.presses_at(DESK, "sam.-.hand.case4.1")
    assert not turn.approvals
    assert "settled already: Taken over by Gus" in there.told(DESK)[-1]
    there.happens("sam", HandedOver(asked.id, "case4", accepted=True, by="gus", reason=""))
    assert there.cases["case4"].step == "handed_over"


def asks_both() -> Office:
    """Sam's customer, with a card at Gus and one at Lea."""
    there = Office.of(SAM, GUS, LEA)
    asked = there.has_rejected("sam")
    copies = tuple(Copy(seat(name), "en") for name in ("gus", "lea"))
    there.approvals[asked.id] = replace(asked, copies=copies)
    return there


def declines(there: Office, name: str, why: str) -> None:
    there.presses_at(seat(name), "!.h-case4.declined.m")
    there.says_at(seat(name), why)


def card(there: Office, name: str) -> Card:
    mine = [one.show for one in there.says if one.address == seat(name)]
    return [one for one in mine if isinstance(one, Card)][-1]


def test_what_one_contact_declines_another_can_still_take_over() -> None:
    there = asks_both()
    declines(there, "gus", "No time before March")
    assert there.approvals["h-case4"].status == "open"
    assert not card(there, "gus").buttons
    assert [one.text for one in card(there, "lea").buttons] == ["Take over", "Decline"]
    assert [one.heading for one in card(there, "lea").sections] == ["Declined so far"]
    assert "Lea can still take it over" in there.told(DESK)[-1]
    assert there.told(seat("gus"))[-1].endswith("Sam hears why; Lea can still take it over.")
    there.presses_at(seat("lea"), "!.h-case4.accepted.m")
    assert there.approvals["h-case4"].decided_by == "lea"
    assert there.cases["case4"].step == "handed_over"
    assert not card(there, "lea").buttons


def test_who_has_declined_is_asked_no_more() -> None:
    there = asks_both()
    declines(there, "gus", "No time before March")
    turn = there.presses_at(seat("gus"), "!.h-case4.accepted.m")
    assert (turn.ruling, turn.votes) == (None, ())
    assert there.told(seat("gus"))[-1].startswith("You have declined this already")


def test_once_all_contacts_have_declined_it_is_declined_and_each_has_left_a_trace() -> None:
    there = asks_both()
    declines(there, "gus", "No time before March")
    declines(there, "lea", "Not our field")
    assert there.approvals["h-case4"].status == "rejected"
    assert there.cases["case4"].step == "transfer"
    assert "Who shall be asked now?" in there.told(DESK)[-1]
    entries = [one for turn in there.turns for one in turn.deliveries]
    assert [(one.author.name, one.note.rows[-1][1]) for one in entries] == [
        ("Gus", "No time before March"),
        ("Lea", "Not our field"),
    ]
    assert len({one.key for one in entries}) == 2


def test_a_contact_who_lost_the_right_is_waited_for_no_more() -> None:
    there = asks_both()
    there.people["lea"] = replace(LEA, role="sales")
    declines(there, "gus", "No time before March")
    assert there.approvals["h-case4"].status == "rejected"
