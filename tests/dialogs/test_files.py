"""What a file is, is told by its content; its name is only fit to show."""

from dataclasses import replace

import pytest

from dialogs import tokens
from dialogs.events import Invited, Pressed, Shared
from dialogs.files import Attached, attached, type_of
from dialogs.limits import FILE, FILES
from dialogs.shows import Ask, Notice
from tests.dialogs.company import GIL, MIA, SAM, Company, own, with_case
from tests.dialogs.invariants import Promises
from tests.dialogs.test_telling import LIBRARY, says


@pytest.fixture
def company() -> Company:
    return Company(LIBRARY, Promises(LIBRARY).hold)


def photo(number: int = 1, size: int = 5) -> Attached:
    return attached("web", f"F{number}", f"photo{number}.jpg", size)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"OggS\x00", "audio/ogg"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"PK\x03\x04", "application/zip"),
        (b"<svg><script>alert(1)</script></svg>", "text/plain"),
        (b"MZ\x90\x00", None),
        (b"\x7fELF", None),
        (b"#!/bin/sh", None),
        (b"", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_the_content_tells_what_it_is(content: bytes, told: str | None) -> None:
    assert type_of(content) == told


def test_a_name_is_made_fit_to_show() -> None:
    assert attached("web", "F", "../../etc/\u202egnp.exe\x00", 1).name == "etc__gnp.exe"
    assert attached("web", "F", "\x00", 1).name == "file"


def test_a_file_stays_with_the_dialogue(company: Company) -> None:
    says(company, "record")
    turn = company.does(SAM.id, Shared("photo", (photo(),)), own("web", "sam"))
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    assert "photo1.jpg" in shown.echo
    assert turn.conversation.dialogues[-1].files == (photo(),)


def test_with_a_file_and_words_the_next_question_is_asked_once_and_both_are_told_of(
    company: Company,
) -> None:
    says(company, "record", "Airbus GmbH", "yes", "yesterday 14:00")
    event = Shared("photo", (photo(),), "Anna, Ben")
    turn = company.does(SAM.id, event, own("web", "sam"))
    file, question = (one.show for one in turn.says)
    assert isinstance(file, Notice)
    assert "photo1.jpg" in file.text
    assert isinstance(question, Ask)
    assert "Anna, Ben" in question.echo
    assert turn.conversation.dialogues[-1].files == (photo(),)


def test_a_file_whose_words_begin_something_goes_with_that(company: Company) -> None:
    turn = company.does(SAM.id, Shared("photo", (photo(),), "record"), own("web", "sam"))
    assert turn.conversation.dialogues[-1].files == (photo(),)


def test_no_more_files_are_kept_than_allowed(company: Company) -> None:
    says(company, "record")
    many = tuple(photo(number) for number in range(FILES + 1))
    turn = company.does(SAM.id, Shared("photo", many), own("web", "sam"))
    assert len(turn.conversation.dialogues[-1].files) == FILES
    shown = turn.says[-1].show
    assert isinstance(shown, Ask)
    assert f"photo{FILES}.jpg" in shown.echo


def test_a_file_that_is_too_large_is_not_kept(company: Company) -> None:
    says(company, "record")
    turn = company.does(SAM.id, Shared("photo", (photo(size=FILE + 1),)), own("web", "sam"))
    assert turn.conversation.dialogues[-1].files == ()


def test_a_file_without_a_dialogue_goes_to_the_last_case(company: Company) -> None:
    case = with_case(company, SAM, "assess", "0" * 25 + "C")
    turn = company.does(SAM.id, Shared("photo", (photo(),)), own("web", "sam"))
    (delivery,) = turn.deliveries
    assert (delivery.case, delivery.files) == (case.id, (photo(),))
    assert [line.action for line in turn.audit] == ["file"]


def test_a_file_goes_to_an_opportunity_that_was_there_before_its_case(company: Company) -> None:
    case = with_case(company, SAM, "assess", "0" * 25 + "C")
    company.cases[case.id] = replace(case, lead=7)
    turn = company.does(SAM.id, Shared("photo", (photo(),)), own("web", "sam"))
    assert [one.lead for one in turn.deliveries] == [7]


def test_the_question_for_a_file_is_answered_by_one(company: Company) -> None:
    with_case(company, SAM, "qualify", "0" * 25 + "C")
    says(company, "inquiry", "Two welding cells")
    turn = company.does(SAM.id, Shared("document", (photo(),)), own("web", "sam"))
    active = turn.conversation.active
    assert active is not None
    assert (active.answers["specification"], active.state) == ("photo1.jpg", "lines")
    assert active.files == (photo(),)


def test_a_file_sent_while_an_invitation_is_answered_goes_to_the_last_case(
    company: Company,
) -> None:
    case = with_case(company, SAM, "assess", "0" * 25 + "C")
    company.does(SAM.id, Invited("i1", "case2", MIA.id, "Bosch"))
    says(company, Pressed(tokens.free(SAM.id, "come", "i1")))
    turn = company.does(SAM.id, Shared("photo", (photo(),)), own("web", "sam"))
    assert [(one.case, one.files) for one in turn.deliveries] == [(case.id, (photo(),))]
    assert turn.conversation.active is not None


def test_a_file_is_no_step_in_the_course_of_its_case(company: Company) -> None:
    case = with_case(company, SAM, "assess", "0" * 25 + "C")
    turn = company.does(SAM.id, Shared("photo", (photo(),)), own("web", "sam"))
    assert turn.cases[0].course == case.course


def test_who_may_not_record_sends_no_files(company: Company) -> None:
    turn = company.does(GIL.id, Shared("photo", (photo(),)), own("web", "gil"))
    assert isinstance(turn.says[-1].show, Notice)
    assert [line.action for line in turn.audit] == ["denied:record"]
