"""Information that somebody else has: asked for, answered by words or a file, never lost."""

from dataclasses import replace

import pytest

from dialogs import tokens
from dialogs.events import DayBegun, Event, LookedUp, Pressed, Said, Shared
from dialogs.files import attached
from dialogs.lookups import DutyList
from dialogs.people import Person
from dialogs.request_events import Informed, Requested
from dialogs.requests import CANT, MOST, TELL
from dialogs.shows import Notice
from dialogs.turns import Request, Turn
from tests.dialogs.company import GIL, SAM, TOM, Company, own, with_case
from tests.dialogs.invariants import Promises
from tests.dialogs.test_telling import LIBRARY

CASE = "0" * 25 + "C"
ASKED = Request("r1", CASE, "Airbus Hamburg", "Gil", "Who pays?", 1_795_186_800_000, True)  # noqa: FBT003 - of a colleague
PHOTO = attached("web", "F1", "photo.jpg", 5)


@pytest.fixture
def company() -> Company:
    """Sam has asked the group's contact about his case."""
    company = Company(LIBRARY, Promises(LIBRARY).hold)
    with_case(company, SAM, "assess", CASE)
    talk = company.conversation(SAM.id)
    company.conversations[SAM.id] = replace(talk, requested=(ASKED,))
    company.does(GIL.id, Requested("r1", CASE, SAM.id, "Airbus Hamburg", "Who pays?"))
    return company


def _does(company: Company, who: Person, event: Event) -> Turn:
    return company.does(who.id, event, own("web", who.id))


def _presses(company: Company, code: str) -> Turn:
    return _does(company, GIL, Pressed(tokens.free(GIL.id, code, "r1")))


def _arrives(company: Company) -> Turn:
    """What was told to Sam reaches him."""
    who, event = company.told.pop()
    assert (who, isinstance(event, Informed)) == (SAM.id, True)
    return company.does(who, event)


def test_who_may_not_record_answers_with_a_file_and_it_goes_to_the_case(company: Company) -> None:
    _presses(company, "tell")
    _does(company, GIL, Shared("photo", (PHOTO,)))
    turn = _arrives(company)
    (delivery,) = turn.deliveries
    assert (delivery.case, delivery.files) == (CASE, (PHOTO,))
    assert delivery.note.rows[0] == ("Sam asked on Fri 20 November 2026", "Who pays?")
    assert turn.cases[-1].helpers == (GIL.id,)


def test_who_could_not_say_can_still_answer_and_the_answer_adds(company: Company) -> None:
    _presses(company, "cant")
    _does(company, GIL, Said("skip"))
    assert not _arrives(company).deliveries
    for number, words in enumerate(("They do", "Half of it"), start=1):
        _presses(company, "tell")
        _does(company, GIL, Said(words))
        assert len(_arrives(company).deliveries) == 1
        assert company.conversation(SAM.id).requested[0].answers == number


def test_what_nobody_answered_stands_in_the_digest(company: Company) -> None:
    company.does(SAM.id, DayBegun("2026-11-20"))
    told = company.does(SAM.id, LookedUp("digest", "", DutyList(()))).says[-1].show
    assert isinstance(told, Notice)
    assert [row.value for row in told.rows] == ["Airbus Hamburg · Who pays?"]
    _presses(company, "tell")
    _does(company, GIL, Said("They do"))
    _arrives(company)
    assert not company.does(SAM.id, LookedUp("digest", "", DutyList(()))).says


def test_an_open_question_outlives_many_that_are_answered(company: Company) -> None:
    over = tuple(replace(ASKED, id=f"o{one}", answers=1, at=one) for one in range(MOST - 1))
    talk = company.conversation(SAM.id)
    company.conversations[SAM.id] = replace(talk, requested=(replace(ASKED, at=0), *over))
    company.does(TOM.id, Requested("r2", CASE, SAM.id, "Airbus Hamburg", "And when?"))
    _does(company, SAM, Said("request airbus"))
    company.answers_lookups()
    _does(company, SAM, Said("I ask the customer myself"))
    _does(company, SAM, Said("And when?"))
    _does(company, SAM, Said("skip"))
    _does(company, SAM, Said("save"))
    kept = company.conversation(SAM.id).requested
    assert len(kept) == MOST
    assert {one.question for one in kept if one.waits} == {"Who pays?", "And when?"}


@pytest.mark.parametrize("code", [TELL, CANT])
def test_a_photo_with_the_answer_as_its_caption_goes_with_the_answer(
    company: Company, code: str
) -> None:
    """Not to a case of the colleague's own, which has nothing to do with it."""
    with_case(company, TOM, "assess", "0" * 25 + "D")
    company.does(TOM.id, Requested("r2", CASE, SAM.id, "Airbus Hamburg", "Who pays?"))
    _does(company, TOM, Pressed(tokens.free(TOM.id, code, "r2")))
    turn = _does(company, TOM, Shared("photo", (PHOTO,), "The purchasing department"))
    assert turn.deliveries == ()
    (tell,) = turn.tells
    assert isinstance(tell.event, Informed)
    assert (tell.event.text, tell.event.files) == ("The purchasing department", (PHOTO,))
