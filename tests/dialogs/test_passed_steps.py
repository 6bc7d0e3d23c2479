"""A form that tells of an appointment counts although its case went on while it was filled in."""

from dialogs import tokens
from dialogs.events import Pressed
from dialogs.shows import Notice
from tests.dialogs.company import SAM, Company, with_case
from tests.dialogs.invariants import Promises
from tests.dialogs.test_telling import LIBRARY, says

CASE = "0" * 25 + "C"
ANSWERS = ("Ann Lee", "skip", "skip", "tomorrow 14:00", "60", "Online", "skip", "Seats", "no")


def test_an_appointment_left_for_another_form_of_its_case_is_kept_all_the_same() -> None:
    company = Company(LIBRARY, Promises(LIBRARY).hold)
    with_case(company, SAM, "make", CASE)
    says(company, Pressed(tokens.free(SAM.id, "start", "appointment", CASE)))
    says(company, Pressed(tokens.free(SAM.id, "start", "participants", CASE)), "no", "save")
    assert company.cases[CASE].step == "record"
    says(company, "New opportunity")
    company.answers_lookups()
    turn = says(company, *ANSWERS, "save")
    (delivery,) = turn.deliveries
    assert delivery.key == f"{CASE}-appointment-1"
    assert company.cases[CASE].step == "record"


def test_of_a_case_that_is_over_meanwhile_nothing_is_entered() -> None:
    company = Company(LIBRARY, Promises(LIBRARY).hold)
    with_case(company, SAM, "make", CASE)
    says(company, Pressed(tokens.free(SAM.id, "start", "appointment", CASE)))
    with_case(company, SAM, "lost", CASE)
    says(company, "New opportunity")
    company.answers_lookups()
    turn = says(company, *ANSWERS, "save")
    assert turn.deliveries == ()
    shown = turn.says[-1].show
    assert isinstance(shown, Notice)
    assert shown.tone == "warning"
