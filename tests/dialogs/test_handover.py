"""The owner's side of a hand-over: who takes a customer over takes it over alone."""

from dataclasses import replace

from dialogs.events import HandedOver
from tests.dialogs.office import Office, colleague, seat

SAM, GUS = colleague("sam", "sales"), colleague("gus", "group")
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
